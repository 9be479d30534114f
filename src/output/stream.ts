import type { OutputFile } from './output.js';
import { headOf } from './purpose-line.js';

/**
 * All objects of the files as one YAML stream: each document begins with its marker. Comments of files are left out, and
 * so is kustomization.yaml, which is no object of a cluster.
 */
export function toYamlStream(files: Iterable<OutputFile>): string {
  let stream = '';
  for (const { path, text } of files) {
    if (path.endsWith('/kustomization.yaml')) continue;
    const body = text.slice(headOf(text).length);
    if (body !== '') stream += `---\n${body}`;
  }
  return stream;
}
