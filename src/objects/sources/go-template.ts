/**
 * Text that stands for itself in a Go template (text/template): an opening delimiter in it is written as an action that
 * prints one.
 */
export function templateText(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** A Go string literal inside an action. JSON's escapes are a subset of Go's, but for the slash, which JSON.stringify leaves alone. */
export function templateString(text: string): string {
  return JSON.stringify(text);
}

/** A key of the template's data; keys that are no identifiers go through `index`. */
export function templateKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `(index . ${templateString(key)})`;
}
