import { recipientError } from '../../src/sealing/age.js';
import { encryptSops } from '../../src/sealing/sops.js';
import { decryptSops } from './decrypt-sops.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const now = new Date(Date.UTC(2026, 10, 28, 12));
const texts = { '.dockerconfigjson': 'pässwörd \u{1f511}', empty: '' };

async function parties(count: number) {
  const identities = await Promise.all(Array.from({ length: count }, () => generateX25519Identity()));
  return { identities, recipients: await Promise.all(identities.map((each) => identityToRecipient(each))) };
}

test('what is encrypted opens for each of its recipients, and for nobody else', async () => {
  const { identities, recipients } = await parties(3);
  const encrypted = await encryptSops('data', texts, recipients.slice(0, 2), now);
  for (const identity of identities.slice(0, 2)) expect(await decryptSops('data', encrypted, identity)).toEqual(texts);
  expect(await decryptSops('data', encrypted, identities[2] ?? '')).toBe('not for this identity');
  expect(JSON.stringify(encrypted)).not.toContain('pässwörd');
  expect(encrypted.sops.lastmodified).toBe('2026-11-28T12:00:00Z');
});

test('a value that was changed, moved or exchanged is found', async () => {
  const { identities, recipients } = await parties(1);
  const [identity = ''] = identities;
  const encrypted = await encryptSops('data', { a: 'one', b: 'two' }, recipients, now);
  const { a = '', b = '' } = encrypted.values;
  const open = (values: Record<string, string>, sops = encrypted.sops) =>
    decryptSops('data', { values, sops }, identity);
  expect(await open({ a })).toBe('changed');
  expect(await open({ a: b, b: a })).toBe('damaged');
  expect(await open({ a: a.replace(/data:./, 'data:_'), b })).toBe('damaged');
  expect(await open({ a, b }, { ...encrypted.sops, lastmodified: '2027-01-01T00:00:00Z' })).toBe('damaged');
  expect(await decryptSops('stringData', encrypted, identity)).toBe('damaged');
});

test('an identity, a key of SSH and what is misspelt are no recipients, and an identity is not said', async () => {
  const { identities, recipients } = await parties(1);
  const [identity = ''] = identities;
  const [recipient = ''] = recipients;
  expect(recipientError(recipient)).toBeUndefined();
  expect(recipientError(identity)).toMatch(/^is an identity, which is private/);
  expect(recipientError(identity.toLowerCase())).toMatch(/^is an identity/);
  expect(recipientError('ssh-ed25519 AAAA')).toMatch(/^is a key of SSH/);
  expect(recipientError(recipient.slice(0, -1))).toMatch(/a letter of it is wrong/);
  expect(recipientError('bob@example.com')).toMatch(/begins with age1/);
  expect(recipientError(identity)).not.toContain(identity);
});
