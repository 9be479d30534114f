import type { AcknowledgedCount } from '../app/acknowledged.js';
import type { Coverage } from '../manifests/inventory.js';
import type { LeftOut } from '../manifests/left-out.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { plural } from './problems.js';

/** One line for each cluster: what was read and what was left out; all of it with `why`. */
export function coverageReport(coverage: ReadonlyMap<string, Coverage>, why: boolean): string {
  return [...coverage].map(([cluster, own]) => `${line(cluster, own)}${why ? details(own) : ''}`).join('');
}

/** Reasons that are no gap: nobody takes it for a manifest, or it is seen in what is rendered of it. */
const seenAnyway: ReadonlySet<LeftOut['why']> = new Set([
  'not named like a manifest',
  'rendered, or included by what is',
]);

/** How many files were left out that may hold manifests. */
export function gapCount(leftOut: readonly LeftOut[]): number {
  return leftOut.filter(({ why }) => !seenAnyway.has(why)).reduce((sum, { count }) => sum + count, 0);
}

function line(cluster: string, { files, rendered, objects, leftOut }: Coverage): string {
  const read = [plural(files, 'file'), ...(rendered > 0 ? [plural(rendered, 'rendering')] : [])].join(' and ');
  const left = gapCount(leftOut);
  return `${cluster}: read ${plural(objects, 'object')} in ${read}${left > 0 ? `, left out ${left}` : ''}.\n`;
}

function details({ kinds, leftOut, ...coverage }: Coverage): string {
  const idle = coverage.idle();
  const ofKind = [...kinds].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const lines = [
    ...(ofKind.length > 0 ? [`of kind ${ofKind.map(([kind, count]) => `${kind} (${count})`).join(', ')}`] : []),
    ...(idle.length > 0 ? [`kustomizations that no entry leads to: ${idle.join(', ')}`] : []),
    ...leftOut.map(({ why, what, count }) => `left out ${why}: ${what} (${count})`),
  ];
  return lines.map((text) => `  ${terminalText(oneLine(text))}\n`).join('');
}

/** How much of what was found is acknowledged; with `why` by whom, and the reason, else with the flag that says so. */
export function acknowledgedReport(counts: readonly AcknowledgedCount[], why: boolean, flag = '--why'): string {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return '';
  const lines = counts.map(({ index, reason, count }) => `acknowledge[${index}]: ${count}, ${reason}`);
  const shown = why ? lines.map((text) => `  ${terminalText(oneLine(text))}\n`).join('') : '';
  return `${plural(total, 'finding')} acknowledged${why ? '' : `; ${flag} says which entries`}.\n${shown}`;
}
