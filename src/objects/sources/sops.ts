import { keysAnnotation, recordAnnotations } from '../../model/sealing/entry-record.js';
import type { SopsCiphertext } from '../../model/sealing/sops-secret.js';
import { sopsIn } from '../../model/vocabulary/sources.js';
import { inKeyOrder } from '../delivery-object.js';
import { copyAnnotations } from '../distributions/index.js';
import type { SecretWriter } from './secret-writer.js';

/**
 * Writes the Secret of a namespace as SOPS encrypted it, under the metadata that this run gives: its checksum is over the
 * encrypted values alone.
 */
export const sopsSecret: SecretWriter = (cluster, pullSecret, { namespace, isSource }) => {
  const ciphertext = sopsIn(pullSecret.source, cluster.name, namespace);
  const copies = isSource ? copyAnnotations(pullSecret, cluster) : {};
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    name: pullSecret.name,
    namespace,
    role: isSource ? 'sourceSecret' : 'secret',
    annotations: { ...copies, ...(ciphertext && keysOf(ciphertext)) },
    fields: sopsFields(ciphertext),
  };
};

/** The fields of a Secret that are ciphertext, in order, and those that say how to decrypt. */
export function sopsFields(ciphertext: SopsCiphertext | undefined): Readonly<Record<string, () => unknown>> {
  const { data = {}, stringData = {}, sops } = ciphertext ?? {};
  return {
    ...(Object.keys(data).length > 0 && { data: () => inKeyOrder(data) }),
    sops: () => inKeyOrder(sops),
    ...(Object.keys(stringData).length > 0 && { stringData: () => inKeyOrder(stringData) }),
    type: () => 'kubernetes.io/dockerconfigjson',
  };
}

/** The keys of the entries, which nobody reads out of ciphertext. */
function keysOf({ records }: SopsCiphertext): Readonly<Record<string, string>> {
  const keys = recordAnnotations(records)[keysAnnotation];
  return keys === undefined ? {} : { [keysAnnotation]: keys };
}
