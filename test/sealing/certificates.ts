import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A certificate with its private key, as a controller has them. */
export interface MadeCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
}

export interface CertificateOptions {
  /** @default 2048 */
  readonly bits?: number;
  readonly from?: Date;
  readonly to?: Date;
  /** An elliptic curve in place of RSA. */
  readonly curve?: string;
}

/** A certificate that signs itself (RFC 5280): nothing but what its readers ask for. Made anew, so that no key lies in Git. */
export function makeCertificate({ bits = 2048, from, to, curve }: CertificateOptions = {}): MadeCertificate {
  const { publicKey, privateKey } =
    curve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: curve });
  const algorithm =
    curve === undefined ? [oid('2a864886f70d01010b'), Buffer.from('0500', 'hex')] : [oid('2a8648ce3d040302')];
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from('sealed-secrets')))));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), createHash('sha256').update(key).digest().subarray(0, 8)])),
    der(0x30, ...algorithm),
    name,
    der(0x30, time(from ?? new Date(Date.UTC(2020, 0))), time(to ?? new Date(Date.UTC(2120, 0)))),
    name,
    key,
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const whole = der(0x30, body, der(0x30, ...algorithm), der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const base64 = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return { pem: `-----BEGIN CERTIFICATE-----\n${base64.join('\n')}\n-----END CERTIFICATE-----\n`, privateKey };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`));
}
