import { DockerConfig } from '../../model/docker-config/docker-config.js';
import type { ClusterModel } from '../../model/vocabulary/cluster.js';
import type { GlobalPullSecret } from '../../model/vocabulary/global-pull-secret.js';
import { plaintextEntry } from '../../model/vocabulary/plaintext.js';
import { plaintextOf } from '../../model/vocabulary/sources.js';

/** The data of the global pull secret: the document as it is today, with the entries of ours behind. */
export function globalPlaintextData(
  { globalPullSecret }: ClusterModel,
  { hosted, entries }: GlobalPullSecret,
): unknown {
  const ours = DockerConfig.fromEntries(
    entries.flatMap(({ pullSecret, registry, key }) => plaintextEntry(plaintextOf(pullSecret), registry, key) ?? []),
  );
  const document = globalPullSecret?.current?.plaintext?.document;
  if (!document && !hosted) throw new RangeError('the global pull secret without what is in it today');
  const text = document?.withEntries(ours) ?? ours.toJson();
  return { '.dockerconfigjson': Buffer.from(text, 'utf8').toString('base64') };
}
