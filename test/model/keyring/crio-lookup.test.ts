import { isFoundByCrio } from '../../../src/model/keyring/crio-lookup.js';

test.each([
  ['m.example', 'm.example/a/b', true],
  ['m.example/a', 'm.example/a/b', true],
  ['m.example/a/b', 'm.example/a/b', true],
  ['m.example/a/', 'm.example/a/b', false],
  ['m.example/', 'm.example/a/b', false],
  ['m.example/a', 'm.example/ab', false],
  ['m.example/a/b/c', 'm.example/a/b', false],
  ['https://m.example', 'm.example/a', true],
  ['https://m.example/v2/', 'm.example/a', true],
  ['https://m.example/other', 'm.example/a', true],
  ['*.example', 'm.example/a', false],
  ['https://index.docker.io/v1/', 'docker.io/acme', true],
  ['index.docker.io', 'docker.io/acme', true],
  ['index.docker.io/v1/', 'docker.io/acme', false],
  ['docker.io', 'docker.io/acme', true],
])('the entry %s for %s: %s', (key, repository, expected) => {
  expect(isFoundByCrio(key, repository)).toBe(expected);
});
