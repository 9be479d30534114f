import type { CelEntry, CelField, CelItem, CelNode } from './cel-node.js';
import { type CelToken, celTokens, UnknownCel } from './cel-tokens.js';

/** The deepest expression that is read: every recursion ends in time. */
const deepest = 200;

const levels: readonly (readonly string[])[] = [
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads an expression of CEL; undefined where it is none, is deeper than anybody writes, or uses what is not known here. */
export function parseCel(source: string): CelNode | undefined {
  try {
    return new CelParser(celTokens(source)).parse();
  } catch (fault) {
    if (fault instanceof UnknownCel) return undefined;
    throw fault;
  }
}

/** The grammar of CEL (cel-spec, doc/langdef.md) with optional fields (cel-go, OptionalTypes). */
class CelParser {
  readonly #tokens: readonly CelToken[];
  readonly #depths = new WeakMap<CelNode, number>();
  #at = 0;
  #nesting = 0;

  constructor(tokens: readonly CelToken[]) {
    this.#tokens = tokens;
  }

  parse(): CelNode {
    const node = this.#expression();
    if (this.#at < this.#tokens.length) throw new UnknownCel();
    return node;
  }

  #expression(): CelNode {
    if (++this.#nesting > deepest) throw new UnknownCel();
    const condition = this.#either();
    this.#nesting--;
    if (!this.#takes('?')) return condition;
    const then = this.#either();
    this.#expect(':');
    const otherwise = this.#expression();
    return this.#made({ kind: 'choice', condition, then, otherwise }, [condition, then, otherwise]);
  }

  #either(): CelNode {
    return this.#joined('or', '||', () => this.#joined('and', '&&', () => this.#binary(0)));
  }

  #joined(kind: 'and' | 'or', sign: string, part: () => CelNode): CelNode {
    const parts = [part()];
    while (this.#takes(sign)) parts.push(part());
    const [first] = parts;
    return first && parts.length === 1 ? first : this.#made({ kind, parts }, parts);
  }

  #binary(level: number): CelNode {
    const signs = levels[level];
    if (!signs) return this.#unary();
    let left = this.#binary(level + 1);
    for (let sign = this.#takesAny(signs); sign !== undefined; sign = this.#takesAny(signs)) {
      const args = [left, this.#binary(level + 1)];
      left = this.#made({ kind: 'call', name: sign, args }, args);
    }
    return left;
  }

  #unary(): CelNode {
    const sign = this.#takesAny(['!', '-']);
    if (sign === undefined) return this.#member();
    if (++this.#nesting > deepest) throw new UnknownCel();
    const of = this.#unary();
    this.#nesting--;
    return this.#made({ kind: 'call', name: sign === '-' ? 'minus' : sign, args: [of] }, [of]);
  }

  #member(): CelNode {
    let node = this.#primary();
    for (;;) {
      if (this.#takes('.')) node = this.#field(node);
      else if (this.#takes('[')) node = this.#index(node);
      else if (isTypeName(node) && this.#takes('{')) node = this.#message();
      else return node;
    }
  }

  #field(of: CelNode): CelNode {
    const isOptional = this.#takes('?');
    const field = this.#name();
    if (!isOptional && this.#takes('(')) {
      const args = this.#list(')', () => this.#expression());
      return this.#made({ kind: 'call', name: field, target: of, args }, [of, ...args]);
    }
    return this.#made({ kind: 'select', of, field, isOptional }, [of]);
  }

  #index(of: CelNode): CelNode {
    const isOptional = this.#takes('?');
    const index = this.#expression();
    this.#expect(']');
    return this.#made({ kind: 'index', of, index, isOptional }, [of, index]);
  }

  #message(): CelNode {
    const fields = this.#list('}', (): CelField => {
      const isOptional = this.#takes('?');
      const name = this.#name();
      this.#expect(':');
      return { name, value: this.#expression(), isOptional };
    });
    return this.#made(
      { kind: 'message', fields },
      fields.map(({ value }) => value),
    );
  }

  #primary(): CelNode {
    const token = this.#next();
    switch (token.kind) {
      case 'text':
      case 'number':
        return this.#made({ kind: 'literal', value: token.value }, []);
      case 'name':
        return this.#named(token.text);
      case 'sign':
        return this.#bracketed(token.text);
    }
  }

  #named(name: string): CelNode {
    const constant = constants.get(name);
    if (constant !== undefined) return this.#made({ kind: 'literal', value: constant }, []);
    if (name === 'in') throw new UnknownCel();
    if (!this.#takes('(')) return this.#made({ kind: 'name', name }, []);
    const args = this.#list(')', () => this.#expression());
    return this.#made({ kind: 'call', name, args }, args);
  }

  #bracketed(sign: string): CelNode {
    if (sign === '(') {
      const node = this.#expression();
      this.#expect(')');
      return node;
    }
    if (sign === '.') return this.#named(this.#name());
    if (sign === '[') {
      const items = this.#list(']', (): CelItem => {
        const isOptional = this.#takes('?');
        return { value: this.#expression(), isOptional };
      });
      return this.#made(
        { kind: 'list', items },
        items.map(({ value }) => value),
      );
    }
    if (sign !== '{') throw new UnknownCel();
    const entries = this.#list('}', (): CelEntry => {
      const isOptional = this.#takes('?');
      const key = this.#expression();
      this.#expect(':');
      return { key, value: this.#expression(), isOptional };
    });
    return this.#made(
      { kind: 'map', entries },
      entries.flatMap(({ key, value }) => [key, value]),
    );
  }

  /** Parts between commas, with one at the end or none. */
  #list<T>(end: string, part: () => T): T[] {
    const parts: T[] = [];
    while (!this.#takes(end)) {
      parts.push(part());
      if (this.#takes(',')) continue;
      this.#expect(end);
      break;
    }
    return parts;
  }

  #made(node: CelNode, below: readonly CelNode[]): CelNode {
    let depth = 0;
    for (const each of below) depth = Math.max(depth, this.#depths.get(each) ?? 0);
    if (++depth > deepest) throw new UnknownCel();
    this.#depths.set(node, depth);
    return node;
  }

  #name(): string {
    const token = this.#next();
    if (token.kind !== 'name') throw new UnknownCel();
    return token.text;
  }

  #next(): CelToken {
    const token = this.#tokens[this.#at++];
    if (!token) throw new UnknownCel();
    return token;
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (!token || !('text' in token) || token.text !== text) return false;
    if (token.kind !== (text === 'in' ? 'name' : 'sign')) return false;
    this.#at++;
    return true;
  }

  #takesAny(texts: readonly string[]): string | undefined {
    return texts.find((text) => this.#takes(text));
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw new UnknownCel();
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** The name of a type, such as `Object.spec`: what stands in braces after it are its fields. */
function isTypeName(node: CelNode): boolean {
  if (node.kind === 'select') return !node.isOptional && isTypeName(node.of);
  return node.kind === 'name' && (node.name === 'Object' || node.name === 'JSONPatch');
}
