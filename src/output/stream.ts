import { headerPrefix } from './header.js';
import type { OutputFile } from './output.js';

/**
 * All objects of the files as one YAML stream: each document begins with its marker. Comments of files are left out, and
 * so is kustomization.yaml, which is no object of a cluster.
 */
export function toYamlStream(files: Iterable<OutputFile>): string {
  let stream = '';
  for (const { path, text } of files) {
    if (path.endsWith('/kustomization.yaml')) continue;
    const body = text.startsWith(headerPrefix) ? text.slice(text.indexOf('\n') + 1) : text;
    if (body !== '') stream += `---\n${body}`;
  }
  return stream;
}
