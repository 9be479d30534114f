import type { JmesNode } from './jmes-node.js';
import { type JmesToken, jmesTokens, UnknownJmes } from './jmes-tokens.js';

/** The deepest expression that is read: every recursion ends in time. */
const deepest = 200;

/** The longest chain that is read: it nests to the left. */
const mostLinks = 2000;

/** How tightly what comes after an expression binds to it (go-jmespath, parser.go). */
const powers: Readonly<Record<string, number>> = {
  ...{ '|': 1, '||': 2, '&&': 3 },
  ...{ '==': 5, '!=': 5, '<': 5, '<=': 5, '>': 5, '>=': 5 },
  ...{ '[]': 9, '*': 20, '[?': 21, '.': 40, '[': 55, '(': 60 },
};
const notPower = 45;
/** Binding power below which a projection ends. */
const projectionStop = 10;
const starPower = 20;
const filterPower = 21;
const dotPower = 40;

/** Reads an expression of JMESPath; undefined where it is none, is deeper than anybody writes, or uses what is not known here. */
export function parseJmes(source: string): JmesNode | undefined {
  try {
    return new JmesParser(jmesTokens(source)).parse();
  } catch (fault) {
    if (fault instanceof UnknownJmes) return undefined;
    throw fault;
  }
}

const current: JmesNode = { kind: 'current' };

/** The grammar of JMESPath by top-down operator precedence, as its reference implementations have it. */
class JmesParser {
  readonly #tokens: readonly JmesToken[];
  #at = 0;
  #nesting = 0;
  #links = 0;

  constructor(tokens: readonly JmesToken[]) {
    this.#tokens = tokens;
  }

  parse(): JmesNode {
    const node = this.#expression(0);
    if (this.#at < this.#tokens.length) throw new UnknownJmes();
    return node;
  }

  #expression(power: number): JmesNode {
    if (++this.#nesting > deepest) throw new UnknownJmes();
    let left = this.#first();
    for (let sign = this.#sign(); sign !== undefined && power < (powers[sign] ?? 0); sign = this.#sign()) {
      if (++this.#links > mostLinks) throw new UnknownJmes();
      this.#at++;
      left = this.#after(sign, left);
    }
    this.#nesting--;
    return left;
  }

  #first(): JmesNode {
    const token = this.#next();
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', value: token.value };
      case 'name':
        return this.#takes('(') ? this.#call(token.text) : { kind: 'field', name: token.text };
      case 'quoted':
        return { kind: 'field', name: token.text };
      case 'number':
        throw new UnknownJmes();
      case 'sign':
        return this.#opening(token.text);
    }
  }

  #opening(sign: string): JmesNode {
    switch (sign) {
      case '@':
        return current;
      case '!':
        return { kind: 'not', of: this.#expression(notPower) };
      case '(': {
        const node = this.#expression(0);
        this.#expect(')');
        return node;
      }
      case '*':
        return { kind: 'values', left: current, right: this.#projected(starPower) };
      case '[]':
        return this.#flattened(current);
      case '[?':
        return this.#filter(current);
      case '[':
        return this.#bracket();
      case '{':
        return this.#map();
      default:
        throw new UnknownJmes();
    }
  }

  #after(sign: string, left: JmesNode): JmesNode {
    switch (sign) {
      case '.':
        if (this.#takes('*')) return { kind: 'values', left, right: this.#projected(starPower) };
        return { kind: 'sub', left, right: this.#afterDot(dotPower) };
      case '|':
        return { kind: 'pipe', left, right: this.#expression(1) };
      case '||':
        return { kind: 'or', left, right: this.#expression(2) };
      case '&&':
        return { kind: 'and', left, right: this.#expression(3) };
      case '[]':
        return this.#flattened(left);
      case '[?':
        return this.#filter(left);
      case '[':
        return this.#indexed(left);
      case '*':
      case '(':
        throw new UnknownJmes();
      default:
        return { kind: 'compare', sign, left, right: this.#expression(5) };
    }
  }

  #flattened(left: JmesNode): JmesNode {
    return { kind: 'each', left: { kind: 'flatten', of: left }, right: this.#projected(9) };
  }

  #filter(left: JmesNode): JmesNode {
    const condition = this.#expression(0);
    this.#expect(']');
    return { kind: 'filter', left, condition, right: this.#projected(filterPower) };
  }

  /** `[0]` and `[*]` of the current value, and lists of expressions. */
  #bracket(): JmesNode {
    const token = this.#tokens[this.#at];
    const isStar = this.#is('*') && this.#is(']', 1);
    if (token?.kind === 'number' || isStar) return this.#indexed(current);
    const items = this.#list(']', () => this.#expression(0));
    if (items.length === 0) throw new UnknownJmes();
    return { kind: 'list', items };
  }

  #indexed(left: JmesNode): JmesNode {
    if (this.#takes('*')) {
      this.#expect(']');
      return { kind: 'each', left, right: this.#projected(starPower) };
    }
    const token = this.#next();
    if (token.kind !== 'number') throw new UnknownJmes();
    this.#expect(']');
    return { kind: 'sub', left, right: { kind: 'index', index: token.value } };
  }

  #map(): JmesNode {
    const entries = this.#list('}', (): readonly [string, JmesNode] => {
      const key = this.#next();
      if (key.kind !== 'name' && key.kind !== 'quoted') throw new UnknownJmes();
      this.#expect(':');
      return [key.text, this.#expression(0)];
    });
    return { kind: 'map', entries };
  }

  #call(name: string): JmesNode {
    return { kind: 'call', name, args: this.#list(')', () => this.#expression(0)) };
  }

  /** Parses what a projection asks of each item. */
  #projected(power: number): JmesNode {
    const sign = this.#sign();
    if (sign === undefined || (powers[sign] ?? 0) < projectionStop) return current;
    if (sign === '[' || sign === '[?') return this.#expression(power);
    if (sign !== '.') throw new UnknownJmes();
    this.#at++;
    return this.#afterDot(power);
  }

  #afterDot(power: number): JmesNode {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'name' || token?.kind === 'quoted' || this.#is('*')) return this.#expression(power);
    if (this.#takes('[')) {
      const items = this.#list(']', () => this.#expression(0));
      return { kind: 'list', items };
    }
    if (this.#takes('{')) return this.#map();
    throw new UnknownJmes();
  }

  #list<T>(end: string, part: () => T): T[] {
    const parts: T[] = [];
    if (this.#takes(end)) return parts;
    do parts.push(part());
    while (this.#takes(','));
    this.#expect(end);
    return parts;
  }

  #sign(): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' ? token.text : undefined;
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'sign' && token.text === text;
  }

  #takes(text: string): boolean {
    const isThere = this.#is(text);
    if (isThere) this.#at++;
    return isThere;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw new UnknownJmes();
  }

  #next(): JmesToken {
    const token = this.#tokens[this.#at++];
    if (!token) throw new UnknownJmes();
    return token;
  }
}
