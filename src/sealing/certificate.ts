import { type KeyObject, X509Certificate } from 'node:crypto';
import { shortDigest } from './digest.js';

/** The public certificate of a sealed-secrets controller. */
export interface SealingCertificate {
  readonly key: KeyObject;
  /** A digest of the whole certificate. */
  readonly fingerprint: string;
  readonly validTo: Date;
}

const shortestKey = 2048;

/** Reads a certificate, or says why none can be used: a sentence that goes on after the name of its file and shows nothing of it. */
export function readCertificate(bytes: Uint8Array, now: Date): SealingCertificate | string {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('PRIVATE KEY')) return 'holds a private key: take it out of Git, and make a new one';
  const certificate = parsed(text);
  if (!certificate) return 'is no certificate in PEM, or is cut short';
  const { publicKey: key, validFrom, validTo } = certificate;
  if (key.asymmetricKeyType !== 'rsa') return 'has no RSA key, which is the only kind that controllers have';
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKey)
    return `has an RSA key of less than ${shortestKey} bits, which is too weak`;
  if (new Date(validFrom) > now) return `is not valid before ${dayOf(new Date(validFrom))}`;
  if (new Date(validTo) < now) return `expired on ${dayOf(new Date(validTo))}`;
  return { key, fingerprint: fingerprintOf(certificate), validTo: new Date(validTo) };
}

/** The fingerprint of a certificate, whatever its days and its key; undefined where it is none. */
export function fingerprintIn(bytes: Uint8Array): string | undefined {
  const certificate = parsed(Buffer.from(bytes).toString('latin1'));
  return certificate && fingerprintOf(certificate);
}

function fingerprintOf({ raw }: X509Certificate): string {
  return shortDigest(raw);
}

/** The first certificate of a text: that of the controller stands before those that signed it. */
function parsed(text: string): X509Certificate | undefined {
  const [pem] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  if (pem === undefined) return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    // What OpenSSL says of it may quote it.
    return undefined;
  }
}

/** The day of a moment, such as `2026-11-28`, the same in every time zone. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
