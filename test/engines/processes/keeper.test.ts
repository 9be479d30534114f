import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../../support.js';
import { eventually } from './eventually.js';
import { Kept } from './keeper.js';

/** A program that writes its process id and then does nothing. */
const sleeper = ['-c', 'echo $$ && exec sleep 600'];

const idIn = (folder: string) =>
  eventually(async () => Number(readFileSync(join(folder, 'sh.log'), 'utf8')) || undefined);

const isGone = async (pid: number) => {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return true;
  }
};

test('stopping ends the program before it answers', async () => {
  const folder = emptyFolder();
  const kept = Kept.start({ program: 'sh', args: sleeper, folder });
  const pid = await idIn(folder);
  expect(kept.end).toBeUndefined();
  await kept.stop();
  expect(await isGone(pid)).toBe(true);
  expect(kept.end).toMatch(/^sh ended with /);
});

test('a program that ignores signals is stopped all the same', async () => {
  const folder = emptyFolder();
  const kept = Kept.start({ program: 'sh', args: ['-c', 'trap "" TERM INT HUP; echo $$; sleep 600'], folder });
  const pid = await idIn(folder);
  await kept.stop();
  expect(await isGone(pid)).toBe(true);
});

test('the program does not outlive the process that started it, even when that is killed', async () => {
  const folder = emptyFolder();
  const starter = `
    const { Kept } = require(${JSON.stringify(require.resolve('./keeper.js'))});
    Kept.start({ program: 'sh', args: ${JSON.stringify(sleeper)}, folder: ${JSON.stringify(folder)} });
    setInterval(() => {}, 1000);
  `;
  const parent = spawn(process.execPath, ['-e', starter], { stdio: 'inherit' });
  const pid = await idIn(folder);
  parent.kill('SIGKILL');
  expect(await eventually(() => isGone(pid))).toBe(true);
});

test('a program that ends by itself says how', async () => {
  const kept = Kept.start({ program: 'sh', args: ['-c', 'echo said; exit 3'], folder: emptyFolder(), name: 'brief' });
  expect(await kept.ended).toBe('brief ended with 3');
  expect(kept.logTail()).toBe('said\n');
  await kept.stop();
});
