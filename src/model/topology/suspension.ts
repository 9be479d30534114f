import { words } from '../problem/shown.js';
import type { Field } from './field.js';
import type { KeptObject } from './kept-object.js';
import type { Trail } from './trail.js';

/** Annotations by which an engine is told to leave an object as it is, with the value that does. */
const annotations: readonly (readonly [key: string, value: string])[] = [
  ['argocd.argoproj.io/skip-reconcile', 'true'],
  ['fluxcd.controlplane.io/reconcile', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
];

/** Says that an object is suspended: what it applied before stays, and what is checked out does not come. */
export function saySuspended(trail: Trail): void {
  const at = suspensionOf(trail.object);
  if (at === undefined) return;
  const { kind, name } = trail.object;
  trail.say(
    'apply-suspended',
    at,
    words`is suspended, and what is checked out is read in place of what it applied before`,
    words`resume it; or acknowledge: [{ kind: ${kind}, name: ${name}, reason: … }]`,
  );
}

/** The field that suspends an object. */
function suspensionOf({ spec, annotations: stated }: KeptObject): Field | undefined {
  if (spec.get('suspend').isTrue()) return spec.get('suspend');
  const found = annotations.find(([key, value]) => stated.get(key).text()?.toLowerCase() === value);
  return found && stated.get(found[0]);
}
