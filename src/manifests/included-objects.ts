import path from 'node:path';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { plainTree, type Tree } from '../model/inventory/tree.js';
import { pathText } from '../model/inventory/tree-path.js';
import { type Place, placeText } from '../model/problem/problem.js';
import type { KustomizeBuild } from '../model/topology/rendering.js';
import { readDocuments } from '../yaml/documents.js';
import { mayBeMarked } from '../yaml/edits/marks.js';
import { fluxFolder } from './render/flux-folder.js';
import { namingFields } from './render/kustomization-fields.js';
import { KustomizationGraphs } from './render/kustomization-graph.js';
import { type KustomizationNode, type NamedFile, namedIn } from './render/kustomization-node.js';
import { RepositoryFiles } from './render/repository-files.js';
import { repositoryOf } from './repository.js';

/** What tells an object of a rendering from any other. */
export interface ObjectName {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** An object of a plain manifest that a kustomization includes. */
export interface IncludedObject extends ObjectName {
  /** Where it begins, in a file relative to the config. */
  readonly place: Place;
  /** The names that `attach` put on its lists, by the paths of these. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
}

/** What a build is made of, as far as lists of pull secrets go. */
export interface Included {
  /** By {@link objectKey}; one object of a rendering may come of several. */
  readonly objects: ReadonlyMap<string, readonly IncludedObject[]>;
}

const noMarks: ReadonlyMap<string, readonly string[]> = new Map();

interface Wrap {
  readonly prefix: string;
  readonly suffix: string;
}

/** Knows of which plain manifests and patches of ours builds are made. Each file is read once. */
export class IncludedObjects {
  readonly #files: RepositoryFiles;
  readonly #graphs: KustomizationGraphs;
  readonly #known = new Map<string, Included>();
  readonly #objects = new Map<string, readonly IncludedObject[]>();

  /** @param base the folder of the config */
  constructor(base: string) {
    this.#files = new RepositoryFiles(repositoryOf(base), base);
    this.#graphs = new KustomizationGraphs(this.#files);
  }

  of(rendering: KustomizeBuild): Included {
    const key = JSON.stringify([rendering.folder, rendering.isFlux, rendering.around]);
    const known = this.#known.get(key) ?? this.#walk(rendering);
    this.#known.set(key, known);
    return known;
  }

  #walk({ folder, around = {} }: KustomizeBuild): Included {
    const objects = new Map<string, IncludedObject[]>();
    const add = (object: IncludedObject) => {
      const own = objects.get(objectKey(object)) ?? [];
      if (!own.some(({ place }) => placeText(place) === placeText(object.place))) own.push(object);
      objects.set(objectKey(object), own);
    };
    const visit = (at: string, wrap: Wrap, chain: readonly string[]): void => {
      const node = this.#graphs.node(at);
      if (chain.includes(at) || (node && 'code' in node)) return;
      const laid = chain.length === 0 ? around : {};
      const own = wrapOf(node?.root, laid);
      const all = { prefix: wrap.prefix + own.prefix, suffix: own.suffix + wrap.suffix };
      for (const named of this.#named(at, node, laid)) {
        const found = this.#files.find(path.resolve(at, named.text));
        if (found.is === 'folder') visit(found.real, all, [...chain, at]);
        if (found.is === 'file' && named.names === 'resource')
          for (const each of this.#read(found.real)) add({ ...each, name: all.prefix + each.name + all.suffix });
      }
    };
    const top = this.#files.find(this.#files.at(folder));
    if (top.is === 'folder') visit(top.real, { prefix: '', suffix: '' }, []);
    return { objects };
  }

  #named(
    folder: string,
    node: KustomizationNode | undefined,
    around: Readonly<Record<string, unknown>>,
  ): readonly NamedFile[] {
    const own =
      node?.named ??
      fluxFolder(this.#files, folder).resources.map((text) => ({ text, names: 'resource' as const, place: undefined }));
    return [...own, ...namedIn(plainTree(around), namingFields)].filter(
      ({ names }) => names === 'resource' || names === 'component',
    );
  }

  #read(file: string): readonly IncludedObject[] {
    const known = this.#objects.get(file);
    if (known) return known;
    const text = this.#files.text(file);
    const objects: IncludedObject[] = [];
    const isMarked = typeof text === 'string' && mayBeMarked(text);
    if (typeof text === 'string')
      readDocuments({ file: this.#files.shown(file), text }, (object, hint) => {
        const place = object.place();
        const metadata = object.get('metadata');
        const name = metadata?.get('name')?.string();
        const namespace = metadata?.get('namespace')?.string();
        if (place && name !== undefined)
          objects.push({
            ...{ place, name, namespace, marks: isMarked ? markedLists(object) : noMarks },
            group: groupOf(object.get('apiVersion')?.string() ?? hint.apiVersion ?? ''),
            kind: object.get('kind')?.string() ?? hint.kind ?? '',
          });
        return [];
      });
    this.#objects.set(file, objects);
    return objects;
  }
}

/** The same for one and the same object, whose namespace may be given to it later. */
export function objectKey({ group, kind, name }: ObjectName): string {
  return `${group}/${kind}/${name}`;
}

/** What a kustomization puts around names; its engine may lay keys over it. */
function wrapOf(root: Tree | undefined, laid: Readonly<Record<string, unknown>>): Wrap {
  const text = (key: string) => (plainTree(laid).get(key) ?? root?.get(key))?.string() ?? '';
  return { prefix: text('namePrefix'), suffix: text('nameSuffix') };
}

/** The names on the lists of an object that carry a mark, by the paths of the lists. */
export function markedLists(object: Tree): Map<string, readonly string[]> {
  const marked = new Map<string, readonly string[]>();
  const visit = (tree: Tree, way: readonly (string | number)[]): void => {
    const marks = tree.marks();
    if (marks.length > 0) marked.set(pathText(way), marks);
    for (const [index, item] of tree.items().entries()) visit(item, [...way, index]);
    for (const [key, value] of tree.entries()) visit(value, [...way, key]);
  };
  visit(object, []);
  return marked;
}
