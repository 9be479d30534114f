import type { FilePurpose } from '../model/plan/file-purpose.js';
import { At } from '../model/problem/at.js';
import { type Problem, throwErrors } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { type FileObject, secretSizeProblems } from './file-object.js';
import type { WrittenFrom } from './header.js';
import { kustomizationFiles } from './kustomization.js';
import { pathOf } from './layout.js';
import { manifestFile } from './manifest-file.js';
import type { Output, OutputFile } from './output.js';

/** Files in memory, before anything is compared or written. */
export interface Rendered {
  /** Files by path, in the order in which they were added. */
  readonly output: Output;
  /** How many objects each file holds, those beside workloads left out. */
  readonly objects: ReadonlyMap<string, number>;
  /** Files that lie beside workloads, by path below the folder that the app's user chooses. */
  readonly beside: Output;
  /** How many objects these hold. */
  readonly besideObjects: number;
}

/** Gathers the files of a run. */
export class Renderer {
  readonly #output = new Map<string, OutputFile>();
  readonly #objects = new Map<string, number>();
  readonly #beside = new Map<string, OutputFile>();
  readonly #problems: Problem[] = [];
  readonly #from: WrittenFrom;
  #besideObjects = 0;

  constructor(from: WrittenFrom) {
    this.#from = from;
  }

  /** Adds a file of our layout. */
  addManifests(at: FilePlace, objects: readonly FileObject[], purpose: FilePurpose): void {
    this.#problems.push(...objects.flatMap(secretSizeProblems));
    const file = manifestFile(at, objects, { from: this.#from, purpose });
    if (at.beside === undefined) this.addFile(file, objects.length);
    else if (this.#beside.has(file.path)) this.#problems.push(sharedFolder(file.path, at.cluster));
    else {
      this.#beside.set(file.path, file);
      this.#besideObjects += objects.length;
    }
  }

  /** Adds any other file. */
  addFile(file: OutputFile, objects = 0): void {
    if (this.#output.has(file.path)) this.#problems.push(collision(file.path));
    this.#output.set(file.path, file);
    this.#objects.set(file.path, objects);
  }

  /** Adds a kustomization.yaml for every folder of these clusters. */
  addKustomizations(clusters: readonly string[]): void {
    for (const file of clusters.flatMap((cluster) => kustomizationFiles(cluster, this.#output, this.#from)))
      this.addFile(file);
  }

  /** All files. Throws `secret-too-large` and `output-collision`, all of them together. */
  rendered(): Rendered {
    throwErrors(this.#problems);
    return {
      output: this.#output,
      objects: this.#objects,
      beside: this.#beside,
      besideObjects: this.#besideObjects,
    };
  }
}

/** Groups what goes into files by the file, in the order of their first objects. */
export function byFile<T>(
  items: readonly T[],
  placeOf: (item: T) => FilePlace,
): Map<string, { at: FilePlace; items: T[] }> {
  const files = new Map<string, { at: FilePlace; items: T[] }>();
  for (const item of items) {
    const at = placeOf(item);
    const path = `${at.cluster} ${pathOf(at)}`;
    const file = files.get(path);
    if (file) file.items.push(item);
    else files.set(path, { at, items: [item] });
  }
  return files;
}

/** Each of them would apply what the other needs. */
function sharedFolder(path: string, cluster: string): Problem {
  return At.of().refuse(
    'output-collision',
    words`${path} would be written for cluster ${cluster} and for another one`,
    'clusters that share the manifests of workloads need placement central',
  );
}

function collision(path: string): Problem {
  return At.of().refuse('output-collision', words`two charts write ${path}`);
}
