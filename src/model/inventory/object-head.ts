import { compareText } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Place, Problem } from '../problem/problem.js';
import { type Words, words } from '../problem/shown.js';
import type { Tree, TreeKind } from './tree.js';
import type { ManifestSource } from './workload.js';

/** The things that every object says about itself. */
export interface ObjectHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly place?: Place;
  readonly source?: ManifestSource;
}

/** The things that are known about an object from outside. */
export interface ObjectContext {
  /** Of an item of a list whose kind says it, such as RoleBindingList. */
  readonly apiVersion?: string;
  readonly kind?: string;
  /** The namespace of an object that names none. */
  readonly namespace?: string;
  readonly source?: ManifestSource;
}

/** The head of an object. A name of another type than text is `manifest-wrong-type`, as is a missing one. */
export function headOf(object: Tree, problems: Problem[], context: ObjectContext = {}): ObjectHead {
  const kind = object.get('kind')?.string() ?? context.kind ?? '';
  const metadata = object.get('metadata');
  const text = (key: string): string | undefined => {
    const value = metadata?.get(key);
    if (!value || value.kind === 'null') return undefined;
    if (value.kind !== 'text') problems.push(wrongKind(`${kind}: metadata.${key}`, value, 'text'));
    return value.string() || undefined;
  };
  const namespace = text('namespace') ?? context.namespace;
  const before = problems.length;
  const name = text('name') ?? text('generateName') ?? '';
  if (name === '' && problems.length === before) {
    problems.push(At.of(object.place()).find('manifest-wrong-type', words`${kind} has no metadata.name`));
  }
  return {
    apiVersion: object.get('apiVersion')?.string() ?? context.apiVersion ?? '',
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...placedOf(object),
    ...(context.source && { source: context.source }),
  };
}

/** Where an object begins, where that is known. */
export function placedOf(object: Tree): { place?: Place } {
  const place = object.place();
  return place ? { place } : {};
}

/** The name of an object, and its namespace. */
export function named({ name, namespace }: ObjectHead): { name: string; namespace?: string } {
  return { name, ...(namespace !== undefined && { namespace }) };
}

/** Where an object stands, and what it was rendered from. */
export function located({ place, source }: ObjectHead): Pick<ObjectHead, 'place' | 'source'> {
  return { ...(place && { place }), ...(source && { source }) };
}

/** Whether an object is as a cluster answers it. */
export function isLive(object: Tree): boolean {
  return object.get('metadata')?.get('uid') !== undefined;
}

/** The texts of a map; the empty one for what is no text. */
export function textsOf(tree: Tree | undefined): Map<string, string> {
  return new Map((tree?.entries() ?? []).map(([key, value]) => [key, value.string() ?? '']));
}

/** An object as messages name it: `Deployment shop/web`. */
export function headText({ kind, name, namespace }: Pick<ObjectHead, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Orders places by file, line and column; what has no place comes first. */
export function comparePlaces(a: Place | undefined, b: Place | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined);
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

const described: Readonly<Record<TreeKind, string>> = {
  map: 'a map',
  list: 'a list',
  text: 'text',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
};

/** Says that a field holds another type than Kubernetes expects, without showing its value. */
export function wrongKind(field: string, value: Tree, expected: TreeKind): Problem {
  return At.of(value.place()).find(
    'manifest-wrong-type',
    words`${field} must be ${described[expected]}, not ${described[value.kind]}`,
    expected === 'text' ? textHints[value.kind] : undefined,
  );
}

const textHints: Readonly<Partial<Record<TreeKind, Words>>> = {
  number: words`put the value in quotes`,
  boolean: words`put the value in quotes`,
  map: words`if this is a template, render it and read the result`,
};
