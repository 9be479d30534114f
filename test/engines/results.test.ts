import { resultTables } from './results.js';

test('a line for each subject and engine, and a table for each set of properties', () => {
  const of = (subject: string, engine: string, property: string, result: string) => ({
    subject,
    engine,
    property,
    result,
  });
  const tables = resultTables([
    of('a', 'Flux', 'from empty', 'yes'),
    of('a', 'Flux', 'again', 'no change'),
    of('b', 'Flux', 'first pods', '5 of 5'),
    of('c', 'Argo CD', 'again', 'no change'),
    of('c', 'Argo CD', 'from empty', 'yes'),
  ]);
  expect(tables).toBe(`| subject | engine | again | from empty |
|---|---|---|---|
| a | Flux | no change | yes |
| c | Argo CD | no change | yes |

| subject | engine | first pods |
|---|---|---|
| b | Flux | 5 of 5 |`);
  expect(resultTables([])).toBe('');
});
