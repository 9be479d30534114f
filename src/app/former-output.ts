import { type Document, parseAllDocuments } from 'yaml';
import type { FormerOutput, GivingObject, Json } from '../model/retire/former.js';
import { broken, readObject } from '../model/retire/read-object.js';

/** A file of an earlier run, relative to the output folder. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
}

/** What the files of an earlier run give, by the name of the cluster. */
export function readFormerOutput(files: readonly FormerFile[]): Map<string, FormerOutput> {
  const clusters = new Map<string, { objects: GivingObject[]; broken: string[] }>();
  for (const { path, text } of files) {
    const [name = '', stage = ''] = path.split('/');
    const cluster = clusters.get(name) ?? { objects: [], broken: [] };
    clusters.set(name, cluster);
    const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
    const read = Array.from(documents, objectOf).map((object) => (object ? readObject(object, stage) : broken));
    cluster.objects.push(...read.filter((each) => each !== undefined && each !== broken));
    if (read.includes(broken)) cluster.broken.push(path);
  }
  return clusters;
}

/** The object of a document that this tool wrote; undefined if somebody broke it since. */
function objectOf(document: Document.Parsed): Json | undefined {
  // A tag that nobody knows is only a warning, but changes the value.
  if (document.errors.length + document.warnings.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
