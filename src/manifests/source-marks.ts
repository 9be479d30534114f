import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredAccount } from '../model/inventory/declared-object.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { pathKeys, pathText } from '../model/inventory/tree-path.js';
import type { Workload } from '../model/inventory/workload.js';
import { mayBeMarked } from '../yaml/edits/marks.js';
import { IncludedObjects, type ObjectName, objectKey, patchedNames } from './included-objects.js';
import type { Made, MadeFrom, MadeManifest } from './made.js';
import { ReleaseObjects } from './release-object.js';

/**
 * Gives the lists of rendered objects the marks of what they were rendered from: comments do not outlive a rendering, and
 * what `attach` put there is nobody else's.
 */
export class SourceMarks {
  readonly #base: string;
  readonly #included: IncludedObjects;
  #releases: ReleaseObjects | undefined;
  readonly #marked = new Map<string, boolean>();

  /** @param base the folder of the config */
  constructor(base: string) {
    this.#base = base;
    this.#included = new IncludedObjects(base);
  }

  /** The inventory with these marks. */
  in(inventory: Inventory, { manifests }: Pick<Made, 'manifests'>): Inventory {
    const marked = new Map<string, MadeFrom>();
    const texts = new Map(manifests.map((manifest) => [manifest.file, manifest]));
    for (const { file, from } of manifests) if (from && this.#isMarked(from, texts)) marked.set(file, from);
    if (marked.size === 0) return inventory;
    this.#releases = new ReleaseObjects(this.#base, this.#included, [{ manifests }]);
    const of = (file: string | undefined) => (file === undefined ? undefined : marked.get(file));
    return {
      ...inventory,
      workloads: inventory.workloads.map((workload) => this.#workload(workload, of(workload.place?.file))),
      accounts: inventory.accounts.map((account) => this.#account(account, of(account.place?.file))),
    };
  }

  #workload(workload: Workload, from: MadeFrom | undefined): Workload {
    const { pullSecrets, listPath } = workload;
    if (!from || listPath === undefined || pullSecrets.names.length === 0) return workload;
    const marks = this.#marks(workload, listPath, pullSecrets.names, from);
    return marks.length === 0 ? workload : { ...workload, pullSecrets: { ...pullSecrets, marks } };
  }

  #account(account: DeclaredAccount, from: MadeFrom | undefined): DeclaredAccount {
    if (!from || account.pullSecrets.length === 0) return account;
    const head = { apiVersion: 'v1', kind: 'ServiceAccount', name: account.name };
    const marks = this.#marks(head, 'imagePullSecrets', account.pullSecrets, from);
    return marks.length === 0 ? account : { ...account, marks };
  }

  #marks(
    { apiVersion, ...head }: Omit<ObjectName, 'group'> & { readonly apiVersion: string },
    listPath: string,
    names: readonly string[],
    { rendering, by }: MadeFrom,
  ): string[] {
    if (rendering.by === 'helm') {
      const values = new Set(this.#releases?.of(by, rendering.chart)?.marked.flatMap(({ pullSecrets }) => pullSecrets));
      return names.filter((name) => values.has(name));
    }
    if (rendering.by !== 'kustomize') return [];
    const object = { ...head, group: groupOf(apiVersion) };
    const way = pathText(pathKeys(listPath));
    const included = this.#included.of(rendering);
    const own = included.objects.get(objectKey(object)) ?? [];
    const marks = new Set([
      ...own.flatMap((each) => each.marks.get(way) ?? []),
      ...patchedNames(included, object, way),
    ]);
    return names.filter((name) => marks.has(name));
  }

  #isMarked({ rendering, mayBeMarked, by }: MadeFrom, texts: ReadonlyMap<string, MadeManifest>): boolean {
    if (rendering.by === 'kustomize') return mayBeMarked;
    if (rendering.by !== 'helm' || !by?.place) return false;
    return texts.get(by.place.file)?.from?.mayBeMarked ?? this.#holdsMark(path.resolve(this.#base, by.place.file));
  }

  #holdsMark(file: string): boolean {
    const known = this.#marked.get(file) ?? holdsMark(file);
    this.#marked.set(file, known);
    return known;
  }
}

function holdsMark(file: string): boolean {
  if (!/\.ya?ml$|Kustomization$/.test(path.basename(file))) return false;
  try {
    return mayBeMarked(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
