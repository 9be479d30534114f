import path from 'node:path';
import type { Inventory } from '../../model/inventory/found-inventory.js';
import { InventoryBuilder } from '../../model/inventory/inventory.js';
import type { ObjectTaker } from '../../model/inventory/listed-objects.js';
import { hasFarName, isLocalKind, reachOfAnnotation } from '../../model/inventory/local-kinds.js';
import { headText } from '../../model/inventory/object-head.js';
import { PodKindIndex } from '../../model/inventory/pod-kind-index.js';
import type { Tree } from '../../model/inventory/tree.js';
import { type Words, words } from '../../model/problem/shown.js';
import { kustomizationNames } from '../../model/topology/repository-path.js';
import { readDocuments } from '../../yaml/documents.js';
import { isManifestName } from '../file-pattern.js';
import type { ChangedFile } from './changed-files.js';

/** Namespaces whose pods a change can have altered, or why it can be any. */
export type Reach = { readonly namespaces: ReadonlySet<string> } | { readonly everywhere: Words };

/** The reach of changed files: of each object that they hold or held. Objects that name no namespace are in these. */
export function reachOf(files: readonly ChangedFile[], unnamed: readonly string[]): Reach {
  const namespaces = new Set<string>();
  for (const file of files) {
    const found = new FileReach(file, unnamed).find();
    if ('everywhere' in found) return found;
    for (const each of found.namespaces) namespaces.add(each);
  }
  return { namespaces };
}

const folderMarkers: ReadonlySet<string> = new Set([...kustomizationNames, 'Chart.yaml', 'Chart.yml']);

class FileReach {
  readonly #file: ChangedFile;
  readonly #unnamed: readonly string[];
  readonly #namespaces = new Set<string>();
  #far: Words | undefined;

  constructor(file: ChangedFile, unnamed: readonly string[]) {
    this.#file = file;
    this.#unnamed = unnamed;
  }

  find(): Reach {
    const { path: file, former, present } = this.#file;
    const name = path.basename(file);
    if (folderMarkers.has(name)) return { everywhere: words`${name} says what its folder is` };
    const engines = [former, present].map((text) => (text === undefined ? '' : this.#read(text)));
    if (engines[0] !== engines[1])
      this.#far ??= words`annotations in ${name} tell of another GitOps engine than before`;
    return this.#far ? { everywhere: this.#far } : { namespaces: this.#namespaces };
  }

  /** Reads one of the texts. Gives back the annotations by which it tells of a GitOps engine. */
  #read(text: string): string {
    const name = path.basename(this.#file.path);
    if (hasFarName(text)) this.#far ??= words`${name} has or had the name of a program or platform that acts on others`;
    const engines = new Set<string>();
    const take: ObjectTaker = (object, hint) => {
      this.#object(object, { ...hint }, engines);
      return [];
    };
    const problems = readDocuments({ file: this.#file.path, text }, take);
    const isManifest = isManifestName(name);
    if (isManifest && problems.some(({ code }) => code !== 'manifest-not-an-object'))
      this.#far ??= words`${name} cannot be read, or could not`;
    return [...engines].sort().join();
  }

  #object(object: Tree, hint: { readonly apiVersion?: string; readonly kind?: string }, engines: Set<string>): void {
    const apiVersion = object.get('apiVersion')?.string() ?? hint.apiVersion ?? '';
    const kind = object.get('kind')?.string() ?? hint.kind ?? '';
    const metadata = object.get('metadata');
    const name = metadata?.get('name')?.string() ?? '';
    const namespace = metadata?.get('namespace')?.string();
    for (const [key] of metadata?.get('annotations')?.entries() ?? []) {
      const reach = reachOfAnnotation(key);
      if (reach === 'engine') engines.add(key.slice(0, key.indexOf('/')));
      if (reach === 'copied') this.#far ??= words`${headText({ kind, name })} is or was copied by its annotations`;
    }
    if (kind === 'Namespace' && apiVersion === 'v1') this.#namespaces.add(name);
    else if (isLocalKind({ apiVersion, kind }) || !isOfUse(object, hint))
      for (const each of namespace ? [namespace] : this.#unnamed) this.#namespaces.add(each);
    else this.#far ??= words`${headText({ kind, name })} can matter to any namespace`;
  }
}

/** Whether an object of a kind that is not local is anything to the proof. */
function isOfUse(object: Tree, hint: { readonly apiVersion?: string; readonly kind?: string }): boolean {
  const builder = new InventoryBuilder(new PodKindIndex());
  builder.add(object, hint);
  const { files: _files, objects: _objects, ...parts }: Inventory = builder.build();
  return Object.values(parts).some((part) => part.length > 0);
}
