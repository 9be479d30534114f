import type { AccessPlan } from '../model/plan/access-plan.js';
import { oneLine, visible } from '../model/problem/terminal-text.js';
import { type AccessReportOptions, rowsOf } from './access-rows.js';
import { columns } from './columns.js';

/** How many rows are shown without `--why`. */
const maxRows = 200;

/** Who gets what, as a table. */
export function accessReport(plans: readonly AccessPlan[], options: AccessReportOptions): string {
  const { why } = options;
  const rows = plans.flatMap((plan) => rowsOf(plan, options));
  const shown = why ? rows : rows.slice(0, maxRows);
  const lines = columns(
    shown.map((row) => [row.cluster, row.namespace, row.who, row.what, row.where].map(oneLine)),
  ).split('\n');
  const text = shown
    .map((row, index) => [lines[index] ?? '', ...(why ? row.why.map(oneLine) : [])].join('\n'))
    .join('\n');
  const rest = rows.length > shown.length ? `\n… and ${rows.length - shown.length} more; --why lists them all` : '';
  return rows.length === 0 ? '' : `${visible(`${text}${rest}`)}\n`;
}
