import type { ScalarStyle } from './scalar-scan.js';

/** Tokens that the grammar is made of. */
export type TokenType =
  | ('end' | 'documentStart' | 'documentEnd' | 'blockList' | 'blockMap' | 'blockEnd' | 'dash' | 'key' | 'value')
  | ('openList' | 'closeList' | 'openMap' | 'closeMap' | 'comma' | 'alias' | 'anchor' | 'tag' | 'scalar');

/** A piece of the text that means something. It is good until the next one is asked for. */
export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** Of a scalar. */
  readonly style: ScalarStyle;
  /** How far the lines of a block scalar are indented. */
  readonly indent: number;
}

/** A token in the queue. Those that were taken are filled again: a file may hold millions. */
export class QueuedToken implements Token {
  type: TokenType = 'end';
  start = 0;
  end = 0;
  style: ScalarStyle = 'plain';
  indent = 0;
  /** The block that begins in front of it. */
  opens: 'blockList' | 'blockMap' | undefined;
  /** True for what turned out to be the key of a pair. */
  isKey = false;
  /** True while it is a key if a colon follows on its line. */
  mayBeKey = false;
  /** Where the line of what may be a key begins. */
  lineStart = 0;
  /** True where only a key can stand. */
  isRequired = false;
}

/** Tokens that were found and not yet taken. */
export class TokenQueue {
  readonly #tokens: QueuedToken[] = [];
  #head = 0;
  #size = 0;
  #lastEnd = 0;

  /** Forgets all of them, and begins anew. */
  clear(start: number): void {
    this.#head = 0;
    this.#size = 0;
    this.#lastEnd = start;
  }

  /** The one that is taken next. */
  get first(): QueuedToken | undefined {
    return this.#head < this.#size ? this.#tokens[this.#head] : undefined;
  }

  /** Where the last one ends. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  add(type: TokenType, start: number, end: number, style: ScalarStyle = 'plain', indent = 0): QueuedToken {
    if (this.#size === this.#tokens.length) this.#tokens.push(new QueuedToken());
    const token = this.#tokens[this.#size++]!;
    token.type = type;
    token.start = start;
    token.end = end;
    token.style = style;
    token.indent = indent;
    token.opens = undefined;
    token.isKey = false;
    token.mayBeKey = false;
    this.#lastEnd = end;
    return token;
  }

  /** Takes the first one. */
  drop(): void {
    if (++this.#head < this.#size) return;
    this.#size = 0;
    this.#head = 0;
  }
}
