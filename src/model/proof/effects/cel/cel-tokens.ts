/** A text that is no expression of CEL, or uses what is not known here. */
export class UnknownCel extends Error {}

/** A word of an expression. */
export type CelToken =
  | { readonly kind: 'name' | 'sign'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number };

/** The longest expression that is read. */
const longest = 65_536;

const signs = /(?:&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}])/y;
const blank = /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const backtickName = /`([A-Za-z0-9_.\-/ ]+)`/y;
const number = /(?:0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)[uU]?/y;
const opening = /(r|R)?("""|'''|"|')/y;

/** Takes an expression apart (cel-spec, doc/langdef.md, Syntax). Bytes are not known here. */
export function celTokens(source: string): CelToken[] {
  if (source.length > longest) throw new UnknownCel();
  const tokens: CelToken[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source) ?? undefined;
    if (found) at += found[0].length;
    return found;
  };
  while (at < source.length) {
    if (match(blank)) continue;
    const quote = match(opening);
    if (quote) {
      const { value, end } = textFrom(source, at, quote[2] ?? '', quote[1] !== undefined);
      tokens.push({ kind: 'text', value });
      at = end;
      continue;
    }
    const word = match(name)?.[0] ?? match(backtickName)?.[1];
    if (word !== undefined) tokens.push({ kind: 'name', text: word });
    else {
      const digits = match(number)?.[0];
      if (digits !== undefined) tokens.push({ kind: 'number', value: numberOf(digits) });
      else {
        const sign = match(signs)?.[0];
        if (sign === undefined) throw new UnknownCel();
        tokens.push({ kind: 'sign', text: sign });
      }
    }
  }
  return tokens;
}

function numberOf(text: string): number {
  const value = Number(text.replace(/[uU]$/, ''));
  if (!Number.isSafeInteger(value)) throw new UnknownCel();
  return value;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', '?': '?', '"': '"', "'": "'", '`': '`' },
};
const codes = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})/iy;

function textFrom(source: string, start: number, quote: string, isRaw: boolean): { value: string; end: number } {
  let value = '';
  let at = start;
  while (!source.startsWith(quote, at)) {
    const char = source.charAt(at++);
    if (char === '' || (char === '\n' && quote.length === 1)) throw new UnknownCel();
    if (char !== '\\' || isRaw) {
      value += char;
      if (char === '\\') value += source.charAt(at++);
      continue;
    }
    const known = escapes[source.charAt(at)];
    codes.lastIndex = at;
    const code = known === undefined ? codes.exec(source) : undefined;
    if (known !== undefined) value += known;
    else if (code) value += codeText(code);
    else throw new UnknownCel();
    at += code?.[0].length ?? 1;
  }
  return { value, end: at + quote.length };
}

function codeText([, x, u, long, octal = '']: RegExpExecArray): string {
  const code = x ?? u ?? long;
  const point = code === undefined ? Number.parseInt(octal, 8) : Number.parseInt(code, 16);
  if (point > 0x10ffff) throw new UnknownCel();
  return String.fromCodePoint(point);
}
