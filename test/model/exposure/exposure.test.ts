import fc from 'fast-check';
import { exposuresIn } from '../../../src/model/exposure/exposure.js';
import { KnownCredentials } from '../../../src/model/exposure/known-credentials.js';
import { tokenForms } from '../../../src/model/problem/token-forms.js';
import { example } from './token-examples.js';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const found = (text: string, known?: KnownCredentials) => exposuresIn(text, known).map(({ what }) => what);

const auth = base64('robot:Tr0ub4dor&3');
const auths = JSON.stringify({ auths: { 'r.io': { auth } } });
const indented = (text: string) => text.replaceAll('\n', '\n    ');

test.each(tokenForms)('$name ($mark) is found as it stands, in quotes, in JSON, in base64, and nowhere near', (row) => {
  const token = example(row);
  for (const text of [token, `token: ${token}`, `token: "${token}"\n`, `--set=token=${token}`, `# ${token}`])
    expect(found(text)).toContain(row.name);
  expect(found(`data:\n  token: ${base64(token)}\n`)).toContain(row.name);
  expect(found(token.slice(0, 18))).toEqual([]);
});

test.each([
  ['JSON', auths],
  ['JSON in a string of YAML', `value: ${JSON.stringify(auths)}`],
  ['base64 in a Secret', `data:\n  .dockerconfigjson: ${base64(auths)}\n`],
  [
    'base64 over several lines',
    `data:\n  .dockerconfigjson: |\n    ${(base64(auths.repeat(2)).match(/.{1,76}/g) ?? []).join('\n    ')}\n`,
  ],
  ['a docker config of the old form', base64(JSON.stringify({ 'r.io': { auth } }))],
  ['values of a chart', `pull:\n  auths:\n    r.io:\n      username: robot\n      password: Tr0ub4dor&3\n`],
  ['a comment', `# auths:\n#   r.io: { auth: ${auth} }\n`],
  ['an identity token', '{"auths":{"r.io":{"identitytoken":"0a1b2c3d4e5f"}}}'],
])('a docker config is found: %s', (_what, text) => {
  expect(found(text)).toEqual(['a docker config with a password']);
});

test.each([
  ['a template of ours', `'{"auths":{"ghcr.io/acme/":{{ .ghcr }}}}'`],
  [
    'a template of External Secrets',
    `'{"auths":{"r.io":{"auth":"{{ printf "%s:%s" .username .password | b64enc }}","password":{{ .password | toJson }}}}}'`,
  ],
  ['variables', `{"auths":{"r.io":{"username":"u","password":"\${PASSWORD}","auth":"$AUTH"}}}`],
  ['placeholders', 'auths:\n  r.io: { username: robot, password: "<password>", auth: "..." }\n'],
  ['a placeholder in base64', `{"auths":{"r.io":{"auth":"${base64('robot:changeme')}"}}}`],
  ['no password', `{"auths":{"r.io":{"auth":"${base64('robot:')}","email":"a@b.c"}}}`],
  ['a password elsewhere', 'auths: {}\ndatabase:\n  password: Tr0ub4dor&3\n'],
  ['another auth', 'auth: basic\nauths: {}\n"auth": "certificate"\n'],
  ['ciphertext of SealedSecrets', `encryptedData:\n  ghcr: Ag${base64('\u0001\u00ff'.repeat(200))}`],
  [
    'ciphertext of SOPS',
    `data: ENC[AES256_GCM,data:${base64('x'.repeat(60))},iv:${base64('y'.repeat(32))},tag:aaaa,type:str]`,
  ],
  [
    'the armor of age',
    '-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----',
  ],
  ['a recipient of age', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${base64('x'.repeat(90))}\n-----END CERTIFICATE-----`],
  ['a public key', `-----BEGIN PUBLIC KEY-----\n${base64('x'.repeat(90))}\n-----END PUBLIC KEY-----`],
  ['a private key with a passphrase', `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64('x'.repeat(90))}\n`],
  ['words about a private key', 'PEM that begins with -----BEGIN PRIVATE KEY----- and so on'],
  ['a private key that is left out', '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----'],
  ['a digest', `image: r.io/a@sha256:${'0123456789abcdef'.repeat(4)}`],
  ['a sample of a token', `ghp_${'sampleSample'.repeat(3)}`],
  ['the key of AWS docs', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token of x', `ghp_${'x'.repeat(36)}`],
  ['a template for a token', 'ghp_{{ .Values.token }}'],
  ['a name with the letters of a mark', `name: laghp_${'a1B2'.repeat(9)}`],
  ['a longer run of letters', `ghp_${'a1B2'.repeat(80)}`],
])('%s is no exposure', (_what, text) => {
  expect(found(text)).toEqual([]);
});

test('the place is that of the value, or of the base64 that holds it', () => {
  const text = `a: b\nkey: |\n    ${indented(auths)}\nother: ${base64(auths)}\n`;
  expect(exposuresIn(text).map(({ offset }) => text.slice(offset, offset + 8))).toEqual([
    auth.slice(0, 8),
    base64(auths).slice(0, 8),
  ]);
});

test('an exposure does not print its value', () => {
  expect(JSON.stringify(exposuresIn(auths))).not.toContain('Tr0ub4dor');
});

test.each([1, 100])('a credential among %s that a run was given is found in every form', (count) => {
  const password = 'pa"ss \u00fc-w\'ord';
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    username: 'u',
    password: `other-${index}-password`,
  }));
  const known = KnownCredentials.of([...others, { username: 'robot', password }]);
  for (const text of [
    `x ${password} y`,
    JSON.stringify({ password }),
    `password: '${password.replaceAll("'", "''")}'`,
    `https://robot:${encodeURIComponent(password)}@r.io`,
    base64(password),
    base64(`robot:${password}`),
    base64(`{"some":"thing","password":"${password}"}`),
  ])
    expect(found(text, known)).toContain('the value of a credential');
  expect(found('nothing of that kind', known)).toEqual([]);
});

test('a password so short that it stands somewhere by chance is not looked for', () => {
  expect(found('short', KnownCredentials.of([{ username: 'u', password: 'short' }]))).toEqual([]);
});

test('random letters, digests and ciphertext are never taken for a credential', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 600 }), (bytes) => {
      const buffer = Buffer.from([0xa9, ...bytes]);
      const texts = ['hex', 'base64', 'base64url'].map((encoding) => buffer.toString(encoding as BufferEncoding));
      return texts.every((text) => found(`key: ${text}\n`).length === 0);
    }),
    { numRuns: 500 },
  );
});

test('a run of letters of many megabytes is read like any other', () => {
  for (const part of ['a', 'a1/+']) expect(found(part.repeat(Math.ceil(10_500_000 / part.length)))).toEqual([]);
});

test('time grows with the text alone', () => {
  for (const part of [
    '"auths": {',
    'auths:\n  ',
    '-----BEGIN ',
    'eyJ',
    'AAAA\n  ',
    '{"auth":"',
    '\\\\\\"',
    'glpat-',
    '+ACR',
  ])
    expect(found(part.repeat(Math.ceil(400_000 / part.length))).length).toBeLessThan(2);
});
