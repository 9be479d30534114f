import { compareText } from '../model/names/names.js';
import type { FilePurpose } from '../model/plan/file-purpose.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { writtenKinds } from '../model/vocabulary/written-kinds.js';
import { toYamlDocuments } from '../yaml/yaml.js';
import type { FileObject } from './file-object.js';
import type { WrittenFrom } from './header.js';
import { firstLineOf, pathOf } from './layout.js';
import type { OutputFile } from './output.js';
import { purposeLine } from './purpose-line.js';

/** The ranks of kinds, in the order in which a reader, and a plain `kubectl apply -f`, needs them. */
const ranks = new Map(writtenKinds.map(({ kind, rank }) => [kind, rank]));

/** Statements of the comments at the top of a file. */
export interface FileHead {
  readonly from: WrittenFrom;
  readonly purpose: FilePurpose;
}

/** A file of our layout. The order of its objects is stable: by kind, then name. */
export function manifestFile(at: FilePlace, objects: readonly FileObject[], head: FileHead): OutputFile {
  const ordered = [...objects].sort(
    (a, b) => rankOf(a) - rankOf(b) || compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
  return {
    path: pathOf(at),
    text: firstLineOf(at, head.from) + purposeLine(head.purpose) + toYamlDocuments(ordered.map(({ json }) => json)),
    secret: objects.some(({ kind, json }) => kind === 'Secret' && !isEncrypted(json)),
  };
}

function rankOf({ kind }: FileObject): number {
  return ranks.get(kind) ?? ranks.size;
}

function isEncrypted(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'sops' in json;
}
