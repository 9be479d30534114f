import { headText } from '../inventory/object-head.js';
import { groupOf } from '../inventory/pod-kind-index.js';
import type { Tree } from '../inventory/tree.js';
import { compareText } from '../names/names.js';
import { objectIdentity } from '../names/object-identity.js';
import type { Place } from '../problem/problem.js';
import type { Applier, Destination } from './applied.js';
import { isOwnCluster } from './cluster-match.js';
import { Field } from './field.js';

/** Where an object comes from. */
export interface ObjectOrigin {
  /** The namespace that whoever applies it gives to objects that name none. */
  readonly namespace?: string;
  /** The cluster that it is applied to. @default - that of the entry */
  readonly destination?: Destination;
  /** The object that applies it. @default - none that was followed */
  readonly by?: Applier;
}

/** Which object another one refers to; the version does not count. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A GitOps object, or one that such an object may refer to, as long as it is needed. */
export interface KeptObject extends Reference {
  /** The parts that say what the object does: `spec`, and `data` of a ConfigMap. */
  readonly spec: Field;
  readonly data: Field;
  readonly annotations: Field;
  readonly destination: Destination;
  readonly place: Place | undefined;
}

/** Copies what matters out of a document; undefined for an object without a name. */
export function keptObject(object: Tree, origin: ObjectOrigin): KeptObject | undefined {
  const metadata = object.get('metadata');
  const name = metadata?.get('name')?.string();
  if (!name) return undefined;
  const kind = object.get('kind')?.string() ?? '';
  const namespace = metadata?.get('namespace')?.string() || origin.namespace;
  const isSecret = kind === 'Secret';
  return {
    group: groupOf(object.get('apiVersion')?.string() ?? ''),
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    spec: Field.of(object.get('spec')),
    data: isSecret ? keysOf(object) : Field.of(object.get('data')),
    annotations: Field.of(metadata?.get('annotations')),
    destination: origin.destination ?? {},
    place: object.place(),
  };
}

/** The keys of a Secret; none of its values is ever kept. */
function keysOf(secret: Tree): Field {
  const keys = ['data', 'stringData'].flatMap((part) => secret.get(part)?.entries() ?? []).map(([key]) => key);
  return Field.made(Object.fromEntries(keys.map((key) => [key, ''])), undefined);
}

/** The text by which an object of a cluster is known. */
export function keyOf({ group, kind, namespace, name }: Reference, destination: Destination): string {
  const cluster = isOwnCluster(destination) ? '' : JSON.stringify([destination.server, destination.name]);
  return `${cluster} ${objectIdentity(`${group}/`, kind, namespace, name)}`;
}

/** An object as `applied` names it. */
export function applierOf(object: KeptObject): Applier {
  const { kind, name, namespace, place } = object;
  return {
    key: keyOf(object, object.destination),
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(place && { place }),
  };
}

/** An object as messages name it: `Application argocd/shop`. */
export function nameOf(object: Reference): string {
  return headText(object);
}

/** Orders objects by what they are, then by what they say: the order in which they came does not show. */
export function compareObjects(a: KeptObject, b: KeptObject): number {
  return compareText(keyOf(a, a.destination), keyOf(b, b.destination)) || compareText(contentText(a), contentText(b));
}

/** Content of an object, as text. */
export function contentText({ spec, data }: KeptObject): string {
  return JSON.stringify([spec.plain(), data.plain()]);
}
