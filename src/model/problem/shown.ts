import { maskedText, maskedValue, withoutPort } from './credential-mask.js';
import { oneLine, visible } from './terminal-text.js';

const maxLength = 300;
const maxItems = 12;

/** A text for people whose values went through {@link shown}: nothing in it is shown twice or masked again. */
export class Words {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/**
 * Types that a message may have: a text without any value in it, or {@link Words}. A template with a value is neither.
 */
export type Said<Text extends string | Words | undefined | null> = Text extends string
  ? Record<never, never> extends Record<Text, never>
    ? never
    : Text
  : Text;

/** A value of the input that a message or a row of a report may show. */
export type Shown = string | number | boolean | undefined | Words | readonly (string | Words)[];

/**
 * A value as people may see it, on one line: what may be a credential is masked, what would steer a terminal is written
 * out, and its length is bounded. Of a list the first items are shown.
 */
export function shown(value: Shown): string {
  if (value instanceof Words) return value.toString();
  if (Array.isArray(value)) return listText(value as readonly (string | Words)[]);
  const masked = visible(oneLine(maskedValue(String(value))));
  return masked.length > maxLength ? `${cut(masked)}…` : masked;
}

/** A user name as people may see it: nothing behind a colon, and none that has the form of a token. */
export function shownUser(username: string): string {
  const colon = username.indexOf(':');
  const name = colon < 0 ? username : `${username.slice(0, colon + 1)}***`;
  return isRandom(name) ? '***' : shown(name);
}

/** Long, of letters and digits without a break, or hexadecimal: no name that somebody chose. */
function isRandom(name: string): boolean {
  return /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_]{24,}$/.test(name);
}

/** Reason that a parser gives for a value, which it may quote in parentheses. */
export function shownReason(reason: string, value: string): string {
  return shown(value) === value ? reason : reason.replace(/\(.*\)/s, '(***)');
}

/** Message about a key of a docker config in quotes, without what stands there in place of a port. */
export function withoutPorts(text: string): string {
  return text.replace(/:(?!\d+")[^\s"/:@]+(?=")/g, ':***');
}

/** A key of a docker config as people may see it: behind its host stands a port or nothing. */
export function shownKeyOf(key: string): string {
  return shown(/:\/\//.test(key) ? key : withoutPort(key, true));
}

/** A sentence with values in it, each of them as {@link shown} gives it. */
export function words(texts: TemplateStringsArray, ...values: readonly Shown[]): Words {
  return new Words(texts.map((text, index) => text + (index < values.length ? shown(values[index]) : '')).join(''));
}

/** A sentence that is there already, as a parser or another program says it, masked word by word. */
export function sentence(text: string): Words {
  return new Words(visible(maskedText(text)));
}

/** Text for a terminal, whatever it holds and however long it is: the last net under {@link shown}. */
export function terminalText(text: string): string {
  return visible(maskedText(text));
}

function listText(values: readonly (string | Words)[]): string {
  const first = values.slice(0, maxItems).map(shown).join(', ');
  return values.length > maxItems ? `${first} and ${values.length - maxItems} more` : first;
}

/** The beginning of a text; a character of two units stays whole. */
function cut(text: string): string {
  return text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}
