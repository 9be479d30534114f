/** An expression that is none, or that uses what is not known here. */
export class UnknownRegexp extends Error {}

/** A part of a regular expression. */
export type RegexpNode =
  | { readonly kind: 'take'; readonly test: CodeTest }
  | { readonly kind: 'at'; readonly end: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexpNode[] }
  | { readonly kind: 'either'; readonly parts: readonly RegexpNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexpNode; readonly least: number; readonly most: number | undefined };

type CodeTest = (code: number) => boolean;

/** Deeper than anybody nests groups, and shallow enough for every recursion. */
const deepest = 100;
/** Go's own limit of a count of repetitions (regexp/syntax, repeat count). */
const mostRepeats = 1000;

const newline = 10;
const inRange = (from: string, to: string): CodeTest => {
  const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  return (code) => code >= low && code <= high;
};
const digit = inRange('0', '9');
const lower = inRange('a', 'z');
const upper = inRange('A', 'Z');
const word: CodeTest = (code) => digit(code) || lower(code) || upper(code) || code === 95;
const space: CodeTest = (code) => code === 9 || code === 10 || code === 12 || code === 13 || code === 32;
const classes: Readonly<Record<string, CodeTest>> = {
  d: digit,
  w: word,
  s: space,
  D: (code) => !digit(code),
  W: (code) => !word(code),
  S: (code) => !space(code),
};
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07' };

/** Reads the expressions of Go (regexp/syntax) that have no flags, no Unicode classes and no word boundaries. */
export class RegexpParser {
  readonly #chars: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  parse(): RegexpNode {
    const node = this.#either();
    if (this.#at < this.#chars.length) throw new UnknownRegexp();
    return node;
  }

  #either(): RegexpNode {
    if (++this.#depth > deepest) throw new UnknownRegexp();
    const parts = [this.#sequence()];
    while (this.#takes('|')) parts.push(this.#sequence());
    this.#depth--;
    return { kind: 'either', parts };
  }

  #sequence(): RegexpNode {
    const parts: RegexpNode[] = [];
    for (let char = this.#peek(); char !== undefined && char !== '|' && char !== ')'; char = this.#peek())
      parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #repeated(part: RegexpNode): RegexpNode {
    const counts = this.#counts();
    if (!counts) return part;
    this.#takes('?');
    // Go refuses `a**`, and counts of counts multiply.
    if (this.#counts()) throw new UnknownRegexp();
    return { kind: 'repeat', part, ...counts };
  }

  #counts(): { least: number; most: number | undefined } | undefined {
    if (this.#takes('*')) return { least: 0, most: undefined };
    if (this.#takes('+')) return { least: 1, most: undefined };
    if (this.#takes('?')) return { least: 0, most: 1 };
    if (this.#peek() !== '{') return undefined;
    const [text, from = '', comma, to = ''] =
      /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#chars.slice(this.#at, this.#at + 12).join('')) ?? [];
    if (text === undefined) throw new UnknownRegexp();
    this.#at += text.length;
    const least = Number(from);
    const most = comma === '' ? least : to === '' ? undefined : Number(to);
    if (least > mostRepeats || (most !== undefined && (most > mostRepeats || most < least))) throw new UnknownRegexp();
    return { least, most };
  }

  #atom(): RegexpNode {
    const char = this.#next();
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'take', test: this.#class() };
      case '.':
        return { kind: 'take', test: (code) => code !== newline };
      case '^':
        return { kind: 'at', end: false };
      case '$':
        return { kind: 'at', end: true };
      case '\\':
        return this.#escaped();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new UnknownRegexp();
      default:
        return { kind: 'take', test: is(char) };
    }
  }

  #group(): RegexpNode {
    if (this.#takes('?')) {
      const isNamed = this.#takes('P') || this.#peek() === '<';
      if (isNamed) while (this.#next() !== '>');
      else if (!this.#takes(':')) throw new UnknownRegexp();
    }
    const node = this.#either();
    if (!this.#takes(')')) throw new UnknownRegexp();
    return node;
  }

  #escaped(): RegexpNode {
    const char = this.#next();
    if (char === 'A' || char === 'z') return { kind: 'at', end: char === 'z' };
    return { kind: 'take', test: classes[char] ?? is(literal(char)) };
  }

  #class(): CodeTest {
    const isNegated = this.#takes('^');
    const tests: CodeTest[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const from = this.#next();
      if (from === '[' && this.#peek() === ':') throw new UnknownRegexp();
      const known = from === '\\' ? classes[this.#peek() ?? ''] : undefined;
      if (known) {
        this.#at++;
        tests.push(known);
        continue;
      }
      const low = from === '\\' ? literal(this.#next()) : from;
      const isRange = this.#peek() === '-' && this.#chars[this.#at + 1] !== ']';
      if (!isRange) {
        tests.push(is(low));
        continue;
      }
      this.#at++;
      const to = this.#next();
      tests.push(inRange(low, to === '\\' ? literal(this.#next()) : to));
    }
    this.#at++;
    return (code) => tests.some((test) => test(code)) !== isNegated;
  }

  #peek(): string | undefined {
    return this.#chars[this.#at];
  }

  #next(): string {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw new UnknownRegexp();
    return char;
  }

  #takes(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at++;
    return true;
  }
}

function is(char: string): CodeTest {
  const wanted = char.codePointAt(0);
  return (code) => code === wanted;
}

/** The character that a backslash and this one stand for. */
function literal(char: string): string {
  const control = controls[char];
  if (control !== undefined) return control;
  if (/[A-Za-z0-9]/.test(char)) throw new UnknownRegexp();
  return char;
}
