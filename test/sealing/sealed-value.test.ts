import { sealingLabel, sealingScopes } from '../../src/model/sealing/sealing-scope.js';
import { readCertificate } from '../../src/sealing/certificate.js';
import { Checksums } from '../../src/sealing/checksum.js';
import { sealValue } from '../../src/sealing/sealed-value.js';
import { type CertificateOptions, makeCertificate } from './certificates.js';
import { openValue } from './open-value.js';

const today = new Date(Date.UTC(2026, 10, 28));
const made = makeCertificate();

function certificate(pem = made.pem) {
  const read = readCertificate(Buffer.from(pem), today);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

test.each(
  sealingScopes,
)('a value that is sealed with scope %s opens under the label of its scope and no other', (scope) => {
  const label = sealingLabel(scope, 'team-a', 'pull');
  const sealed = sealValue(certificate(), 'pässwörd\u0000\u{1f511}', label);
  expect(openValue(made.privateKey, sealed, label)).toBe('pässwörd\u0000\u{1f511}');
  expect(() => openValue(made.privateKey, sealed, 'team-b/pull')).toThrow();
});

test('the same value gives another ciphertext each time', () => {
  expect(sealValue(certificate(), 'x', 'a/b')).not.toBe(sealValue(certificate(), 'x', 'a/b'));
});

test('the first certificate of a chain is that of the controller', () => {
  const chain = made.pem + makeCertificate().pem;
  expect(certificate(chain).fingerprint).toBe(certificate().fingerprint);
});

const date = (year: number) => new Date(Date.UTC(year, 0));
const unusable: readonly (readonly [string, CertificateOptions, RegExp])[] = [
  ['that has expired', { to: date(2025) }, /^expired on 2025-01-01$/],
  ['that is not valid yet', { from: date(2030) }, /^is not valid before 2030-01-01$/],
  ['with a weak key', { bits: 1024 }, /less than 2048 bits/],
  ['without an RSA key', { curve: 'P-256' }, /no RSA key/],
];

test.each(unusable)('a certificate %s is refused', (_what, options, reason) => {
  expect(readCertificate(Buffer.from(makeCertificate(options).pem), today)).toMatch(reason);
});

test.each([
  ['a certificate that is cut short', made.pem.slice(0, 400), /cut short/],
  ['a certificate whose text is damaged', made.pem.replace(/\n[A-Za-z0-9+/]{64}\n/, '\n'), /cut short/],
  ['a private key', made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /private key/],
  ['nothing', '', /no certificate/],
  ['a text', 'hunter2', /^is no certificate in PEM, or is cut short$/],
])('%s in place of a certificate is refused, and nothing of it is said', (_what, text, reason) => {
  expect(readCertificate(Buffer.from(text), today)).toMatch(reason);
});

describe('checksums', () => {
  const key = Buffer.from('0123456789abcdefghijklmnopqrstuv');
  const of = (bytes: Buffer) => {
    const checksums = Checksums.of(bytes);
    if (typeof checksums === 'string') throw new Error(checksums);
    return checksums;
  };

  test('tell whether a value is the same, by the key that they were made with', () => {
    const recorded = of(key).of('value', ['prod', 'pull']);
    expect(recorded).toMatch(/^[0-9a-f]{8}\.[0-9a-f]{32}$/);
    expect(of(key).matches(recorded, 'value', ['prod', 'pull'])).toBe(true);
    expect(of(key).matches(recorded, 'other', ['prod', 'pull'])).toBe(false);
    expect(of(key).matches(recorded, 'value', ['test', 'pull'])).toBe(false);
  });

  test('tell nothing by another key, or where none is recorded', () => {
    const other = of(Buffer.from('another key, of as many letters!'));
    expect(other.matches(of(key).of('value', []), 'value', [])).toBeUndefined();
    expect(of(key).matches(undefined, 'value', [])).toBeUndefined();
  });

  test.each([
    ['a short key', Buffer.from('short'), /less than 32 bytes/],
    ['a key that nobody drew', Buffer.alloc(64), /no random key/],
  ])('%s is refused', (_what, bytes, reason) => {
    expect(Checksums.of(bytes)).toMatch(reason);
  });
});
