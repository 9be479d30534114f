import { terminalText } from '../model/problem/shown.js';
import { type DiffLine, diffLines } from './line-diff.js';
import { maskTexts } from './mask.js';

const context = 3;

/**
 * A unified diff of a file, without the values of Secrets: each shows as `***`, on both sides as `*** (old)` and
 * `*** (new)` where it changes. Comments, and objects of kinds that this package does not write, are not shown. It is
 * for reading, not for `patch`. `undefined` is a file that does not exist; equal texts give the empty string.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const masked = maskTexts(before ?? '', after ?? '');
  const head = `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`;
  const body = textDiff(masked.before, masked.after);
  if (body === '' && before !== undefined && after !== undefined)
    return `${terminalText(head)}(only what is not shown differs)\n`;
  return terminalText(head + body);
}

/** The hunks between two texts, as they stand. */
export function textDiff(before: string, after: string): string {
  return hunks(diffLines(linesOf(before), linesOf(after)))
    .map(hunkText)
    .join('');
}

/** The lines with their ends, so that a missing last one counts. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Hunk {
  /** The first line on each side, counted from 1. */
  readonly before: number;
  readonly after: number;
  readonly lines: DiffLine[];
}

/** Changes with the lines around them; those whose surroundings touch are one hunk. */
function hunks(lines: readonly DiffLine[]): Hunk[] {
  const found: Hunk[] = [];
  let before = 1;
  let after = 1;
  let kept = 0;
  let current: Hunk | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.sign === ' ') {
      kept++;
      if (kept <= context) current?.lines.push(line);
    } else {
      if (current === undefined || kept > 2 * context) {
        const lead = Math.min(context, current === undefined ? index : kept);
        current = { before: before - lead, after: after - lead, lines: lines.slice(index - lead, index) };
        found.push(current);
      } else if (kept > context) {
        current.lines.push(...lines.slice(index - kept + context, index));
      }
      current.lines.push(line);
      kept = 0;
    }
    if (line.sign !== '+') before++;
    if (line.sign !== '-') after++;
  }
  return found;
}

function hunkText({ before, after, lines }: Hunk): string {
  const removed = lines.filter((line) => line.sign !== '+').length;
  const added = lines.filter((line) => line.sign !== '-').length;
  const text = lines.map(lineText).join('');
  return `@@ -${rangeText(before, removed)} +${rangeText(after, added)} @@\n${text}`;
}

/** As diff writes it: one line needs no count, and no line is counted from the line before. */
function rangeText(first: number, count: number): string {
  if (count === 1) return String(first);
  return `${count === 0 ? first - 1 : first},${count}`;
}

function lineText({ sign, text }: DiffLine): string {
  const line = sign + text.replace(ciphertext, '$1…');
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}

/** Nobody reads ciphertext; its beginning tells whether it is the same. */
const ciphertext = /([A-Za-z0-9+/=]{24})[A-Za-z0-9+/=]{56,}/g;
