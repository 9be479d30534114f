import { AliasGuard } from './alias-guard.js';
import { AliasNode, type TreeNode } from './nodes.js';
import { type Anchor, type OpenCollection, OpenCollections, type State } from './open-collections.js';
import { scalarFlaw, wholeTag } from './scalar-kind.js';
import { ScalarNode } from './scalar-nodes.js';
import type { Source } from './source.js';
import type { Token } from './token-queue.js';
import { syntaxError, YamlError } from './yaml-error.js';
import { YamlScanner } from './yaml-scanner.js';

interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
  readonly start: number;
}

const noProperties: Properties = { anchor: undefined, tag: undefined, start: 0 };
const misplaced = 'this was not expected here';
const badIndent = 'the indentation does not fit the lines before, or a bracket is not closed';

/** Reading of a piece of text, as kubectl has it. */
export interface YamlReading {
  /** Undefined for an empty document. */
  readonly root: TreeNode | undefined;
  /** Errors that it passes over without a word. */
  readonly lost: readonly YamlError[];
}

/** Reads the documents of a text as Kubernetes does, into nodes with places. Nesting costs memory, not stack. */
export class YamlParser {
  readonly #source: Source;
  readonly #scanner: YamlScanner;
  readonly #open: OpenCollections;
  readonly #anchors = new Map<string, Anchor>();
  #guard = new AliasGuard();
  #lost: YamlError[] = [];
  #root: TreeNode | undefined;

  constructor(source: Source) {
    this.#source = source;
    this.#scanner = new YamlScanner(source.lines.text);
    this.#open = new OpenCollections(source);
  }

  /**
   * Reads the one document of a piece of the text.
   *
   * @throws YamlError where kubectl reads nothing, or something else than kustomize
   */
  read(start: number, end: number): YamlReading {
    this.#scanner.begin(start, end);
    this.#open.clear();
    this.#anchors.clear();
    this.#guard = new AliasGuard();
    this.#lost = [];
    this.#root = undefined;
    return this.#document();
  }

  #document(): YamlReading {
    const scanner = this.#scanner;
    const isExplicit = scanner.type() === 'documentStart';
    if (isExplicit) scanner.skip();
    const type = scanner.type();
    if (type !== 'end' && !(isExplicit && (type === 'documentStart' || type === 'documentEnd'))) {
      this.#node(true, false);
      for (let open = this.#open.innermost; open; open = this.#open.innermost) this.#step(open);
    }
    const hasEnd = scanner.type() === 'documentEnd';
    if (hasEnd) scanner.skip();
    this.#checkEnd(hasEnd);
    return { root: this.#root, lost: this.#lost };
  }

  #checkEnd(hasEnd: boolean): void {
    try {
      if (this.#scanner.type() === 'end') return;
      const words = hasEnd
        ? 'kubectl reads nothing from "..." up to the next "---"'
        : 'the document has ended before this';
      this.#lost.push(new YamlError(words, this.#scanner.peek().start));
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      this.#lost.push(error);
    }
  }

  #step(open: OpenCollection): void {
    switch (open.state) {
      case 'blockItem':
      case 'plainItem':
        return this.#blockItem(open);
      case 'blockKey':
        return this.#blockKey(open);
      case 'blockValue':
        return this.#blockValue(open);
      case 'flowItem':
        return this.#flowItem(open);
      case 'flowKey':
        return this.#flowKey(open);
      case 'pairKey':
        return this.#pairKey(open);
      case 'flowValue':
      case 'pairValue':
        return this.#flowValue(open);
      case 'noValue':
        open.state = 'flowKey';
        return this.#empty(open.end);
      case 'pairEnd':
        return this.#close(open, open.end);
    }
  }

  #blockItem(open: OpenCollection): void {
    const scanner = this.#scanner;
    const type = scanner.type();
    if (type === 'dash') {
      const { end } = this.#take();
      const next = scanner.type();
      const isEmpty =
        next === 'dash' || next === 'blockEnd' || (open.state === 'plainItem' && (next === 'key' || next === 'value'));
      if (isEmpty) this.#empty(end);
      else this.#node(true, false);
    } else if (open.state === 'plainItem') {
      // A list that is not indented ends with the next key.
      this.#close(open, open.end);
    } else if (type === 'blockEnd') {
      scanner.skip();
      this.#close(open, open.end);
    } else {
      this.#fail(badIndent);
    }
  }

  #blockKey(open: OpenCollection): void {
    const type = this.#scanner.type();
    if (type === 'key') {
      const { start } = this.#scanner.peek();
      this.#scanner.skip();
      open.state = 'blockValue';
      if (isIn(this.#scanner.type(), 'key', 'value', 'blockEnd')) this.#failAt(noKey, start);
      this.#node(true, true);
    } else if (type === 'blockEnd') {
      this.#scanner.skip();
      this.#close(open, open.end);
    } else {
      this.#fail(badIndent);
    }
  }

  #blockValue(open: OpenCollection): void {
    open.state = 'blockKey';
    if (this.#scanner.type() !== 'value') return this.#empty(open.end);
    const { end } = this.#take();
    if (isIn(this.#scanner.type(), 'key', 'value', 'blockEnd')) this.#empty(end);
    else this.#node(true, true);
  }

  #flowItem(open: OpenCollection): void {
    if (this.#endsFlow(open, 'closeList')) return;
    if (this.#scanner.type() !== 'key') return this.#node(false, false);
    const { start } = this.#scanner.peek();
    this.#scanner.skip();
    this.#push('pairKey', start, undefined, true);
  }

  #flowKey(open: OpenCollection): void {
    if (this.#endsFlow(open, 'closeMap')) return;
    const isKey = this.#scanner.type() === 'key';
    open.state = isKey ? 'flowValue' : 'noValue';
    const { start } = this.#scanner.peek();
    if (isKey) this.#scanner.skip();
    if (isKey && isIn(this.#scanner.type(), 'value', 'comma', 'closeMap')) this.#failAt(noKey, start);
    this.#node(false, false);
  }

  /** Takes the comma, or the end of a collection in brackets. */
  #endsFlow(open: OpenCollection, close: 'closeList' | 'closeMap'): boolean {
    const scanner = this.#scanner;
    if (scanner.type() !== close && !open.isEmpty) {
      if (scanner.type() !== 'comma') this.#fail(badIndent);
      scanner.skip();
    }
    open.isEmpty = false;
    if (scanner.type() !== close) return false;
    this.#close(open, this.#take().end);
    return true;
  }

  #pairKey(open: OpenCollection): void {
    if (isIn(this.#scanner.type(), 'value', 'comma', 'closeList')) this.#failAt(noKey, open.offset);
    open.state = 'pairValue';
    this.#node(false, false);
  }

  #flowValue(open: OpenCollection): void {
    const close = open.state === 'pairValue' ? 'closeList' : 'closeMap';
    open.state = open.state === 'pairValue' ? 'pairEnd' : 'flowKey';
    if (this.#scanner.type() !== 'value') return this.#empty(open.end);
    const { end } = this.#take();
    if (isIn(this.#scanner.type(), 'comma', close)) this.#empty(end);
    else this.#node(false, false);
  }

  /** Reads a scalar or an alias, or begins a collection. */
  #node(inBlock: boolean, mayBePlainList: boolean): void {
    const scanner = this.#scanner;
    if (scanner.type() === 'alias') return this.#alias(this.#take());
    const { anchor, tag, start } = this.#properties();
    const token = scanner.peek();
    switch (scanner.type()) {
      case 'scalar':
        return this.#scalar(this.#take(), anchor, tag);
      case 'openList':
        scanner.skip();
        return this.#push('flowItem', token.start, anchor, false);
      case 'openMap':
        scanner.skip();
        return this.#push('flowKey', token.start, anchor, true);
      case 'dash':
        if (mayBePlainList) return this.#push('plainItem', token.start, anchor, false);
        break;
      case 'blockList':
        if (inBlock) scanner.skip();
        if (inBlock) return this.#push('blockItem', token.start, anchor, false);
        break;
      case 'blockMap':
        if (inBlock) scanner.skip();
        if (inBlock) return this.#push('blockKey', token.start, anchor, true);
        break;
    }
    if (anchor === undefined && tag === undefined) this.#fail(scanner.type() === 'end' ? badIndent : misplaced);
    this.#scalar({ start, end: start, style: 'plain', indent: 0 }, anchor, tag);
  }

  #properties(): Properties {
    if (!isIn(this.#scanner.type(), 'anchor', 'tag')) return noProperties;
    let anchor: string | undefined;
    let tag: string | undefined;
    let start = this.#scanner.peek().start;
    for (;;) {
      const type = this.#scanner.type();
      if (type === 'anchor' && anchor === undefined) {
        const token = this.#take();
        anchor = this.#textOf(token).slice(1);
        start = token.end;
      } else if (type === 'tag' && tag === undefined) {
        const token = this.#take();
        tag = wholeTag(this.#textOf(token));
        if (tag === undefined) this.#failAt('the tag cannot be read', token.start);
        start = token.end;
      } else {
        return { anchor, tag, start };
      }
    }
  }

  #alias(token: Token): void {
    const anchor = this.#anchors.get(this.#textOf(token).slice(1));
    if (!anchor) throw new YamlError('the alias stands for no anchor before it', token.start, 'manifest-alias');
    if (!anchor.node)
      throw new YamlError('the alias stands for something that it is itself a part of', token.start, 'manifest-alias');
    this.#guard.add(anchor.size, token.start);
    this.#add(new AliasNode(this.#source, token.start, token.end, anchor.node));
  }

  #scalar(at: Pick<Token, 'start' | 'end' | 'style' | 'indent'>, anchor: string | undefined, tag?: string): void {
    const node = new ScalarNode(this.#source, at, tag);
    // Almost all that can be wrong begins with a point or a sign, or has a tag.
    if (tag !== undefined || this.#source.lines.text.charCodeAt(at.start) < 0x2f) {
      const flaw = scalarFlaw(node.value, at.style === 'plain', tag);
      if (flaw !== undefined) throw new YamlError(flaw, at.start);
    }
    if (anchor !== undefined) this.#anchors.set(anchor, { node, size: 1, before: 0 });
    this.#guard.count();
    this.#add(node);
  }

  #empty(at: number): void {
    this.#scalar({ start: at, end: at, style: 'plain', indent: 0 }, undefined);
  }

  #push(state: State, offset: number, name: string | undefined, isMap: boolean): void {
    this.#guard.count();
    const anchor = name === undefined ? undefined : { node: undefined, size: 0, before: this.#guard.counted };
    if (name !== undefined) this.#anchors.set(name, anchor!);
    this.#open.open(state, offset, anchor, isMap, this.#lost);
  }

  #close({ anchor }: OpenCollection, end: number): void {
    const node = this.#open.close(end);
    if (anchor) Object.assign(anchor, { node, size: this.#guard.counted - anchor.before + 1 });
    this.#add(node);
  }

  #add(node: TreeNode): void {
    if (this.#open.innermost) this.#open.add(node);
    else this.#root = node;
  }

  #take(): Token {
    const token = this.#scanner.peek();
    this.#scanner.skip();
    return token;
  }

  #textOf({ start, end }: Token): string {
    return this.#source.lines.text.slice(start, end);
  }

  #fail(message: string): never {
    this.#failAt(message, this.#scanner.peek().start);
  }

  #failAt(message: string, offset: number): never {
    throw syntaxError(message, offset);
  }
}

const noKey = 'a key is missing';

/** Without an array of the values: this is asked for each node. */
function isIn<T>(value: T, first: T, second: T, third?: T): boolean {
  return value === first || value === second || value === third;
}
