import type { Value } from '../language/value.js';

/** A part of an expression of JMESPath. */
export type JmesNode =
  | { readonly kind: 'current' }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** The right side, asked of the value of the left one. */
  | { readonly kind: 'sub' | 'pipe' | 'or' | 'and'; readonly left: JmesNode; readonly right: JmesNode }
  /** The right side, asked of each item or value of the left one. */
  | { readonly kind: 'each' | 'values'; readonly left: JmesNode; readonly right: JmesNode }
  | { readonly kind: 'filter'; readonly left: JmesNode; readonly condition: JmesNode; readonly right: JmesNode }
  | { readonly kind: 'flatten' | 'not'; readonly of: JmesNode }
  | { readonly kind: 'compare'; readonly sign: string; readonly left: JmesNode; readonly right: JmesNode }
  | { readonly kind: 'list'; readonly items: readonly JmesNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, JmesNode])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly JmesNode[] };
