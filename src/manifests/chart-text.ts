import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MadeFrom } from './made.js';

/** The values.yaml of the chart that something was rendered from; undefined for a packed one. */
export function chartText({ reached }: Pick<MadeFrom, 'reached'>): string | undefined {
  const charts = reached.filter((file) => path.basename(file) === 'Chart.yaml').sort((a, b) => a.length - b.length);
  try {
    return charts[0] === undefined
      ? undefined
      : readFileSync(path.join(path.dirname(charts[0]), 'values.yaml'), 'utf8');
  } catch {
    return undefined;
  }
}
