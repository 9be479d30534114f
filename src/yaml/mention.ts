/** An escape, or the end of a line that is joined with the next one. */
const escapes = /\\[xuU\r\n]/;

/**
 * Whether a text of YAML or JSON may say what a pattern matches, which a quoted scalar can spell otherwise: false only
 * where nothing in it has to be parsed.
 */
export function mayMention(text: string, pattern: RegExp): boolean {
  return pattern.test(text) || escapes.test(text);
}
