const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const preload = path.join(__dirname, 'peak-memory.js');
const time = '/usr/bin/time';

/**
 * Runs all variants in turn, whole processes, several rounds: what disturbs one disturbs the others too.
 * A variant is `{ name, command, args, cwd?, env?, clean?: folders removed before each run, prepare?: called before
 * each run, atMost?: rounds }`.
 * Gives `{ [name]: { milliseconds: the best, megabytes: the highest peak } }`, or `{ failure }`.
 */
function measure(variants, runs, folder) {
  const figures = {};
  for (let round = 0; round < runs; round++) {
    for (const variant of variants) {
      const figure = figures[variant.name];
      if (figure?.failure !== undefined || round >= (variant.atMost ?? runs)) continue;
      figures[variant.name] = better(figure, runOnce(variant, path.join(folder, 'peak-memory')));
    }
  }
  return figures;
}

function better(before, now) {
  if (before === undefined || now.failure !== undefined) return now;
  return {
    milliseconds: Math.min(before.milliseconds, now.milliseconds),
    megabytes: Math.max(before.megabytes, now.megabytes),
  };
}

function runOnce({ command, args, cwd, env, clean, prepare }, memoryFile) {
  for (const folder of clean ?? []) fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(memoryFile, { force: true });
  prepare?.();
  const [program, all] = withMemory(command, args, memoryFile);
  const start = process.hrtime.bigint();
  const result = spawnSync(program, all, {
    cwd,
    env: { ...process.env, ...env, BENCH_PEAK_MEMORY: memoryFile },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 26,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) return { failure: firstLine(result) };
  return { milliseconds, megabytes: peak(memoryFile) };
}

/** Node tells its own peak; of other programs time(1) knows it, where there is one. */
function withMemory(command, args, memoryFile) {
  if (command === process.execPath) return [command, ['--require', preload, ...args]];
  if (fs.existsSync(time)) return [time, ['-o', memoryFile, '-f', '%M', command, ...args]];
  return [command, args];
}

function peak(memoryFile) {
  const kilobytes = fs.existsSync(memoryFile) ? Number(fs.readFileSync(memoryFile, 'utf8')) : Number.NaN;
  return kilobytes / 1024;
}

function firstLine({ error, status, stderr }) {
  const text = String(stderr ?? '').trim();
  return (
    error?.message ?? (text.split('\n').find((line) => /error/i.test(line)) || text.split('\n')[0] || `exit ${status}`)
  );
}

module.exports = { measure };
