import { afterBreak, isBreak, isBreakOrEnd, isMarker, isSpaceOrEnd, isWord } from './characters.js';
import { scanBlockScalar, scanPlain, scanQuoted } from './scalar-scan.js';
import { type QueuedToken, type Token, TokenQueue, type TokenType } from './token-queue.js';
import { syntaxError, YamlError } from './yaml-error.js';

const longestKey = 1024;
const deepest = 10_000;
const tagPattern = /!<[-\w;/?:@&=+$,.!~*'()[\]%]+>|![-\w]*![-\w;/?:@&=+$,.!~*'()[\]%]+|![-\w;/?:@&=+$,.!~*'()[\]%]*/y;

/**
 * Finds the tokens of one document in the way of libyaml, which reads YAML for Kubernetes: by YAML 1.1, with indentation
 * that counts outside of brackets only, and keys on one line.
 *
 * @throws YamlError
 */
export class YamlScanner {
  readonly text: string;
  end = 0;
  #at = 0;
  #lineStart = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  /** The token that may be a key, outside of brackets and in each pair of brackets that is open. */
  readonly #keys: (QueuedToken | undefined)[] = [undefined];
  #keyAllowed = true;
  readonly #queue = new TokenQueue();

  constructor(text: string) {
    this.text = text;
  }

  /** Begins with another piece of the text. */
  begin(start: number, end: number): void {
    this.end = end;
    this.#at = start;
    this.#lineStart = start;
    this.#indent = -1;
    this.#indents.length = 0;
    this.#keys.length = 1;
    this.#keys[0] = undefined;
    this.#keyAllowed = true;
    this.#queue.clear(start);
  }

  /** The next token; what may be a key only when that is known. */
  peek(): Token {
    return this.#peek();
  }

  #peek(): QueuedToken {
    for (;;) {
      const token = this.#queue.first;
      if (token && !this.#isPossible(token)) return token;
      this.#fetch();
    }
  }

  /** The type of the next token, or of what begins with it. */
  type(): TokenType {
    const token = this.#peek();
    return token.opens ?? (token.isKey ? 'key' : token.type);
  }

  /** Goes on behind the next token, or behind what begins with it. */
  skip(): void {
    const token = this.#peek();
    if (token.opens) token.opens = undefined;
    else if (token.isKey) token.isKey = false;
    else this.#queue.drop();
  }

  #code(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : 0;
  }

  get #column(): number {
    return this.#at - this.#lineStart;
  }

  #fetch(): void {
    this.#toNextToken();
    this.#closeBlocks(this.#column);
    const code = this.#code(this.#at);
    if (code === 0) return this.#fetchEnd();
    if (this.#at === this.#lineStart) {
      if (code === 37 /* % */) throw new YamlError('kubectl reads no directives such as %YAML', this.#at);
      if (isMarker(this.text, this.#at, this.end, code)) {
        this.#closeBlocks(-1);
        this.#noKey();
        this.#keyAllowed = false;
        this.#simple(code === 45 ? 'documentStart' : 'documentEnd', 3);
        return;
      }
    }
    this.#fetchToken(code);
  }

  #fetchToken(code: number): void {
    const isFlow = this.#keys.length > 1;
    switch (code) {
      case 91 /* [ */:
        return this.#open('openList');
      case 123 /* { */:
        return this.#open('openMap');
      case 93 /* ] */:
        return this.#close('closeList');
      case 125 /* } */:
        return this.#close('closeMap');
      case 44 /* , */:
        this.#noKey();
        this.#keyAllowed = true;
        this.#simple('comma');
        return;
      case 42 /* * */:
        return this.#name('alias');
      case 38 /* & */:
        return this.#name('anchor');
      case 33 /* ! */:
        return this.#tag();
      case 39 /* ' */:
        return this.#scalar('single');
      case 34 /* " */:
        return this.#scalar('double');
      case 45 /* - */:
        if (isSpaceOrEnd(this.#code(this.#at + 1))) return this.#dash();
        return this.#scalar('plain');
      case 63 /* ? */:
        if (isFlow || isSpaceOrEnd(this.#code(this.#at + 1))) return this.#explicitKey();
        return this.#scalar('plain');
      case 58 /* : */:
        if (isFlow || isSpaceOrEnd(this.#code(this.#at + 1))) return this.#value();
        return this.#scalar('plain');
      case 124 /* | */:
      case 62 /* > */:
        if (!isFlow) return this.#blockScalar(code === 124 ? 'literal' : 'folded');
        break;
      case 9:
        this.#fail('a tab cannot indent: use spaces');
    }
    if (code === 35 || code === 37 || code === 64 || code === 96 || code === 124 || code === 62)
      this.#fail('a value cannot begin with this character unless it is in quotes');
    this.#scalar('plain');
  }

  /** Skips white space and comments. */
  #toNextToken(): void {
    for (;;) {
      let code = this.#code(this.#at);
      while (code === 32 || (code === 9 && (this.#keys.length > 1 || !this.#keyAllowed))) code = this.#code(++this.#at);
      if (code === 0xfeff && this.#at === this.#lineStart)
        this.#fail('a byte order mark cannot stand inside of a document');
      if (code === 35 /* # */) while (!isBreakOrEnd(code)) code = this.#code(++this.#at);
      if (!isBreak(code)) return;
      this.#at = afterBreak(this.text, this.#at);
      this.#lineStart = this.#at;
      if (this.#keys.length === 1) this.#keyAllowed = true;
    }
  }

  #simple(type: TokenType, length = 1): QueuedToken {
    const start = this.#at;
    this.#at += length;
    return this.#queue.add(type, start, this.#at);
  }

  #fetchEnd(): void {
    this.#closeBlocks(-1);
    // The end is on a line of its own: nothing before it can still become a key.
    this.#lineStart = this.end + 1;
    this.#noKey();
    this.#keyAllowed = false;
    // What is missing at the end is missing behind the last word.
    this.#queue.add('end', this.#queue.lastEnd, this.#queue.lastEnd);
  }

  #open(type: 'openList' | 'openMap'): void {
    this.#mayBeKey(this.#queue.add(type, this.#at, this.#at + 1));
    this.#keys.push(undefined);
    if (this.#keys.length > deepest) this.#fail('the document is nested too deeply');
    this.#keyAllowed = true;
    this.#at++;
  }

  #close(type: 'closeList' | 'closeMap'): void {
    this.#noKey();
    if (this.#keys.length > 1) this.#keys.pop();
    this.#keyAllowed = false;
    this.#simple(type);
  }

  #dash(): void {
    const opens = this.#keys.length === 1 && this.#openBlock(this.#column, 'a list cannot begin here');
    this.#noKey();
    this.#keyAllowed = true;
    const token = this.#simple('dash');
    if (opens) token.opens = 'blockList';
  }

  #explicitKey(): void {
    const opens = this.#keys.length === 1 && this.#openBlock(this.#column, 'a key cannot begin here');
    this.#noKey();
    this.#keyAllowed = this.#keys.length === 1;
    const token = this.#simple('key');
    if (opens) token.opens = 'blockMap';
  }

  #value(): void {
    const key = this.#keys[this.#keys.length - 1];
    const isBlock = this.#keys.length === 1;
    if (key && this.#isPossible(key)) {
      key.isKey = true;
      if (isBlock && this.#indentTo(key.start - key.lineStart)) key.opens = 'blockMap';
      key.mayBeKey = false;
      this.#keyAllowed = false;
      this.#simple('value');
      return;
    }
    const opens =
      isBlock &&
      this.#openBlock(this.#column, 'a second key cannot begin here: the value needs quotes or a line of its own');
    this.#keyAllowed = isBlock;
    const token = this.#simple('value');
    if (opens) token.opens = 'blockMap';
  }

  #name(type: 'alias' | 'anchor'): void {
    const start = this.#at;
    let at = start + 1;
    while (isWord(this.#code(at))) at++;
    const next = this.#code(at);
    if (at === start + 1 || !(isSpaceOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next))))
      this.#fail(
        type === 'alias'
          ? 'this is no name for an alias: put quotes around a value that begins with "*"'
          : 'this is no name for an anchor: put quotes around a value that begins with "&"',
      );
    this.#mayBeKey(this.#queue.add(type, start, at));
    this.#keyAllowed = false;
    this.#at = at;
  }

  #tag(): void {
    tagPattern.lastIndex = this.#at;
    const [found = ''] = tagPattern.exec(this.text) ?? [];
    const end = this.#at + found.length;
    if (/^![-\w]*!$/.test(found) || !isSpaceOrEnd(this.#code(end))) this.#fail('the tag cannot be read');
    this.#mayBeKey(this.#queue.add('tag', this.#at, end));
    this.#keyAllowed = false;
    this.#at = end;
  }

  #scalar(style: 'plain' | 'single' | 'double'): void {
    const indent = this.#keys.length > 1 ? undefined : this.#indent + 1;
    const { end, next, lineStart } =
      style === 'plain'
        ? scanPlain(this.text, this.#at, this.end, this.#lineStart, indent)
        : scanQuoted(this.text, this.#at, this.end, style, this.#lineStart);
    this.#mayBeKey(this.#queue.add('scalar', this.#at, end, style));
    // Behind a plain scalar that ends with its line a key may begin.
    this.#keyAllowed = lineStart > end;
    this.#at = next;
    this.#lineStart = lineStart;
  }

  #blockScalar(style: 'literal' | 'folded'): void {
    this.#noKey();
    this.#keyAllowed = true;
    const { end, lineStart, next, indent } = scanBlockScalar(this.text, this.#at, this.end, this.#indent);
    this.#queue.add('scalar', this.#at, end, style, indent);
    this.#at = next;
    this.#lineStart = lineStart;
  }

  #mayBeKey(token: QueuedToken): void {
    if (!this.#keyAllowed) return;
    this.#noKey();
    token.mayBeKey = true;
    token.lineStart = this.#lineStart;
    token.isRequired = this.#keys.length === 1 && this.#indent === this.#column;
    this.#keys[this.#keys.length - 1] = token;
  }

  #isPossible(key: QueuedToken): boolean {
    if (!key.mayBeKey) return false;
    if (key.lineStart === this.#lineStart && this.#at - key.start <= longestKey) return true;
    if (key.isRequired) throw syntaxError('a key must stand on one line: a ":" may be missing', key.start);
    key.mayBeKey = false;
    return false;
  }

  #noKey(): void {
    const key = this.#keys[this.#keys.length - 1];
    if (!key?.mayBeKey) return;
    if (key.isRequired) throw syntaxError('a ":" is missing behind the key', key.start);
    key.mayBeKey = false;
  }

  /** True if a block begins at a column. */
  #openBlock(column: number, refusal: string): boolean {
    if (!this.#keyAllowed) this.#fail(refusal);
    return this.#indentTo(column);
  }

  #indentTo(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > deepest) this.#fail('the document is nested too deeply');
    return true;
  }

  #closeBlocks(column: number): void {
    if (this.#keys.length > 1) return;
    while (this.#indent > column) {
      this.#queue.add('blockEnd', this.#queue.lastEnd, this.#queue.lastEnd);
      this.#indent = this.#indents.pop()!;
    }
  }

  #fail(message: string): never {
    throw syntaxError(message, this.#at);
  }
}
