import { maxSecretSize } from '../model/docker-config/docker-config-checks.js';
import { objectIdentity } from '../model/names/object-identity.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';

/** An object as it goes into a file. */
export interface FileObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace: string | undefined;
  /** Where it comes from, as messages name it: a construct path, or a file. */
  readonly origin: string;
  /** The whole object. */
  readonly json: unknown;
}

/** Two objects of one identity in one world: the API server would take the last one. */
export class SameObjects {
  readonly problems: Problem[] = [];
  /** Where each object comes from; nothing else of it is kept. */
  readonly #seen = new Map<string, string>();

  /** Takes an object of a world, such as a cluster. */
  add(world: string, object: FileObject): void {
    const { apiVersion, kind, namespace, name } = object;
    const identity = `${world} ${objectIdentity(apiVersion, kind, namespace, name)}`;
    const twin = this.#seen.get(identity);
    if (twin === undefined) this.#seen.set(identity, object.origin);
    else this.problems.push(duplicate(object, twin));
  }
}

function duplicate({ kind, name, namespace, origin }: FileObject, twin: string): Problem {
  return At.of({ construct: origin }).refuse(
    'object-duplicate',
    words`${kind} ${namespace === undefined ? '' : words`${namespace}/`}${name} is declared twice: by ${twin} and by ${origin}`,
  );
}

/** A Secret that the API server would refuse for its size. */
export function secretSizeProblems({ apiVersion, kind, namespace, name, origin, json }: FileObject): Problem[] {
  if (kind !== 'Secret' || apiVersion !== 'v1') return [];
  const { data } = json as { data?: Readonly<Record<string, unknown>> };
  let size = 0;
  for (const value of Object.values(data ?? {}))
    if (typeof value === 'string') size += Buffer.byteLength(value, 'base64');
  if (size <= maxSecretSize) return [];
  return [
    At.of({ construct: origin }).refuse(
      'secret-too-large',
      words`Secret ${namespace ?? ''}/${name} holds ${size} bytes; the API server takes ${maxSecretSize}`,
    ),
  ];
}
