// docs/tested.md: its tables are what the engines tier recorded, and each claim names a test that there is.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byTest, recordFile, resultsIn, resultTables } from './engines/results.js';

const page = 'docs/tested.md';
const results = byTest(resultsIn(recordFile));

/** The page with the tables of the record in it. `UPDATE_GOLDEN=1 npx jest build/tested-page` writes it. */
function renewed(text: string): string {
  return text.replace(
    /(<!-- begin (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, test: string, end: string) => {
      return `${begin}${resultTables(results.get(test) ?? [])}\n${end}`;
    },
  );
}

test('its tables are those of the record', () => {
  const text = readFileSync(page, 'utf8');
  if (process.env.UPDATE_GOLDEN) writeFileSync(page, renewed(text));
  expect(readFileSync(page, 'utf8')).toBe(renewed(text));
});

const gitopsTests = readdirSync('test/engines/all', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `all/${file}`);

test.each(gitopsTests)('%s has its table', (file) => {
  expect(readFileSync(page, 'utf8')).toContain(`<!-- begin ${file} -->`);
});

test('every test that a page names is there', () => {
  const pages = readdirSync('docs').filter((file) => file.endsWith('.md'));
  const named = pages.flatMap((file) => {
    const text = readFileSync(join('docs', file), 'utf8');
    return [...text.matchAll(/`((?:all|full|quick)\/[\w/-]+\.test\.ts)`/g)].map(([, path = '']) => path);
  });
  expect(named.length).toBeGreaterThan(0);
  for (const each of new Set(named))
    expect(existsSync(join('test/engines', each)) ? each : `${each} is not there`).toBe(each);
});
