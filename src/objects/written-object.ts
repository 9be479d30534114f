import { gitopsAnnotations } from '../gitops/annotations.js';
import type { ObjectRole } from '../gitops/object-role.js';
import type { Gitops } from '../model/inventory/declared-object.js';
import { objectIdentity } from '../model/names/object-identity.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { managedBy, managedByLabel } from '../model/vocabulary/managed-by.js';
import type { MetadataSpec } from '../model/vocabulary/spec.js';

type Texts = Readonly<Record<string, string>>;

/** The metadata of an object, keys in order. */
export interface WrittenMetadata {
  readonly annotations?: Texts;
  readonly labels?: Texts;
  readonly name: string;
  /** @default - a kind that lives in no namespace */
  readonly namespace?: string;
}

/** An object as it is written: what constructs, the command line and the bootstrap have in common. */
export interface WrittenObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: WrittenMetadata;
  /** The file that it goes into. */
  readonly at: FilePlace;
  /**
   * Plain values with sorted keys, by the name of the field, in sorted order. There may be thousands: each is worked
   * out when it is asked for.
   */
  readonly fields: Readonly<Record<string, () => unknown>>;
}

/** An object as its writer knows it: without what the GitOps engine and the user put on it. */
export interface ObjectDraft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - a kind that lives in no namespace */
  readonly namespace?: string;
  /** Role for the GitOps engine. */
  readonly role: ObjectRole;
  readonly labels?: Texts | undefined;
  readonly annotations?: Texts | undefined;
  readonly fields?: Readonly<Record<string, () => unknown>>;
}

const ownLabels: Texts = { [managedByLabel]: managedBy };

/**
 * Completes a draft.
 *
 * @param metadata what the user puts on it; the draft's own labels and annotations win
 */
export function written(draft: ObjectDraft, at: FilePlace, gitops: Gitops, metadata: MetadataSpec = {}): WrittenObject {
  const { apiVersion, kind, name, namespace, role, fields = {} } = draft;
  // Most objects have the same: they share it.
  const labels = metadata.labels || draft.labels ? { ...ownLabels, ...metadata.labels, ...draft.labels } : ownLabels;
  const ofGitops = gitopsAnnotations(gitops, role);
  const annotations =
    metadata.annotations || draft.annotations
      ? { ...ofGitops, ...metadata.annotations, ...draft.annotations }
      : ofGitops;
  return {
    apiVersion,
    kind,
    metadata: {
      ...(hasKeys(annotations) && { annotations: inOrder(annotations) }),
      labels: inOrder(labels),
      name,
      ...(namespace !== undefined && { namespace }),
    },
    at,
    fields,
  };
}

/** Text that makes an object the same for the API server: group, kind, namespace and name. */
export function identityOf({
  apiVersion,
  kind,
  metadata,
}: Pick<WrittenObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  return objectIdentity(apiVersion, kind, metadata.namespace, metadata.name);
}

/** The whole object as plain data. */
export function jsonOf({ apiVersion, kind, metadata, fields }: WrittenObject): Readonly<Record<string, unknown>> {
  const json: Record<string, unknown> = { apiVersion, kind, metadata };
  for (const key in fields) json[key] = fields[key]?.();
  return json;
}

function hasKeys(map: Texts): boolean {
  for (const _key in map) return true;
  return false;
}

/** The same map where its keys are in order already, else a copy with sorted keys. */
function inOrder(map: Texts): Texts {
  const keys = Object.keys(map);
  if (keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)) return map;
  return Object.fromEntries(keys.sort().map((key) => [key, map[key] ?? '']));
}
