import type { DeclaredAccount, DeclaredSecret } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import type { Problem } from '../../problem/problem.js';
import type { ProvenImage, ProvenPod } from '../verdict.js';

/** An object as problems name it and are about it. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** A problem as it is about an object, by which it can be acknowledged. */
export function about({ kind, name, namespace }: Named, problem: Problem): Problem {
  return { ...problem, about: { kind, name, namespace } };
}

/** A problem about the workload of a pod. */
export function aboutPod({ workload }: Pick<ProvenPod, 'workload'>, problem: Problem): Problem {
  return about(workload, problem);
}

/** A problem about an image of a pod. */
export function aboutImage({ pod, use }: Pick<ProvenImage, 'pod' | 'use'>, problem: Problem): Problem {
  const { kind, name, namespace } = pod.workload;
  return { ...problem, about: { kind, name, namespace, image: use.image } };
}

/** A problem about the object that declares a Secret. */
export function aboutSecret(secret: DeclaredSecret, problem: Problem): Problem {
  return about(makerOf(secret), problem);
}

/** A problem about a service account. */
export function aboutAccount(account: DeclaredAccount, problem: Problem): Problem {
  return about({ ...account, kind: 'ServiceAccount' }, problem);
}

/** The object that declares a Secret: `ExternalSecret shop/pull`. */
export function secretText(secret: DeclaredSecret): string {
  return headText(named(makerOf(secret)));
}

/** `ServiceAccount shop/web`. */
export function accountText(account: DeclaredAccount): string {
  return headText({ ...account, kind: 'ServiceAccount' });
}

function makerOf({ kind, name, namespace, maker }: DeclaredSecret): Named {
  return { kind, name: maker?.name ?? name, namespace };
}

function named({ kind, name, namespace }: Named): { kind: string; name: string; namespace?: string } {
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}
