import { contradictions, type Result, renewed, resultTables } from './results.js';

const of = (subject: string, engine: string, property: string, result: string, more: Partial<Result> = {}): Result => ({
  test: 'all/a.test.ts',
  subject,
  engine,
  property,
  result,
  ...more,
});

test('a line for each subject and engine, and a table for each set of properties', () => {
  const tables = resultTables([
    of('a', 'Flux', 'from empty', 'yes'),
    of('a', 'Flux', 'again', 'no change'),
    of('b', 'Flux', 'first pods', '5 of 5'),
    of('c', 'Argo CD', 'from empty', 'yes'),
    of('c', 'Argo CD', 'again', 'no change'),
  ]);
  expect(tables).toBe(`| subject | engine | from empty | again |
|---|---|---|---|
| a | Flux | yes | no change |
| c | Argo CD | yes | no change |

| subject | engine | first pods |
|---|---|---|
| b | Flux | 5 of 5 |`);
  expect(resultTables([])).toBe('');
});

test('a run renews what it measured and leaves the rest of the record', () => {
  const record = [of('a', 'Flux', 'again', 'no change'), of('b', 'Flux', 'again', 'no change')];
  const results = [of('c', 'Flux', 'again', 'x', { test: 'all/0.test.ts' }), of('a', 'Flux', 'again', 'changes')];
  expect(renewed(record, results)).toEqual([results[0], results[1], record[1]]);
});

test('what a run measured otherwise is said, but not what varies', () => {
  const record = [of('a', 'Flux', 'again', 'no change'), of('a', 'Flux', 'time', '3 s', { varies: true })];
  const same = [of('a', 'Flux', 'again', 'no change'), of('a', 'Flux', 'time', '4 s', { varies: true })];
  expect(contradictions(record, same)).toEqual([]);
  expect(contradictions(record, [of('a', 'Flux', 'again', 'changes'), of('b', 'Flux', 'again', 'x')])).toEqual([
    'all/a.test.ts: a, Flux, again: changes; test/engines/tested.jsonl: no change',
    'all/a.test.ts: b, Flux, again: x; test/engines/tested.jsonl: nothing',
  ]);
});
