import type { BuildResult } from './build-all.js';

/**
 * The lines at the end of a run: every engine with its version, and why one did not run.
 *
 * @param unavailable - reasons of engines that were not tried, by name
 */
export function summary(
  results: readonly BuildResult[],
  ran: ReadonlySet<string>,
  unavailable: Readonly<Record<string, string>> = {},
): string {
  const rows = [
    ...results.map((result) => [result.engine.name, outcome(result, ran)] as const),
    ...Object.entries(unavailable).map(([name, reason]) => [name, `could not run: ${reason}`] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ['Engines:', ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join('\n');
}

function outcome(result: BuildResult, ran: ReadonlySet<string>): string {
  if ('built' in result) return `${result.built.version}  ${ran.has(result.engine.name) ? 'ran' : 'ready, not used'}`;
  return `could not run: ${result.reason.split('\n')[0]}`;
}
