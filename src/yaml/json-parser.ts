import { ListNode, MapNode, type TreeNode } from './nodes.js';
import { JsonScalarNode } from './scalar-nodes.js';
import type { Source } from './source.js';

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
/** As deep as Go reads. */
const deepest = 10_000;

/**
 * Parses one JSON value after another, as kubectl reads them. Of a key that occurs twice the last counts, as in Go.
 * Nesting costs memory, not stack.
 *
 * @throws JsonError where the text is not JSON
 */
export function* parseJson(source: Source): Generator<TreeNode> {
  const parser = new JsonParser(source);
  while (!parser.atEnd()) yield parser.value();
}

/** A map or list that is being read. */
interface Open {
  readonly offset: number;
  readonly close: '}' | ']';
  readonly values: TreeNode[];
  /** The places of the keys of a map. */
  readonly keys: Map<string, number> | undefined;
  key: string;
}

class JsonParser {
  readonly #source: Source;
  readonly #text: string;
  #at = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.lines.text;
  }

  atEnd(): boolean {
    this.#skip();
    return this.#at >= this.#text.length;
  }

  value(): TreeNode {
    const open: Open[] = [];
    for (;;) {
      this.#skip();
      const begun = this.#open();
      if (begun && open.push(begun) > deepest) this.#fail('the text is nested too deeply', begun.offset);
      let done = begun ? this.#ended(begun, open) : this.#scalar();
      for (let parent = open.at(-1); done && parent; parent = open.at(-1)) {
        add(parent, done);
        if (this.#take(',')) {
          if (parent.keys) parent.key = this.#key();
          break;
        }
        done = this.#ended(parent, open);
        if (!done) this.#fail(`"," or "${parent.close}" is missing`);
      }
      if (done && open.length === 0) return done;
    }
  }

  #open(): Open | undefined {
    const offset = this.#at;
    const char = this.#text[offset];
    if (char !== '{' && char !== '[') return undefined;
    this.#at++;
    return { offset, close: char === '{' ? '}' : ']', values: [], keys: char === '{' ? new Map() : undefined, key: '' };
  }

  /** The whole collection if it ends here; otherwise the first key of a map is read. */
  #ended(inside: Open, open: Open[]): TreeNode | undefined {
    const { offset, keys, values, close } = inside;
    if (!this.#take(close)) {
      if (keys && values.length === 0) inside.key = this.#key();
      return undefined;
    }
    open.pop();
    return keys
      ? new MapNode(
          this.#source,
          offset,
          this.#at,
          true,
          this.#source.pool.keys([...keys.keys()], 0, keys.size),
          values.slice(),
        )
      : new ListNode(this.#source, offset, this.#at, true, values.slice());
  }

  #scalar(): TreeNode {
    const offset = this.#at;
    if (this.#text[offset] === '"') {
      const unescaped = this.#string();
      return new JsonScalarNode(this.#source, offset, this.#at, 'text', unescaped);
    }
    const literal = this.#match(word);
    if (literal !== undefined) {
      const kind = literal === 'null' ? 'null' : 'boolean';
      return new JsonScalarNode(this.#source, offset, this.#at, kind);
    }
    const digits = this.#match(number);
    if (digits === undefined) this.#fail(offset < this.#text.length ? 'a value is missing' : 'the text ends too early');
    return new JsonScalarNode(this.#source, offset, this.#at, 'number');
  }

  #key(): string {
    this.#skip();
    if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes is missing');
    const start = this.#at;
    const unescaped = this.#string();
    const key = unescaped ?? this.#text.slice(start + 1, this.#at - 1);
    if (!this.#take(':')) this.#fail('":" is missing after the key');
    return this.#source.pool.keep(key);
  }

  /** Goes on behind a text; its value, unless that is what stands between the quotes. */
  #string(): string | undefined {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at);
      if (char === 0x22) {
        this.#at = at + 1;
        return escaped ? this.#unescape(start) : undefined;
      }
      if (char < 0x20) this.#fail('a control character or line break cannot stand in a text', at);
      if (char === 0x5c) {
        escaped = true;
        at++;
      }
    }
    return this.#fail('the closing quote is missing', start);
  }

  // Go puts U+FFFD in the place of half a surrogate pair.
  #unescape(start: number): string {
    try {
      return (JSON.parse(this.#text.slice(start, this.#at)) as string).replace(/\p{Surrogate}/gu, '\ufffd');
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

function add({ keys, values, key }: Open, value: TreeNode): void {
  const known = keys?.get(key);
  if (known !== undefined) {
    values[known] = value;
  } else {
    keys?.set(key, values.length);
    values.push(value);
  }
}
