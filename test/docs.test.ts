import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '../src/model/problem/problem-codes.js';

const { documents } = require(join(process.cwd(), 'scripts/generate-docs.js')) as {
  documents: () => Record<string, string>;
};

test.each(Object.entries(documents()))('%s is what `npm run docs` gives', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const code = sources.map((file) => readFileSync(join('src', file), 'utf8')).join('\n');

test.each(Object.keys(problemCodes))('code %s is used', (name) => {
  expect(code.split(`'${name}'`).length + code.split(` ${name}:`).length).toBeGreaterThan(3);
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs').map((file) => join('docs', file)),
];

test.each(pages)('every link of %s leads to a file', (page) => {
  const text = readFileSync(page, 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(((?!https?:)[^)#]+)[^)]*\)/g)) {
    expect(readdirSync(join(page, '..', target, '..'))).toContain(target.split('/').pop());
  }
});
