import { plainTree, type Tree } from './tree.js';

/** The labels and annotations of an object that a field manager set. */
export interface ManagedMetadata {
  readonly manager: string;
  /** Such as `label istio-injection`, in order. */
  readonly fields: readonly string[];
}

/** The name under which `kubectl apply` sets fields. */
export const kubectlApply = 'kubectl-client-side-apply';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The parts of `metadata` that several may own. */
const parts = { labels: 'label', annotations: 'annotation' } as const;

/**
 * Reads who set which labels and annotations of an object that a cluster holds; none where the dump was made without
 * `--show-managed-fields`, but for those of kubectl's own record: the API tracks the fields of an account only once somebody
 * has applied it on the server's side. The form is that of the API's FieldsV1.
 */
export function managedMetadata(object: Tree): { readonly managers?: readonly ManagedMetadata[] } {
  const entries = object.get('metadata')?.get('managedFields')?.items() ?? [];
  const tracked = entries.map((entry): ManagedMetadata => {
    const metadata = entry.get('fieldsV1')?.get('f:metadata');
    return { manager: entry.get('manager')?.string() ?? '', fields: fieldsOf(metadata, 'f:') };
  });
  const recorded = { manager: kubectlApply, fields: fieldsOf(recordOf(object)?.get('metadata'), '') };
  const managers = [...tracked, recorded].filter(({ manager, fields }) => manager !== '' && fields.length > 0);
  return managers.length === 0 ? {} : { managers };
}

/** The labels and annotations of a tree, whose keys have a prefix. */
function fieldsOf(metadata: Tree | undefined, prefix: string): string[] {
  return Object.entries(parts).flatMap(([key, word]) =>
    (metadata?.get(prefix + key)?.entries() ?? []).flatMap(([field]) =>
      field.startsWith(prefix) ? [`${word} ${field.slice(prefix.length)}`] : [],
    ),
  );
}

/** The object as `kubectl apply` was given it last, which it writes down in an annotation. */
function recordOf(object: Tree): Tree | undefined {
  const text = object.get('metadata')?.get('annotations')?.get(lastApplied)?.string();
  if (text === undefined) return undefined;
  try {
    return plainTree(JSON.parse(text));
  } catch {
    return undefined;
  }
}
