import type { PlannedObjects } from '../app/render.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { rowsOf } from './access-rows.js';
import { columns } from './columns.js';
import type { AccessReportOptions } from './row.js';

/** How many rows are shown without `--why`. */
const maxRows = 200;

/** Who gets what, as a table. */
export function accessReport(planned: readonly PlannedObjects[], options: AccessReportOptions): string {
  const { why } = options;
  const rows = planned.flatMap(({ plan, retired }) => rowsOf(plan, retired, options));
  const shown = why ? rows : rows.slice(0, maxRows);
  const lines = columns(
    shown.map((row) => [row.cluster, row.namespace, row.who, row.what, row.where].map(oneLine)),
  ).split('\n');
  const text = shown
    .map((row, index) => [lines[index] ?? '', ...(why ? row.why.map(oneLine) : [])].join('\n'))
    .join('\n');
  const rest = rows.length > shown.length ? `\n… and ${rows.length - shown.length} more; --why lists them all` : '';
  return rows.length === 0 ? '' : `${terminalText(`${text}${rest}`)}\n`;
}
