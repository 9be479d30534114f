import type { Tree } from './tree.js';

/** The labels and annotations of an object that a field manager set. */
export interface ManagedMetadata {
  readonly manager: string;
  /** Such as `label istio-injection`, in order. */
  readonly fields: readonly string[];
}

/** The parts of `metadata` that several may own. */
const parts = { 'f:labels': 'label', 'f:annotations': 'annotation' } as const;

/**
 * Reads who set which labels and annotations of an object that a cluster holds; none where the dump was made without
 * `--show-managed-fields`. The form is that of the API's FieldsV1.
 */
export function managedMetadata(object: Tree): { readonly managers?: readonly ManagedMetadata[] } {
  const entries = object.get('metadata')?.get('managedFields')?.items() ?? [];
  const managers = entries.flatMap((entry): ManagedMetadata[] => {
    const metadata = entry.get('fieldsV1')?.get('f:metadata');
    const fields = Object.entries(parts).flatMap(([key, word]) =>
      (metadata?.get(key)?.entries() ?? []).flatMap(([field]) =>
        field.startsWith('f:') ? [`${word} ${field.slice(2)}`] : [],
      ),
    );
    const manager = entry.get('manager')?.string();
    return manager === undefined || fields.length === 0 ? [] : [{ manager, fields }];
  });
  return managers.length === 0 ? {} : { managers };
}
