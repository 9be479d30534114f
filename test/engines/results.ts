// What the tests of GitOps engines measured: noted one by one, printed as tables at the end of a run, and compared with
// the record of `tested.jsonl`, which docs/tested.md is made of.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './session.js';

/** A property of a subject, such as an example, on one engine. */
export interface Measured {
  readonly subject: string;
  readonly engine: string;
  readonly property: string;
  readonly result: string;
  /** True where another run may measure something else, such as a time. @default false */
  readonly varies?: boolean;
}

/** A measured property, and the test that measured it, as a path below test/engines. */
export interface Result extends Measured {
  readonly test: string;
}

/** The results that docs/tested.md is made of. */
export const recordFile = 'test/engines/tested.jsonl';

const fileIn = (folder: string) => join(folder, 'table.jsonl');

/** Notes a result of the test that runs. */
export function noteResult(measured: Measured): void {
  const path = expect.getState().testPath ?? '';
  const test = path.replace(/^.*build\/engines\//, '').replace(/\.js$/, '.ts');
  appendFileSync(fileIn(runFolder()), textOf([{ test, ...measured }]));
}

/** The results of a run, in the order in which they came. */
export function readResults(folder: string): Result[] {
  return resultsIn(fileIn(folder));
}

/** The results of a file of them. */
export function resultsIn(file: string): Result[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result);
}

/** Results as the text of a file of them. */
export function textOf(results: readonly Result[]): string {
  return results.map((each) => `${JSON.stringify(each)}\n`).join('');
}

const keyOf = ({ test, subject, engine, property }: Result) => JSON.stringify([test, subject, engine, property]);

/** A record with the results of a run in place of its own of the same property; each test's stay together. */
export function renewed(record: readonly Result[], results: readonly Result[]): Result[] {
  const byKey = new Map([...record, ...results].map((each) => [keyOf(each), each]));
  return [...byKey.values()].sort((a, b) => (a.test < b.test ? -1 : a.test > b.test ? 1 : 0));
}

/** What a run measured otherwise than the record says, a line each. */
export function contradictions(record: readonly Result[], results: readonly Result[]): string[] {
  const known = new Map(record.map((each) => [keyOf(each), each]));
  return results.flatMap((each) => {
    const before = known.get(keyOf(each));
    if (each.varies || before?.result === each.result) return [];
    const { test, subject, engine, property, result } = each;
    return [`${test}: ${subject}, ${engine}, ${property}: ${result}; ${recordFile}: ${before?.result ?? 'nothing'}`];
  });
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
    const properties = [...cells.keys()].join(' | ');
    const line = `| ${key} | ${[...cells.values()].join(' | ')} |`;
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

/** The results by the test that measured them. */
export function byTest(results: readonly Result[]): Map<string, Result[]> {
  const tests = new Map<string, Result[]>();
  for (const each of results) tests.set(each.test, [...(tests.get(each.test) ?? []), each]);
  return tests;
}
