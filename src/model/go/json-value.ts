/** A JSON value that keeps what an object of JavaScript cannot: the order and the repetition of keys. */
export type JsonValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

/** A key and its value, as they stand in the document, and at which byte the key begins. */
export type JsonMember = readonly [key: string, value: JsonValue, offset: number];

/** The fault of a text that is not JSON. */
export interface JsonSyntaxError {
  /** The words of Go's `encoding/json`. They hold at most one char of the text. */
  readonly error: string;
  /** How many bytes were read when it was noticed. */
  readonly offset: number;
}
