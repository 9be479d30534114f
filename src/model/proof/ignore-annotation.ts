import type { DeclaredDelivery, DeclaredSecret } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { headText } from '../inventory/object-head.js';
import { At } from '../problem/at.js';
import type { Place, Problem, ProblemSubject } from '../problem/problem.js';
import { type ProblemCode, problemCodes } from '../problem/problem-codes.js';
import { type Words, words } from '../problem/shown.js';

/** The annotation that suppresses findings about its object: `<code>: <reason>; <code>: <reason>`. */
export const ignoreAnnotation = 'cdk8s-image-pull/ignore';

/** A code that an object asks to leave out. */
export interface Suppression {
  readonly object: ProblemSubject;
  readonly code: ProblemCode;
  readonly reason: string;
  /** Where the object stands. */
  readonly place: Place | undefined;
}

/** An object that may have the annotation. */
interface Annotated extends ProblemSubject {
  readonly annotation: string | undefined;
  readonly place: Place | undefined;
}

/** The suppressions of all objects, and findings about those that cannot be read. */
export function readSuppressions(inventory: Inventory): {
  readonly suppressions: readonly Suppression[];
  readonly invalid: readonly Problem[];
} {
  const told = new Set<string>();
  const suppressions: Suppression[] = [];
  const invalid: Problem[] = [];
  for (const { annotation, place, ...object } of annotated(inventory)) {
    if (annotation === undefined) continue;
    // An object with several pods is there for each of them.
    const key = JSON.stringify([objectKey(object), place, annotation]);
    if (told.has(key)) continue;
    told.add(key);
    const parts = annotation.split(';').filter((part) => part.trim() !== '');
    if (parts.length === 0) invalid.push(invalidProblem(object, place, words`is empty`));
    for (const part of parts) {
      const { code, reason, fault } = read(part);
      if (fault) invalid.push(invalidProblem(object, place, fault));
      else suppressions.push({ object, code, reason, place });
    }
  }
  return { suppressions, invalid };
}

/** An object as a key; of two without namespace nobody knows whether they are one. */
export function objectKey({ kind, name, namespace }: ProblemSubject): string {
  return JSON.stringify([kind, namespace ?? '', name]);
}

/** `Deployment shop/web`. */
export function subjectText({ kind, name, namespace }: ProblemSubject): string {
  return headText({ kind, name, ...(namespace !== undefined && { namespace }) });
}

function read(
  part: string,
): { readonly code: ProblemCode; readonly reason: string; readonly fault?: undefined } | Unreadable {
  const [, code = '', reason = ''] = /^\s*([^:\s]*)\s*:?\s*(.*?)\s*$/s.exec(part) ?? [];
  if (!Object.hasOwn(problemCodes, code)) return { fault: words`names ${code || 'nothing'}, which is no code` };
  if (reason === '') return { fault: words`gives no reason for ${code}` };
  return { code: code as ProblemCode, reason };
}

interface Unreadable {
  readonly fault: Words;
  readonly code?: undefined;
  readonly reason?: undefined;
}

function invalidProblem(object: ProblemSubject, place: Place | undefined, fault: Words): Problem {
  const said = words`${subjectText(object)}: annotation ${ignoreAnnotation} ${fault}`;
  return { ...At.of(place).find('suppression-invalid', said), about: object };
}

function annotated({ workloads, accounts, secrets, namespaces, deliveries, bindings }: Inventory): Annotated[] {
  return [
    ...workloads.map(({ kind, name, namespace, annotations, place }) =>
      annotatedOf({ kind, name, namespace }, annotations, place),
    ),
    ...accounts.map(({ name, namespace, annotations, place }) =>
      annotatedOf({ kind: 'ServiceAccount', name, namespace }, annotations, place),
    ),
    ...secrets.map(secretOf),
    ...namespaces.map(({ name, annotations, place }) => annotatedOf({ kind: 'Namespace', name }, annotations, place)),
    ...deliveries.map(deliveryOf),
    ...bindings.map(({ kind, name, namespace, annotations, place }) =>
      annotatedOf({ kind, name, namespace }, annotations, place),
    ),
  ];
}

function annotatedOf(
  object: ProblemSubject,
  annotations: ReadonlyMap<string, string> | undefined,
  place: Place | undefined,
): Annotated {
  return { ...object, annotation: annotations?.get(ignoreAnnotation), place };
}

function secretOf({ kind, name, namespace, annotations, maker, place }: DeclaredSecret): Annotated {
  return maker
    ? annotatedOf({ kind, name: maker.name, namespace }, maker.annotations, place)
    : annotatedOf({ kind, name, namespace }, annotations, place);
}

function deliveryOf({ kind, name, namespace, object, place }: DeclaredDelivery): Annotated {
  const metadata = object.metadata as { annotations?: Readonly<Record<string, unknown>> | null } | null | undefined;
  const value = metadata?.annotations?.[ignoreAnnotation];
  return { kind, name, namespace, annotation: typeof value === 'string' ? value : undefined, place };
}
