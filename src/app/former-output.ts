import type { FormerOutput, GivingObject, Json } from '../model/retire/former.js';
import { broken, readObject } from '../model/retire/read-object.js';
import type { TreeNode } from '../yaml/nodes.js';
import { plainObject } from '../yaml/plain-object.js';
import { sourceOf } from '../yaml/source.js';
import { TextPool } from '../yaml/text.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';

/** A file of an earlier run, relative to the output folder. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
}

/** Reads what the files of an earlier run give, by the name of the cluster. */
export function readFormerOutput(files: readonly FormerFile[]): Map<string, FormerOutput> {
  const pool = new TextPool();
  const clusters = new Map<string, { objects: GivingObject[]; broken: string[] }>();
  for (const { path, text } of files) {
    const [name = '', stage = ''] = path.split('/');
    const cluster = clusters.get(name) ?? { objects: [], broken: [] };
    clusters.set(name, cluster);
    const read = Array.from(yamlDocuments(sourceOf({ file: path, text }, pool)), (document) => {
      const object = objectOf(document);
      return object ? readObject(object, stage) : broken;
    });
    cluster.objects.push(...read.filter((each) => each !== undefined && each !== broken));
    if (read.includes(broken)) cluster.broken.push(path);
  }
  return clusters;
}

/** The object of a document that this tool wrote; undefined if somebody broke it since. */
function objectOf(document: TreeNode | YamlError): Json | undefined {
  if (document instanceof YamlError) return undefined;
  try {
    const value = plainObject(document) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
  } catch (error) {
    // A tag, or nested deeper than the stack: nothing of ours is.
    if (error instanceof YamlError || error instanceof RangeError) return undefined;
    throw error;
  }
}
