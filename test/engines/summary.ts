import type { BuildResult } from './build-all.js';

/** The lines at the end of a run: every engine with its version, and why one did not run. */
export function summary(results: readonly BuildResult[], ran: ReadonlySet<string>): string {
  const lines = results.map((result) => `  ${result.engine.name.padEnd(width(results))}  ${outcome(result, ran)}`);
  return ['Engines:', ...lines].join('\n');
}

function width(results: readonly BuildResult[]): number {
  return Math.max(...results.map(({ engine }) => engine.name.length));
}

function outcome(result: BuildResult, ran: ReadonlySet<string>): string {
  if ('built' in result) return `${result.built.version}  ${ran.has(result.engine.name) ? 'ran' : 'ready, not used'}`;
  const { optional } = result.engine;
  return `could not run: ${result.reason.split('\n')[0]}${optional === undefined ? '' : ` (${optional})`}`;
}
