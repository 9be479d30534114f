import type { TreeKind } from '../model/inventory/tree.js';
import { BaseNode } from './base-node.js';
import { numberOf, plainBoolean } from './plain-scalar.js';
import { binaryTag, keyOf, scalarKind } from './scalar-kind.js';
import type { ScalarStyle } from './scalar-scan.js';
import { blockScalarValue, flowScalarValue } from './scalar-value.js';
import type { Source } from './source.js';

/** How a scalar is written. */
interface ScalarForm {
  readonly style: ScalarStyle;
  readonly tag: string | undefined;
  /** Of the lines of a block. */
  readonly indent: number;
}

/** Almost all scalars have one of these: a file may hold millions. */
const usualForms: Readonly<Partial<Record<ScalarStyle, ScalarForm>>> = {
  plain: { style: 'plain', tag: undefined, indent: 0 },
  single: { style: 'single', tag: undefined, indent: 0 },
  double: { style: 'double', tag: undefined, indent: 0 },
};

/** A scalar of YAML; its value is only made when it is asked for. */
export class ScalarNode extends BaseNode {
  readonly #form: ScalarForm;

  constructor(source: Source, at: { start: number; end: number; style: ScalarStyle; indent: number }, tag?: string) {
    super(source, at.start, at.end);
    const { style, indent } = at;
    this.#form = (tag === undefined && usualForms[style]) || { style, tag, indent };
  }

  get style(): ScalarStyle {
    return this.#form.style;
  }

  get tag(): string | undefined {
    return this.#form.tag;
  }

  get kind(): TreeKind {
    return scalarKind(this.value, this.style === 'plain', this.tag);
  }

  /** The text that is written here, whatever it stands for. */
  get value(): string {
    const { text } = this.source.lines;
    switch (this.style) {
      case 'plain':
        return flowScalarValue(text.slice(this.offset, this.end), 'plain');
      case 'single':
      case 'double':
        return flowScalarValue(text.slice(this.offset + 1, this.end - 1), this.style);
      default:
        return blockScalarValue(text.slice(this.offset, this.end), this.style, this.#form.indent);
    }
  }

  /** Name of the node as a key; undefined where it cannot be one. */
  get key(): string | undefined {
    const { value } = this;
    return keyOf(this.#text(value), scalarKind(value, this.style === 'plain', this.tag));
  }

  override string(): string | undefined {
    const { value } = this;
    return scalarKind(value, this.style === 'plain', this.tag) === 'text'
      ? this.source.pool.keep(this.#text(value))
      : undefined;
  }

  override boolean(): boolean | undefined {
    return this.kind === 'boolean' ? plainBoolean(this.value) : undefined;
  }

  override number(): number | undefined {
    return this.kind === 'number' ? numberOf(this.value) : undefined;
  }

  #text(value: string): string {
    return this.tag === binaryTag ? Buffer.from(value, 'base64').toString() : value;
  }
}

/** A scalar of JSON. */
export class JsonScalarNode extends BaseNode {
  readonly #unescaped: string | undefined;

  /** @param unescaped the value of a text that is not what stands between its quotes */
  constructor(
    source: Source,
    offset: number,
    end: number,
    readonly kind: TreeKind,
    unescaped?: string,
  ) {
    super(source, offset, end);
    this.#unescaped = unescaped;
  }

  get value(): string {
    const quote = this.kind === 'text' ? 1 : 0;
    return this.#unescaped ?? this.source.lines.text.slice(this.offset + quote, this.end - quote);
  }

  override string(): string | undefined {
    return this.kind === 'text' ? this.source.pool.keep(this.value) : undefined;
  }

  override boolean(): boolean | undefined {
    return this.kind === 'boolean' ? this.value === 'true' : undefined;
  }

  override number(): number | undefined {
    return this.kind === 'number' ? Number(this.value) : undefined;
  }
}
