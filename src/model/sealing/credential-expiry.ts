import { tokenForms } from '../problem/token-forms.js';

/**
 * The moment at which a credential expires, where it tells itself or its kind has a fixed lifetime; undefined for all
 * others.
 *
 * @param now when it was made at the latest
 */
export function credentialExpiry(username: string, password: string, now: Date): Date | undefined {
  const stated = jwtExpiry(password) ?? ecrExpiry(username, password);
  if (stated !== undefined) return dateOf(stated * 1000);
  const hours = lifetimes.find(({ form }) => form.test(password))?.hours;
  return hours === undefined ? undefined : new Date(now.getTime() + hours * 3600 * 1000);
}

/** Tokens of a fixed lifetime, by the prefixes of their issuers. */
const lifetimes = tokenForms.flatMap(({ mark, masked, hours }) =>
  hours === undefined ? [] : [{ form: new RegExp(`^${mark}${masked}`), hours }],
);

/** `exp` of a JSON Web Token (RFC 7519), in seconds. */
function jwtExpiry(token: string): number | undefined {
  const [, payload] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  return payload === undefined ? undefined : secondsIn(payload, 'exp');
}

/** A password of Amazon ECR is base64 of a JSON that says `expiration`, in seconds. */
function ecrExpiry(username: string, password: string): number | undefined {
  return username === 'AWS' && /^[A-Za-z0-9+/=]+$/.test(password) ? secondsIn(password, 'expiration') : undefined;
}

function secondsIn(base64: string, key: string): number | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
    const seconds = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    return typeof seconds === 'number' ? seconds : undefined;
  } catch {
    // No JSON: the credential says nothing.
    return undefined;
  }
}

/** The date, where it is one that a calendar has. */
function dateOf(milliseconds: number): Date | undefined {
  const isDate = Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < Date.UTC(9999, 0);
  return isDate ? new Date(milliseconds) : undefined;
}
