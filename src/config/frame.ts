const maxWidth = 100;
const ellipsis = '…';

/** One token of a line, and whether the line holds anything else. */
export interface ShownToken {
  readonly text: string;
  readonly line: number;
  /** True if something else stands before it. */
  readonly before: boolean;
  /** True if something else stands behind it. */
  readonly after: boolean;
}

/**
 * One token of a line with the number of the line and a caret under the token. Whatever else is on the line stays out,
 * as a credential may stand beside it. Control characters and characters that reorder text become `?`, and of a token
 * over several lines or a very long one only the beginning is shown.
 */
export function tokenFrame({ text, line, before, after }: ShownToken): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const cut = first.length > maxWidth || first !== text;
  const lead = before ? `${ellipsis} ` : '';
  const tail = cut ? ellipsis : after ? ` ${ellipsis}` : '';
  const number = String(line);
  const shown = `${lead}${printable(first.slice(0, maxWidth))}${tail}`;
  return `  ${number} | ${shown}\n  ${' '.repeat(number.length)} | ${' '.repeat(lead.length)}^`;
}

function printable(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '?')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '?');
}
