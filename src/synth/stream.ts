import { headerPrefix } from '../model/header.js';
import type { OutputFile } from './output.js';

/** All objects of the files as one YAML stream: each document begins with its marker, comments of files are left out. */
export function toYamlStream(files: Iterable<OutputFile>): string {
  let stream = '';
  for (const { text } of files) {
    const body = text.startsWith(headerPrefix) ? text.slice(text.indexOf('\n') + 1) : text;
    if (body !== '') stream += `---\n${body}`;
  }
  return stream;
}
