/** A value of a JSON text with its position. */
export type JsonNode = { readonly offset: number } & (
  | { readonly kind: 'map'; readonly entries: Map<string, JsonNode> }
  | { readonly kind: 'list'; readonly items: JsonNode[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number' | 'null' }
);

/** Why a text is not JSON, and where. */
export class JsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;
const blank = /[ \t\r\n]*/y;

/**
 * Parses one JSON value after another, as kubectl reads a `.json` file. Of a key that occurs twice the last counts, as
 * in Go. Deep nesting costs memory, not stack.
 *
 * @throws JsonError where the text is not JSON
 */
export function* jsonValues(text: string): Generator<JsonNode> {
  const reader = new JsonReader(text);
  while (!reader.atEnd()) yield reader.value();
}

type Open = Extract<JsonNode, { kind: 'map' | 'list' }>;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#skip();
    return this.#at >= this.#text.length;
  }

  value(): JsonNode {
    const open: { node: Open; key: string }[] = [];
    for (;;) {
      this.#skip();
      const node = this.#begin();
      if (node.kind === 'map' || node.kind === 'list') {
        const close = node.kind === 'map' ? '}' : ']';
        if (!this.#take(close)) {
          open.push({ node, key: node.kind === 'map' ? this.#key() : '' });
          continue;
        }
      }
      let done = node;
      for (;;) {
        const parent = open.at(-1);
        if (!parent) return done;
        if (parent.node.kind === 'map') parent.node.entries.set(parent.key, done);
        else parent.node.items.push(done);
        if (this.#take(',')) {
          if (parent.node.kind === 'map') parent.key = this.#key();
          break;
        }
        const close = parent.node.kind === 'map' ? '}' : ']';
        if (!this.#take(close)) this.#fail(`"," or "${close}" is missing`);
        done = parent.node;
        open.pop();
      }
    }
  }

  /** A scalar, or a map or list without its content. */
  #begin(): JsonNode {
    const offset = this.#at;
    switch (this.#text[offset]) {
      case '{':
        this.#at++;
        return { kind: 'map', entries: new Map(), offset };
      case '[':
        this.#at++;
        return { kind: 'list', items: [], offset };
      case '"':
        return { kind: 'text', value: this.#string(), offset };
    }
    const literal = this.#match(word);
    if (literal === 'null') return { kind: 'null', offset };
    if (literal !== undefined) return { kind: 'boolean', value: literal === 'true', offset };
    if (this.#match(number) === undefined)
      this.#fail(offset < this.#text.length ? 'a value is missing' : 'the text ends too early');
    return { kind: 'number', offset };
  }

  #key(): string {
    this.#skip();
    if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes is missing');
    const key = this.#string();
    if (!this.#take(':')) this.#fail('":" is missing after the key');
    return key;
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at);
      if (char === 0x22) {
        this.#at = at + 1;
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, at);
      }
      if (char < 0x20) this.#fail('a control character or line break cannot stand in a text', at);
      if (char === 0x5c) {
        escaped = true;
        at++;
      }
    }
    return this.#fail('the closing quote is missing', start);
  }

  #unescape(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      return this.#fail('an escape after "\\" is not one of JSON', start);
    }
  }

  #take(char: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #skip(): void {
    this.#match(blank);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(message: string, offset = this.#at): never {
    throw new JsonError(message, offset);
  }
}
