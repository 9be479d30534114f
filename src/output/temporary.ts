import fs from 'node:fs';
import path from 'node:path';
import { headerPrefix } from './header.js';

const suffix = '.image-pull-tmp';

/** Where a file or folder is prepared, beside its place. Always the same name, so that a later run finds it again. */
export function temporaryPath(file: string): string {
  const name = path.basename(file);
  return `${file.slice(0, file.length - name.length)}.${name}${suffix}`;
}

/** True for a name that {@link temporaryPath} gives. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') && name.endsWith(suffix) && name.length > suffix.length + 1;
}

/** Removes what {@link isLeftover}; says whether the place is free then. */
export function clearLeftover(temporary: string, text?: string): boolean {
  const stats = fs.lstatSync(temporary, { throwIfNoEntry: false });
  if (stats === undefined) return true;
  const isOurs = isLeftover(temporary, stats, Buffer.from(text ?? ''));
  if (isOurs) removeTemporary(temporary);
  return isOurs;
}

/** Also a whole folder. A link is removed, never followed. */
export function removeTemporary(temporary: string): void {
  fs.rmSync(temporary, { recursive: true, force: true });
}

/**
 * True for what a killed run may have left: files with our header, or a beginning of it or of the text that is to be
 * written there now, folders of such files, and links, of which nothing but the link goes.
 */
function isLeftover(place: string, stats: fs.Stats, text: Buffer): boolean {
  if (stats.isSymbolicLink()) return true;
  if (stats.isFile()) return isBeginningOf(place, stats, text);
  if (!stats.isDirectory()) return false;
  return fs.readdirSync(place).every((name) => {
    const inside = path.join(place, name);
    return isLeftover(inside, fs.lstatSync(inside), text);
  });
}

function isBeginningOf(file: string, { size }: fs.Stats, text: Buffer): boolean {
  const header = Buffer.from(headerPrefix);
  const head = Buffer.alloc(Math.min(size, Math.max(header.length, text.length)));
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
  try {
    fs.readSync(descriptor, head, 0, head.length, 0);
  } finally {
    fs.closeSync(descriptor);
  }
  const begun = head.subarray(0, header.length);
  return begun.equals(header.subarray(0, begun.length)) || (size <= text.length && head.equals(text.subarray(0, size)));
}
