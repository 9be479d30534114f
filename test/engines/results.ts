// What the tests of GitOps engines measured: noted one by one, and printed as a table at the end of a run.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './session.js';

/** A property of a subject, such as an example, on one engine. */
export interface Result {
  readonly subject: string;
  readonly engine: string;
  readonly property: string;
  readonly result: string;
}

const fileIn = (folder: string) => join(folder, 'table.jsonl');

/** Notes a result for the table. */
export function noteResult(result: Result): void {
  appendFileSync(fileIn(runFolder()), `${JSON.stringify(result)}\n`);
}

/** The results of a run, in the order in which they came. */
export function readResults(folder: string): Result[] {
  const file = fileIn(folder);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Result);
}

/** A Markdown table for each group of properties that the same subjects have: a line for each subject and engine. */
export function resultTables(results: readonly Result[]): string {
  const rows = new Map<string, Map<string, string>>();
  for (const { subject, engine, property, result } of results) {
    const key = `${subject} | ${engine}`;
    rows.set(key, (rows.get(key) ?? new Map()).set(property, result));
  }
  const groups = new Map<string, string[]>();
  for (const [key, cells] of rows) {
    const properties = [...cells.keys()].sort().join(' | ');
    const line = `| ${key} | ${[...cells]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, cell]) => cell)
      .join(' | ')} |`;
    groups.set(properties, [...(groups.get(properties) ?? []), line]);
  }
  return [...groups]
    .map(([properties, lines]) => {
      const head = `| subject | engine | ${properties} |`;
      const rule = `|${'---|'.repeat(head.split('|').length - 2)}`;
      return [head, rule, ...lines].join('\n');
    })
    .join('\n\n');
}
