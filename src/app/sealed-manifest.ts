import { type EntryRecords, othersAnnotation, recordAnnotations } from '../model/sealing/entry-record.js';
import type { SealingScope } from '../model/sealing/sealing-scope.js';
import { scopeAnnotations } from '../model/sealing/sealing-scope.js';
import type { SopsCiphertext } from '../model/sealing/sops-secret.js';
import { unownedAnnotations } from '../objects/sources/sealed.js';
import { sealedDockerConfig } from '../objects/sources/sealed-template.js';
import type { SealHome } from './seal-homes.js';

/** A SealedSecret as it is kept in Git: whole, so that other programs can read, check and apply it. */
export function sealedManifest(
  { pullSecret, namespace, registries }: SealHome,
  scope: SealingScope,
  encryptedData: Readonly<Record<string, string>>,
  records: EntryRecords,
  wholeOthers?: readonly string[],
): Record<string, unknown> {
  const { name } = pullSecret;
  const ofScope = scopeAnnotations(scope);
  const placed = registries.filter((registry) => Object.hasOwn(encryptedData, registry.name));
  const others = pullSecret.registries.filter(
    (each) => Object.hasOwn(encryptedData, each.name) && !placed.some((registry) => registry.name === each.name),
  );
  const annotations = inOrder({ ...recordAnnotations(records), ...othersAnnotations(wholeOthers), ...ofScope });
  // Nobody may take the global pull secret away with its SealedSecret.
  const ofTemplate = { ...ofScope, ...(wholeOthers && unownedAnnotations) };
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { annotations, name, namespace },
    spec: {
      encryptedData: inOrder(encryptedData),
      template: {
        ...(!wholeOthers && { data: sealedDockerConfig([...placed, ...others]) }),
        metadata: { ...(Object.keys(ofTemplate).length > 0 && { annotations: ofTemplate }), name, namespace },
        type: 'kubernetes.io/dockerconfigjson',
      },
    },
  };
}

function othersAnnotations(others: readonly string[] = []): Readonly<Record<string, string>> {
  return others.length > 0 ? { [othersAnnotation]: others.join(' ') } : {};
}

/** Parts of a ciphertext of SOPS that are the same in every namespace. */
export type SopsContent = Pick<SopsCiphertext, 'data' | 'stringData' | 'sops' | 'records' | 'others'>;

/** A Secret that SOPS encrypted, as it is kept in Git: whole, so that `sops` can decrypt and edit it. */
export function sopsManifest(
  { pullSecret: { name }, namespace }: SealHome,
  { data, stringData, sops, records, others }: SopsContent,
): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      annotations: inOrder({ ...recordAnnotations(records), ...othersAnnotations(others) }),
      name,
      namespace,
    },
    type: 'kubernetes.io/dockerconfigjson',
    ...(Object.keys(data).length > 0 && { data }),
    ...(Object.keys(stringData).length > 0 && { stringData }),
    sops,
  };
}

function inOrder(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
