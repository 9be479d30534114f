import type { Variables } from '../../model/topology/rendering.js';
import { operate, VariableFault } from './variable-operations.js';

/** A text with its variables replaced. */
export interface Replaced {
  readonly text: string;
  /** Variables that have neither a value nor a default. */
  readonly unset: ReadonlySet<string>;
}

/**
 * Replaces `${VAR}` and its kin as Flux does: `Eval` of github.com/fluxcd/pkg/envsubst, a fork of drone/envsubst, with
 * its own ways (`$$` is a dollar outside of braces only; `${VAR-x}` is refused).
 *
 * @throws VariableFault where Flux refuses the text
 */
export function replaceVariables(text: string, variables: Variables): Replaced {
  const reader = new VariableReader(text, variables);
  return { text: reader.read(), unset: reader.unset };
}

/** Templates nest no deeper than this. */
const deepest = 50;
const name = /[\p{L}\p{Nd}_]+/uy;
const operator = /##?|%%?|\/[/#%]?|[,^]{1,2}|:[=?+-]|=|:/y;

class VariableReader {
  unset = new Set<string>();
  readonly #text: string;
  readonly #variables: Variables;
  #at = 0;
  #depth = 0;

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
  }

  read(): string {
    let text = '';
    while (this.#at < this.#text.length) {
      const dollar = this.#text.indexOf('$', this.#at);
      if (dollar < 0) return text + this.#text.slice(this.#at);
      text += this.#text.slice(this.#at, dollar);
      this.#at = dollar;
      if (this.#takes('${')) text += this.#variable();
      else if (this.#takes('$$') || this.#takes('$')) text += '$';
    }
    return text;
  }

  /** Reads what stands for a variable, from behind its opening brace to behind its closing one. */
  #variable(): string {
    if (++this.#depth > deepest) throw new VariableFault();
    const start = this.#at - 2;
    const isLength = this.#takes('#');
    const variable = this.#match(name);
    if (variable === undefined) throw new VariableFault();
    const found = isLength ? '#' : (this.#match(operator) ?? '');
    const outer = this.unset;
    this.unset = new Set();
    const args = isLength || found === '' ? [] : this.#arguments(found);
    const inner = this.unset;
    this.unset = outer;
    if (!this.#takes('}')) throw new VariableFault();
    this.#depth--;
    const value = this.#variables.values.get(variable);
    if (value === undefined && this.#isUnknown(variable)) return this.#text.slice(start, this.#at);
    const isDefault = /^:?[=?+-]$/.test(found);
    // A default that is not used lacks nothing.
    if (!isDefault || !value) for (const each of inner) outer.add(each);
    if (value === undefined && !isDefault) outer.add(variable);
    return operate(found, value ?? '', args);
  }

  #isUnknown(variable: string): boolean {
    const { unknown } = this.#variables;
    return unknown === 'any' || unknown.has(variable);
  }

  #arguments(found: string): string[] {
    if (/^[,^]/.test(found)) return [];
    if (/^[#%]/.test(found)) return [this.#argument('}')];
    if (found === ':') {
      const first = this.#argument(':}');
      return this.#match(/:+/y) !== undefined ? [first, this.#argument('}')] : [first];
    }
    if (found.startsWith('/')) {
      const pattern = this.#argument('/', '/\\');
      // Go takes any number of slashes for one.
      if (this.#match(/\/+/y) === undefined) throw new VariableFault();
      return this.#text[this.#at] === '}' ? [pattern] : [pattern, this.#argument('}', '/\\')];
    }
    const parts: string[] = [];
    while (this.#text[this.#at] !== '}') parts.push(this.#argument('}'));
    return parts;
  }

  /** A variable, or text up to one of some characters or the next variable; of escaped characters the second counts. */
  #argument(ends: string, escapable = ''): string {
    if (this.#takes('${')) return this.#variable();
    let text = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      const next = this.#text[this.#at + 1] ?? '';
      const isEscape =
        escapable !== '' && ((char === '\\' && escapable.includes(next)) || (char === '$' && next === '$'));
      if (isEscape && next !== '') {
        text += next;
        this.#at++;
      } else if (ends.includes(char) || (char === '$' && next === '{')) break;
      else text += char;
    }
    if (text === '') throw new VariableFault();
    return text;
  }

  #takes(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
