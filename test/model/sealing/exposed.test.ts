import { exposureIn, formsOf } from '../../../src/model/sealing/exposed.js';

const auths = JSON.stringify({ auths: { 'r.io': { auth: 'dTpw' } } });

test.each([
  ['a token', 'token: ghp_0123456789abcdefghij', 'a token'],
  ['a key of SSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nx', 'a private key'],
  ['an identity of age', 'AGE-SECRET-KEY-1ABCDEF', 'a private key'],
  ['a docker config', auths, 'a docker config with a password'],
  ['a docker config in base64', `data: ${Buffer.from(auths).toString('base64')}`, 'a token'],
])('%s is found', (_what, text, expected) => {
  expect(exposureIn(text)).toBe(expected);
});

test.each([
  ['a template', `'{"auths":{"ghcr.io/acme/":{{ .ghcr }}}}'`],
  [
    'the template of an ExternalSecret',
    `'{"auths":{"r.io":{"auth":"{{ printf "%s:%s" .username .password | b64enc }}","password":{{ .password | toJson }}}}}'`,
  ],
  ['ciphertext of SealedSecrets', `ghcr: AgA${'b'.repeat(400)}==`],
  ['ciphertext of SOPS', 'data: ENC[AES256_GCM,data:ghp_0123456789abcdefghij,iv:a,tag:b,type:str]'],
  ['a reference', 'image: ghcr.io/acme/web:v1'],
  ['a docker config without entries', JSON.stringify({ auths: {} })],
])('%s is no exposure', (_what, text) => {
  expect(exposureIn(text)).toBeUndefined();
});

test('a known value is found as it stands, in JSON and in base64', () => {
  const forms = formsOf('robot', 'pa"ss-word');
  for (const text of [
    'x pa"ss-word y',
    JSON.stringify('pa"ss-word'),
    Buffer.from('robot:pa"ss-word').toString('base64'),
  ])
    expect(exposureIn(text, forms)).toBe('the value of a credential');
  expect(formsOf('robot', 'short')).toEqual([]);
});
