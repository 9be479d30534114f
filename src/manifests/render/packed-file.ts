import { gunzipSync } from 'node:zlib';
import { textOf } from '../../yaml/text.js';
import type { Unreadable } from './repository-files.js';

const block = 512;
/** A chart that is larger when it is unpacked is none. */
const largest = 128 * 1024 * 1024;

/** The text of a file in a packed chart, by its path in the chart; undefined where there is none. */
export function packedFile(archive: Buffer | Unreadable, file: string): string | undefined {
  if (!Buffer.isBuffer(archive)) return undefined;
  let tar: Buffer;
  try {
    tar = gunzipSync(archive, { maxOutputLength: largest });
  } catch {
    return undefined;
  }
  const wanted = file.replace(/^(?:\.\/)+/, '');
  for (let at = 0; at + block <= tar.length; ) {
    const header = tar.subarray(at, at + block);
    const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0) return undefined;
    const prefix = field(header, 345, 155);
    const name = `${prefix === '' ? '' : `${prefix}/`}${field(header, 0, 100)}`;
    // The first folder is that of the chart.
    if (name.slice(name.indexOf('/') + 1) === wanted) return textOf(tar.subarray(at + block, at + block + size));
    at += block + Math.ceil(size / block) * block;
  }
  return undefined;
}

function field(header: Buffer, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? length : end).toString('utf8');
}
