import { repositoryKey, sameRepository } from '../../../src/model/topology/repository-url.js';

const acme = 'https://github.com/acme/fleet';

test.each([
  'https://github.com/acme/fleet.git',
  'https://github.com/acme/fleet/',
  'https://GitHub.com/Acme/Fleet',
  'https://github.com:443/acme/fleet',
  'https://bob:hunter2@github.com/acme/fleet.git',
  'http://github.com/acme/fleet',
  'git@github.com:acme/fleet.git',
  'github.com:acme/fleet',
  'ssh://git@github.com/acme/fleet.git',
  'ssh://git@github.com:22/acme/fleet',
  'ssh://git@ssh.github.com:443/acme/fleet.git',
  'git+ssh://git@github.com/acme/fleet',
  'git://github.com/acme/fleet.git',
  ' https://github.com/acme/fleet?ref=main ',
])('%s is https://github.com/acme/fleet', (url) => {
  expect(sameRepository(url, acme)).toBe(true);
});

test.each([
  'https://github.com/acme/fleet2',
  'https://github.com/acme',
  'https://gitlab.com/acme/fleet',
  'https://github.com:8443/acme/fleet',
  'oci://github.com/acme/fleet',
  's3://github.com/acme/fleet',
  'acme/fleet',
  '../fleet',
  '',
])('%s is not', (url) => {
  expect(sameRepository(url, acme)).toBe(false);
});

test.each([
  ['https://org@dev.azure.com/org/project/_git/fleet', 'git@ssh.dev.azure.com:v3/org/project/fleet'],
  ['https://git.example.com/scm/proj/fleet.git', 'ssh://git@git.example.com:7999/proj/fleet.git'],
  ['https://git.example.com/a/b/c/fleet', 'git@git.example.com:a/b/c/fleet.git'],
  ['oci://ghcr.io/acme/fleet', 'oci://GHCR.io/acme/fleet/'],
  ['file:///srv/git/fleet.git', 'file:///srv/git/fleet'],
])('%s is %s', (a, b) => {
  expect(sameRepository(a, b)).toBe(true);
});

test('what is no URL of Git has no key, however long it is', () => {
  expect(repositoryKey('x'.repeat(100_000))).toBeUndefined();
  expect(repositoryKey(`https://${'@:/'.repeat(100_000)}`)).toBeUndefined();
  expect(sameRepository('nowhere', 'nowhere')).toBe(false);
});
