import { credentialExpiry } from '../../../src/model/sealing/credential-expiry.js';

const now = new Date(Date.UTC(2026, 10, 28, 12));
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (payload: unknown) => `${base64({ alg: 'none' })}.${base64(payload)}.c2ln`;
const exp = Date.UTC(2027, 0, 2) / 1000;

test.each([
  ['a JSON Web Token says when', '00000000-0000-0000-0000-000000000000', jwt({ exp }), '2027-01-02T00:00:00.000Z'],
  [
    'a password of Amazon ECR says when',
    'AWS',
    Buffer.from(JSON.stringify({ payload: 'x', expiration: exp })).toString('base64'),
    '2027-01-02T00:00:00.000Z',
  ],
  ['an installation token of GitHub lasts an hour', 'x', `ghs_${'a'.repeat(36)}`, '2026-11-28T13:00:00.000Z'],
  [
    'an access token of Google lasts an hour',
    'oauth2accesstoken',
    `ya29.${'a'.repeat(40)}`,
    '2026-11-28T13:00:00.000Z',
  ],
  ['a token of OpenShift lasts a day', 'me', `sha256~${'a'.repeat(43)}`, '2026-11-29T12:00:00.000Z'],
])('%s', (_what, username, password, expected) => {
  expect(credentialExpiry(username, password, now)?.toISOString()).toBe(expected);
});

test.each([
  ['a password', 'robot', 'hunter2'],
  ['a personal token of GitHub', 'me', `ghp_${'a'.repeat(36)}`],
  ['a JSON Web Token without a date', 'x', jwt({ sub: 'me' })],
  ['a JSON Web Token with a date that no calendar has', 'x', jwt({ exp: 1e30 })],
  ['a JSON Web Token whose date is a text', 'x', jwt({ exp: 'tomorrow' })],
  ['what only looks like a JSON Web Token', 'x', 'eyJhbGciOiJub25lIn0.not-json.x'],
  ['what only looks like a password of Amazon ECR', 'AWS', 'AAAA'],
])('%s tells nothing', (_what, username, password) => {
  expect(credentialExpiry(username, password, now)).toBeUndefined();
});
