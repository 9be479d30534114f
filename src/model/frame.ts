const maxWidth = 100;
const context = 30;
const ellipsis = '…';

/**
 * One line of a text with its number and a caret under the column. Tabs become spaces, control characters and
 * characters that reorder text become `?`, and of a long line only the part around the column is shown.
 *
 * The caller decides whether the text may be shown at all: see {@link mayHoldSecrets}.
 */
export function frameOf(text: string, line: number, column: number): string | undefined {
  let start = 0;
  for (let count = 1; count < line; count++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = text.indexOf('\n', start);
  return frameOfLine(text.slice(start, end < 0 ? undefined : end), line, column);
}

/** As {@link frameOf}, for a line that is already at hand. */
export function frameOfLine(lineText: string, line: number, column: number): string {
  const { text, caret } = windowOf(lineText.replace(/\r$/, ''), Math.max(0, column - 1));
  const number = String(line);
  return `  ${number} | ${printable(text)}\n  ${' '.repeat(number.length)} | ${' '.repeat(caret)}^`.replace(
    / +$/gm,
    '',
  );
}

/**
 * True for a text in which a Secret may stand: no line of such a text belongs into a message. Errs on the side of
 * silence, as a broken document cannot be read to be sure.
 */
export function mayHoldSecrets(text: string): boolean {
  return /\bSecret(?:List)?\b/.test(text);
}

function windowOf(text: string, column: number): { text: string; caret: number } {
  const at = Math.min(column, text.length);
  if (text.length <= maxWidth) return { text, caret: at };
  const from = Math.max(0, Math.min(at - context, text.length - maxWidth));
  const to = Math.min(text.length, from + maxWidth);
  const before = from > 0 ? ellipsis : '';
  const after = to < text.length ? ellipsis : '';
  return { text: `${before}${text.slice(from, to)}${after}`, caret: at - from + before.length };
}

// One character for each, so that the caret stays under its column.
function printable(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '?')
    .replace(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '?');
}
