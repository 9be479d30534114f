import { JsonCursor, JsonSyntaxFault } from './go-json-cursor.js';
import { readLiteral, readString } from './go-json-literals.js';
import type { JsonMember, JsonSyntaxError, JsonValue } from './json-value.js';

/** `maxNestingDepth` of `encoding/json/scanner.go`. */
const maxDepth = 10_000;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * A container that is open around the place that is read. The reader keeps its own stack, so that depth cannot exhaust
 * the real one.
 */
type Container = OpenArray | OpenObject;

interface OpenArray {
  readonly items: JsonValue[];
}

interface OpenObject {
  readonly members: JsonMember[];
  /** The key whose value is read. */
  key: string;
  /** The byte at which it begins. */
  offset: number;
}

/** The reader behind `readJson`; serves once. */
export class JsonReader {
  readonly #cursor: JsonCursor;
  readonly #open: Container[] = [];

  constructor(bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
  }

  read(): { readonly value: JsonValue } | JsonSyntaxError {
    try {
      return { value: this.#document() };
    } catch (fault) {
      if (fault instanceof JsonSyntaxFault) return { error: fault.message, offset: this.#cursor.position };
      throw fault;
    }
  }

  #document(): JsonValue {
    for (;;) {
      let value = this.#begin();
      // A finished value may finish the containers around it.
      while (value !== undefined) {
        const container = this.#open.at(-1);
        if (container === undefined) {
          this.#cursor.skipSpace();
          if (!this.#cursor.atEnd) throw this.#cursor.fault('after top-level value');
          return value;
        }
        value = this.#continue(container, value);
      }
    }
  }

  /** Reads a literal, an empty container, or the opening of a container (undefined). */
  #begin(): JsonValue | undefined {
    const byte = this.#cursor.next();
    if (byte === openBrace) return this.#openContainer({ members: [], key: '', offset: 0 });
    if (byte === openBracket) return this.#openContainer({ items: [] });
    return readLiteral(this.#cursor);
  }

  #openContainer(container: Container): JsonValue | undefined {
    this.#open.push(container);
    if (this.#open.length > maxDepth) throw this.#cursor.fault('exceeded max depth');
    this.#cursor.position++;
    if (this.#cursor.next() === closerOf(container)) return this.#close();
    if ('members' in container) this.#key(container);
    return undefined;
  }

  /** Puts a value into its container; answers the container when that ends it. */
  #continue(container: Container, value: JsonValue): JsonValue | undefined {
    if ('items' in container) container.items.push(value);
    else container.members.push([container.key, value, container.offset]);
    const byte = this.#cursor.next();
    if (byte === closerOf(container)) return this.#close();
    if (byte !== comma) {
      throw this.#cursor.fault('items' in container ? 'after array element' : 'after object key:value pair');
    }
    this.#cursor.position++;
    if ('members' in container) this.#key(container);
    return undefined;
  }

  #close(): JsonValue {
    this.#cursor.position++;
    const container = this.#open.pop();
    if (container === undefined) throw new Error('a container is closed that was never opened');
    return 'items' in container
      ? { kind: 'array', items: container.items }
      : { kind: 'object', members: container.members };
  }

  #key(container: OpenObject): void {
    if (this.#cursor.next() !== quote) throw this.#cursor.fault('looking for beginning of object key string');
    container.offset = this.#cursor.position;
    container.key = readString(this.#cursor);
    if (this.#cursor.next() !== colon) throw this.#cursor.fault('after object key');
    this.#cursor.position++;
  }
}

function closerOf(container: Container): number {
  return 'items' in container ? closeBracket : closeBrace;
}
