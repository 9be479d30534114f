import type { Value } from '../language/value.js';

/** A part of an expression of CEL. */
export type CelNode =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly CelItem[] }
  | { readonly kind: 'map'; readonly entries: readonly CelEntry[] }
  | { readonly kind: 'message'; readonly fields: readonly CelField[] }
  | { readonly kind: 'select'; readonly of: CelNode; readonly field: string; readonly isOptional: boolean }
  | { readonly kind: 'index'; readonly of: CelNode; readonly index: CelNode; readonly isOptional: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly target?: CelNode; readonly args: readonly CelNode[] }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly CelNode[] }
  | { readonly kind: 'choice'; readonly condition: CelNode; readonly then: CelNode; readonly otherwise: CelNode };

/** An item of a list; an optional one is only there where it has a value. */
export interface CelItem {
  readonly value: CelNode;
  readonly isOptional: boolean;
}

/** An entry of a map. */
export interface CelEntry extends CelItem {
  readonly key: CelNode;
}

/** A field of a message, such as `JSONPatch{op: "add"}`. */
export interface CelField extends CelItem {
  readonly name: string;
}
