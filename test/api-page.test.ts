import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './support.js';

test('docs/api.md is what `npm run docs` gives', () => {
  const file = join(emptyFolder(), 'api.md');
  // A process of its own: the generator is made of ES modules.
  execFileSync('node', ['scripts/generate-api.mjs', file]);
  expect(readFileSync('docs/api.md', 'utf8')).toBe(readFileSync(file, 'utf8'));
});

test('every link inside of docs/api.md leads to a place in it', () => {
  const text = readFileSync('docs/api.md', 'utf8');
  const places = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  const targets = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);
  expect(targets.filter((id) => !places.has(id))).toEqual([]);
});
