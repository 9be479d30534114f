import { AliasGuard } from './alias-guard.js';
import { MapBuilder } from './map-builder.js';
import { AliasNode, ListNode, MapNode, type TreeNode } from './nodes.js';
import { OpenValues } from './open-values.js';
import { scalarFlaw, wholeTag } from './scalar-kind.js';
import { ScalarNode } from './scalar-nodes.js';
import type { Source } from './source.js';
import type { Token } from './token-queue.js';
import { syntaxError, YamlError } from './yaml-error.js';
import { YamlScanner } from './yaml-scanner.js';

/** States of a collection, by what is expected next. */
type State =
  | ('blockItem' | 'plainItem' | 'blockKey' | 'blockValue' | 'flowItem' | 'pairKey' | 'pairValue' | 'pairEnd')
  | ('flowKey' | 'flowValue' | 'noValue');

/** A collection that is being read. One for each depth, which is filled again. */
interface Open {
  state: State;
  offset: number;
  anchor: Anchor | undefined;
  /** Undefined for a list. */
  map: MapBuilder | undefined;
  readonly builder: MapBuilder;
  /** Where its values begin among those of all that are open. */
  start: number;
  isEmpty: boolean;
  end: number;
}

interface Anchor {
  /** Undefined inside of what it stands before. */
  node: Exclude<TreeNode, AliasNode> | undefined;
  size: number;
  /** How many values came before it. */
  readonly before: number;
}

interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
  readonly start: number;
}

const noProperties: Properties = { anchor: undefined, tag: undefined, start: 0 };
const blocks: ReadonlySet<State> = new Set<State>(['blockItem', 'plainItem', 'blockKey']);
const misplaced = 'this was not expected here';
const badIndent = 'the indentation does not fit the lines before, or a bracket is not closed';

/** Reading of a piece of text, as kubectl has it. */
export interface YamlReading {
  /** Undefined for an empty document. */
  readonly root: TreeNode | undefined;
  /** Errors that it passes over without a word. */
  readonly lost: readonly YamlError[];
}

/**
 * Reads the one document of a piece of text as Kubernetes does, into nodes with places. Nesting costs memory, not stack.
 *
 * @throws YamlError where kubectl reads nothing, or something else than kustomize
 */
export function parseYaml(source: Source, start: number, end: number): YamlReading {
  return new YamlParser(source, start, end).document();
}

class YamlParser {
  readonly #source: Source;
  readonly #scanner: YamlScanner;
  readonly #open: Open[] = [];
  #depth = 0;
  readonly #values = new OpenValues();
  readonly #anchors = new Map<string, Anchor>();
  readonly #guard = new AliasGuard();
  readonly #lost: YamlError[] = [];
  #root: TreeNode | undefined;

  constructor(source: Source, start: number, end: number) {
    this.#source = source;
    this.#scanner = new YamlScanner(source.lines.text, start, end);
  }

  document(): YamlReading {
    const scanner = this.#scanner;
    const isExplicit = scanner.type() === 'documentStart';
    if (isExplicit) scanner.skip();
    const type = scanner.type();
    if (type !== 'end' && !(isExplicit && (type === 'documentStart' || type === 'documentEnd'))) {
      this.#node(true, false);
      while (this.#depth > 0) this.#step(this.#open[this.#depth - 1]!);
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

  #step(open: Open): void {
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
        return this.#close(open.end);
    }
  }

  #blockItem(open: Open): void {
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
      this.#close(open.end);
    } else if (type === 'blockEnd') {
      scanner.skip();
      this.#close(open.end);
    } else {
      this.#fail(badIndent);
    }
  }

  #blockKey(open: Open): void {
    const type = this.#scanner.type();
    if (type === 'key') {
      const { start } = this.#scanner.peek();
      this.#scanner.skip();
      open.state = 'blockValue';
      if (isIn(this.#scanner.type(), 'key', 'value', 'blockEnd')) this.#failAt(noKey, start);
      this.#node(true, true);
    } else if (type === 'blockEnd') {
      this.#scanner.skip();
      this.#close(open.end);
    } else {
      this.#fail(badIndent);
    }
  }

  #blockValue(open: Open): void {
    open.state = 'blockKey';
    if (this.#scanner.type() !== 'value') return this.#empty(open.end);
    const { end } = this.#take();
    if (isIn(this.#scanner.type(), 'key', 'value', 'blockEnd')) this.#empty(end);
    else this.#node(true, true);
  }

  #flowItem(open: Open): void {
    if (this.#endsFlow(open, 'closeList')) return;
    if (this.#scanner.type() !== 'key') return this.#node(false, false);
    const { start } = this.#scanner.peek();
    this.#scanner.skip();
    this.#push('pairKey', start, undefined, true);
  }

  #flowKey(open: Open): void {
    if (this.#endsFlow(open, 'closeMap')) return;
    const isKey = this.#scanner.type() === 'key';
    open.state = isKey ? 'flowValue' : 'noValue';
    const { start } = this.#scanner.peek();
    if (isKey) this.#scanner.skip();
    if (isKey && isIn(this.#scanner.type(), 'value', 'comma', 'closeMap')) this.#failAt(noKey, start);
    this.#node(false, false);
  }

  /** Takes the comma, or the end of a collection in brackets. */
  #endsFlow(open: Open, close: 'closeList' | 'closeMap'): boolean {
    const scanner = this.#scanner;
    if (scanner.type() !== close && !open.isEmpty) {
      if (scanner.type() !== 'comma') this.#fail(badIndent);
      scanner.skip();
    }
    open.isEmpty = false;
    if (scanner.type() !== close) return false;
    this.#close(this.#take().end);
    return true;
  }

  #pairKey(open: Open): void {
    if (isIn(this.#scanner.type(), 'value', 'comma', 'closeList')) this.#failAt(noKey, open.offset);
    open.state = 'pairValue';
    this.#node(false, false);
  }

  #flowValue(open: Open): void {
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
    const open = this.#opened();
    open.state = state;
    open.offset = offset;
    open.anchor = anchor;
    open.map = isMap ? open.builder.begin() : undefined;
    open.start = this.#values.size;
    open.isEmpty = true;
    open.end = offset;
  }

  #opened(): Open {
    if (this.#depth === this.#open.length) {
      const builder = new MapBuilder(this.#values, this.#lost);
      const unused = { anchor: undefined, map: undefined, start: 0, isEmpty: true, end: 0 };
      this.#open.push({ state: 'blockKey', offset: 0, builder, ...unused });
    }
    return this.#open[this.#depth++]!;
  }

  #close(end: number): void {
    const { offset, map, start, anchor, state } = this.#open[--this.#depth]!;
    const isFlow = !blocks.has(state);
    const node = map
      ? new MapNode(this.#source, offset, end, isFlow, ...map.build(this.#source.pool))
      : new ListNode(this.#source, offset, end, isFlow, this.#values.valuesFrom(start));
    this.#values.drop(start);
    if (anchor) Object.assign(anchor, { node, size: this.#guard.counted - anchor.before + 1 });
    this.#add(node);
  }

  #add(node: TreeNode): void {
    if (this.#depth === 0) {
      this.#root = node;
      return;
    }
    const open = this.#open[this.#depth - 1]!;
    open.end = node.end;
    if (!open.map) this.#values.add(node);
    else open.map.add(node, this.#source.pool);
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
