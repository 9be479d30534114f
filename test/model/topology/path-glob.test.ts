import { addressGlob, directoryGlob, gitGlob } from '../../../src/model/topology/path-glob.js';

// Answers of gobwas/glob v0.2.3, as Argo CD calls it.
test.each([
  ['*.yaml', 'a.yaml', true],
  ['*.yaml', 'deep/a.yaml', true],
  ['**/a.yaml', 'a.yaml', false],
  ['a?c', 'a/c', true],
  ['{a,b}.yaml', 'b.yaml', true],
  ['{a*,{b,c}d}', 'cd', true],
  ['{a,}x', 'x', true],
  ['[abc].yaml', 'b.yaml', true],
  ['[!abc].yaml', 'd.yaml', true],
  ['[a-c].yaml', 'b.yaml', true],
  ['\\*.yaml', '*.yaml', true],
  ['\\*.yaml', 'a.yaml', false],
  ['', '', true],
  ['[', '[', false],
  ['{a', 'a', false],
  ['a\\', 'a', false],
])('%s includes %s: %s', (glob, path, isIncluded) => {
  expect(directoryGlob(glob, path)).toBe(isIncluded);
});

test.each([
  ['https://x/a/*', 'https://x/a/b', true],
  ['https://x/*', 'https://x/a/b', false],
  ['https://x/**', 'https://x/a/b', true],
  ['https://x/a?b', 'https://x/a/b', false],
])('%s is an address like %s: %s', (glob, address, isLike) => {
  expect(addressGlob(glob, address)).toBe(isLike);
});

test.each([
  ['clusters/*.json', 'clusters/a/b.json', true],
  ['clusters', 'clusters/a/b.json', true],
  ['clusters/', 'clusters/a/b.json', true],
  ['clust', 'clusters/a/b.json', false],
  ['{a,b}', 'a', false],
  ['[^a]x', 'bx', true],
  ['[a-cx-z]', 'w', false],
  ['[]a]', ']', true],
])('git lists for %s the file %s: %s', (glob, path, isListed) => {
  expect(gitGlob(glob, path)).toBe(isListed);
});

test.each([
  '*'.repeat(4_000),
  'a*'.repeat(2_000),
  '{a,a'.repeat(500),
  `${'{'.repeat(3_000)}`,
  '[a-'.repeat(1_000),
])('a glob that would take for ever is answered', (glob) => {
  expect(directoryGlob(glob, 'a'.repeat(2_000))).toEqual(expect.any(Boolean));
});
