import path from 'node:path';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { plainTree, type Tree } from '../model/inventory/tree.js';
import { pathText } from '../model/inventory/tree-path.js';
import { type Place, placeText } from '../model/problem/problem.js';
import type { KustomizeBuild } from '../model/topology/rendering.js';
import { readDocuments } from '../yaml/documents.js';
import { mayBeMarked } from '../yaml/edits/marks.js';
import { markedEntries, type WrittenPatch, writtenPatch } from './own-patch.js';
import { fluxFolder } from './render/flux-folder.js';
import { namingFields } from './render/kustomization-fields.js';
import { KustomizationGraphs } from './render/kustomization-graph.js';
import { type KustomizationNode, type NamedFile, namedIn } from './render/kustomization-node.js';
import { RepositoryFiles } from './render/repository-files.js';
import { repositoryOf } from './repository.js';

/** Names that tell an object of a rendering from any other. */
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

/** A kustomization of a build, as far as `attach` may write patches into it. */
export interface Overlay {
  /** Relative to the config. */
  readonly folder: string;
  readonly file: string;
  /** Where its map begins. */
  readonly place: Place;
  /** Text in front of the names of its objects in the rendering, from it on. */
  readonly prefix: string;
  readonly suffix: string;
  /** Entries that an earlier run put on its list of patches. */
  readonly entries: readonly string[];
  readonly patches: readonly WrittenPatch[];
}

/** Parts of a build, as far as lists of pull secrets go. */
export interface Included {
  /** By {@link objectKey}; one object of a rendering may come of several. */
  readonly objects: ReadonlyMap<string, readonly IncludedObject[]>;
  /** The kustomizations with patches of ours, and that of the folder that is built, which is first. */
  readonly overlays: readonly Overlay[];
  /** Whether the first of them is that of the folder that is built. */
  readonly hasOwn: boolean;
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
    const overlays: Overlay[] = [];
    const visit = (at: string, wrap: Wrap, chain: readonly string[]): void => {
      const node = this.#graphs.node(at);
      if (chain.includes(at) || (node && 'code' in node)) return;
      const laid = chain.length === 0 ? around : {};
      const own = wrapOf(node?.root, laid);
      const all = { prefix: wrap.prefix + own.prefix, suffix: own.suffix + wrap.suffix };
      const overlay = node && this.#overlay(node, all);
      if (overlay && (chain.length === 0 || overlay.entries.length > 0)) overlays.push(overlay);
      for (const named of this.#named(at, node, laid)) {
        const found = this.#files.find(path.resolve(at, named.text));
        if (found.is === 'folder') visit(found.real, all, [...chain, at]);
        if (found.is === 'file' && named.names === 'resource')
          for (const each of this.#read(found.real)) add({ ...each, name: all.prefix + each.name + all.suffix });
      }
    };
    const top = this.#files.find(this.#files.at(folder));
    if (top.is === 'folder') visit(top.real, { prefix: '', suffix: '' }, []);
    const isOwn = top.is === 'folder' && this.#graphs.node(top.real) !== undefined;
    return { objects, overlays, hasOwn: isOwn && overlays.length > 0 };
  }

  /** Undefined for one that cannot be edited: it is reached through a link, or says nothing yet. */
  #overlay({ at, file, root }: KustomizationNode, { prefix, suffix }: Wrap): Overlay | undefined {
    const place = root.place();
    if (at !== file || !place) return undefined;
    const folder = path.dirname(file);
    const entries = markedEntries(root);
    const read = (name: string) => {
      const found = this.#files.find(path.join(folder, name));
      const text = found.is === 'file' ? this.#files.text(found.real) : undefined;
      return typeof text === 'string' ? text : undefined;
    };
    const patches = entries.flatMap((entry) => writtenPatch(entry, read) ?? []);
    return {
      folder: this.#files.shown(folder),
      file: this.#files.shown(file),
      place,
      prefix,
      suffix,
      entries,
      patches,
    };
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

/** A kustomization with patches, those that it has or others. */
interface PatchingOverlay extends Pick<Overlay, 'prefix' | 'suffix'> {
  readonly patches: readonly Pick<WrittenPatch, 'group' | 'kind' | 'objects' | 'path' | 'pullSecrets'>[];
}

/** The names that patches of ours put on a list of an object of the rendering. */
export function patchedNames(
  { overlays }: { readonly overlays: readonly PatchingOverlay[] },
  object: ObjectName,
  listPath: string,
): string[] {
  return overlays.flatMap(({ prefix, suffix, patches }) =>
    patches
      .filter(({ group, kind, path: way }) => group === object.group && kind === object.kind && way === listPath)
      .filter(({ objects }) => objects.some((name) => prefix + name + suffix === object.name))
      .flatMap(({ pullSecrets }) => pullSecrets),
  );
}

/** Gives the texts that a kustomization puts around names; its engine may lay keys over it. */
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
