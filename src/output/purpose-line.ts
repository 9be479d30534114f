import type { FilePurpose } from '../model/plan/file-purpose.js';
import { maskedValue } from '../model/problem/credential-mask.js';
import { isOwnText } from './output.js';

const maxItems = 5;
const maxLength = 120;

const repository = String.raw`[A-Za-z0-9.:[\]/_*-]+…?`;
const puller = `[A-Za-z0-9]+ ${repository}`;
const listOf = (item: string) => `${item}(?:, ${item}){0,${maxItems - 1}}(?: and [0-9]+ more)?`;
const wholeRepository = new RegExp(`^${repository}$`);
const wholePuller = new RegExp(`^${puller}$`);
const line = new RegExp(`^# For (?:${listOf(puller)}, which pulls?|whatever pulls) ${listOf(repository)}\\.\\n`);

/**
 * The second line of a file: for which workloads and repositories it is; empty where it is for none. What has
 * characters that no name has, or may be a credential, is counted and not shown.
 */
export function purposeLine({ pullers, repositories }: FilePurpose): string {
  const pulled = listText(repositories, wholeRepository);
  if (pulled === '') return '';
  const who = listText(pullers, wholePuller);
  const subject = who === '' ? 'whatever pulls' : `${who}, which ${pullers.length === 1 ? 'pulls' : 'pull'}`;
  return `# For ${subject} ${pulled}.\n`;
}

/** The lines by which a text of ours says what it is: its first, and a second one of {@link purposeLine}. */
export function headOf(text: string): string {
  if (!isOwnText(text)) return '';
  const end = text.indexOf('\n') + 1 || text.length;
  return text.slice(0, end) + (line.exec(text.slice(end))?.[0] ?? '');
}

function listText(items: readonly string[], form: RegExp): string {
  const texts: string[] = [];
  for (const item of items) {
    if (texts.length === maxItems) break;
    if (form.test(item) && maskedValue(item) === item) texts.push(item);
  }
  const rest = items.length - texts.length;
  if (texts.length === 0) return '';
  return texts.map(cut).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function cut(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
