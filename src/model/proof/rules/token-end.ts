import type { DockerConfigEntry } from '../../docker-config/docker-config-entry.js';

/** When a password ends that is a token, as far as the token says so itself. */
export type TokenEnd =
  | { readonly at: Date }
  /** It lasts some hours, and does not say from when. */
  | { readonly lasts: string };

/** Tokens that end by their kind. */
const shortLived: readonly { readonly is: RegExp; readonly lasts: string }[] = [
  { is: /^ghs_/, lasts: 'an hour' },
  { is: /^ya29\./, lasts: 'an hour' },
];

/** The end of the token of an entry; undefined where it is none, or has no end. Nothing of it is verified, or kept. */
export function tokenEnd({ username, password, ringKey = '' }: DockerConfigEntry): TokenEnd | undefined {
  const token = password.reveal();
  const claim = jwtEnd(token) ?? (username === 'AWS' ? ecrEnd(token) : undefined);
  if (claim !== undefined) return { at: new Date(claim * 1000) };
  if (username === 'AWS' && /\.dkr\.ecr\./.test(ringKey)) return { lasts: '12 hours' };
  const kind = shortLived.find(({ is }) => is.test(token));
  return kind && { lasts: kind.lasts };
}

/** `exp` of a JSON Web Token, in seconds since 1970. RFC 7519, section 4.1.4. */
function jwtEnd(token: string): number | undefined {
  const [header = '', payload = '', signature] = token.split('.');
  if (signature === undefined || token.split('.').length !== 3) return undefined;
  if (jsonOf(header, 'base64url')?.alg === undefined) return undefined;
  return secondsOf(jsonOf(payload, 'base64url')?.exp);
}

/** A password of ECR is JSON in base64, with the time of its end. */
function ecrEnd(token: string): number | undefined {
  return secondsOf(jsonOf(token, 'base64')?.expiration);
}

/** A time that a date can be; others are none. */
function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && value < 1e11 ? value : undefined;
}

function jsonOf(text: string, coding: 'base64' | 'base64url'): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, coding).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
