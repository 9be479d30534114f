import fc from 'fast-check';
import { At } from '../../../src/model/problem/at.js';
import { holdsCredential, maskedText } from '../../../src/model/problem/credential-mask.js';
import { shown, shownUser, terminalText, words } from '../../../src/model/problem/shown.js';

const digest = `sha256:${'a'.repeat(64)}`;
const secret = 'hunter2';

test.each([
  [`https://bob:${secret}@ghcr.io/acme/web`, 'https://***@ghcr.io/acme/web'],
  [`https://${secret}@ghcr.io/acme/web`, 'https://***@ghcr.io/acme/web'],
  [`bob:${secret}@ghcr.io/acme/web:1`, '***@ghcr.io/acme/web:1'],
  [`bob:${secret}@ghcr.io/acme/web@${digest}`, `***@ghcr.io/acme/web@${digest}`],
  [`https://bob:${secret}/with/slashes@ghcr.io:5000`, 'https://***@ghcr.io:5000'],
  [`bob:${secret} and "more"@ghcr.io`, '***@ghcr.io'],
  [`ghcr.io:${secret}/acme/web`, 'ghcr.io:***/acme/web'],
  [`https://ghcr.io:${secret}`, 'https://ghcr.io:***'],
  [`oci://ghcr.io/acme?token=${secret}`, 'oci://ghcr.io/acme?***'],
  [`ghcr.io/acme?token=${secret}`, 'ghcr.io/acme?***'],
  [`https://ghcr.io/acme#${secret}`, 'https://ghcr.io/acme#***'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', '***'],
  ['a ghp_abcdefgh1234 b', 'a *** b'],
  ['github_pat_11ABCDEFG0123456789', '***'],
  ['glpat-Abcdefgh12345678_xyz', '***'],
  ['AKIAIOSFODNN7EXAMPLE', '***'],
  ['dckr_pat_abcdefgh1234', '***'],
  ['xoxb-12345678-abcdefgh', '***'],
  ['npm_abcdefghijklmnop1234', '***'],
])('%s is shown as %s', (text, expected) => {
  expect(shown(text)).toBe(expected);
  expect(shown(expected)).toBe(expected);
});

test.each([
  `ghcr.io/acme/web:1.2@${digest}`,
  'localhost:5000/web:1',
  '[::1]:5000/web',
  'nginx:1.27',
  'git@github.com:acme/infra.git',
  'ssh://git@github.com/acme/infra.git',
  'https://git.example.com:8443/acme/infra.git',
  'apps/?.yaml',
  'apps/@acme/web.yaml',
  'metadata.?labels[?"team"].orValue("")=="a"',
  'glpat-pull-secret-of-team-a',
  'kubernetes-reflector#620',
])('%s holds no credential and is shown as it is', (text) => {
  expect(shown(text)).toBe(text);
  expect(terminalText(text)).toBe(text);
  expect(holdsCredential(text)).toBe(false);
});

test.each([
  `https://bob:${secret}@git.example.com/x`,
  `https://${secret}@git.example.com/x`,
  `ssh://git:${secret}@git.example.com/x`,
  `oci://bob:${secret}@git.example.com/x`,
  `https://git.example.com/x?token=${secret}`,
  `https://bob:${secret}/slash@git.example.com/x`,
  `bob:${secret}@git.example.com:x`,
  'ghp_abcdefgh1234',
])('%s holds a credential', (text) => {
  expect(holdsCredential(text)).toBe(true);
});

test('what steers a terminal or turns text round is written out, on one line', () => {
  expect(shown('a\u001b[31m\r\nb\u202ec\u200bd\u2066e\ufeff')).toBe('a\\x1b[31m\\r\\nb\\u202ec\\u200bd\\u2066e\\ufeff');
});

test('a user name is shown without what stands behind a colon, and not where it is a token', () => {
  expect(shownUser(`bob:${secret}`)).toBe('bob:***');
  expect(shownUser('ghp_abcdefgh1234')).toBe('***');
  expect(shownUser('0123456789abcdef0123456789abcdef01234567')).toBe('***');
  for (const name of ['AWS', '_json_key', 'robot$acme+pull', '00000000-0000-0000-0000-000000000000'])
    expect(shownUser(name)).toBe(name);
});

test('neither a value nor a list makes a message long', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `${index}-${'x'.repeat(1000)}`);
  expect(words`known: ${names}`.toString().length).toBeLessThan(5000);
  expect(shown('x'.repeat(1_000_000)).length).toBeLessThan(400);
});

test('masking takes no time, whatever the text', () => {
  for (const piece of ['https://', '@sha256:', 'a:b@', 'x?', 'a', 'glpat-', '-----BEGIN ', 'eyJ', ':', '@'])
    expect(maskedText(piece.repeat(100_000)).length).toBeGreaterThan(0);
});

test('no user, password, query or token of an address is shown, whatever they are', () => {
  const word = fc.stringMatching(/^[a-z0-9]{6,12}$/).map((text) => `MARK${text}`);
  const password = fc
    .tuple(word, fc.constantFrom('', '/', '?', '#', ' ', '"', ',', '%2f'), word)
    .map((parts) => parts.join(''));
  const scheme = fc.constantFrom('', 'https://', 'ssh://', 'oci://', 'docker://');
  const address = fc
    .tuple(
      scheme,
      word,
      password,
      fc.constantFrom('ghcr.io', 'r.example.com:5000'),
      fc.constantFrom('', '/a/b', '/a:1'),
    )
    .map(([start, user, pass, host, path]) => `${start}${user}:${pass}@${host}${path}`);
  fc.assert(
    fc.property(address, (text) => {
      expect(shown(text)).not.toContain('MARK');
      expect(words`image "${text}" is none`.toString()).not.toContain('MARK');
      expect(holdsCredential(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('what is said twice at one place is said once, about its subject and with a hint', () => {
  const found = At.collect((root) => {
    const at = root.key('pullSecrets', 'p').about(words`pull secret ${'p'}`);
    for (const each of [at, at]) each.key('source').refuse('source-invalid', 'it has no source', 'exactly one');
    expect(at.hears(() => at.warn('combination-warned', 'it works', 'see the table'))).toBe(true);
    expect(at.hears(() => at.name('namespace', 'a', undefined))).toBe(false);
  });
  expect(found).toEqual([
    {
      code: 'source-invalid',
      message: 'pull secret p: it has no source',
      at: { path: ['pullSecrets', 'p', 'source'] },
      hint: 'exactly one',
    },
    {
      code: 'combination-warned',
      message: 'pull secret p: it works',
      at: { path: ['pullSecrets', 'p'] },
      hint: 'see the table',
    },
  ]);
});

test('a template with a bare value in it is no message', () => {
  At.collect((root) => {
    const name: string = 'x';
    // @ts-expect-error values go through `words`, which masks them
    root.refuse('source-invalid', `it has ${name}`, 'mend it');
  });
});
