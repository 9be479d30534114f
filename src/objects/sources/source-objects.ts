import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { generatorOf, hasSourceObjects, hubOf } from '../../model/vocabulary/external-source.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { generatorObject } from './generator.js';
import { hubObjects } from './hub.js';

/** Writes what the source of a pull secret needs once per cluster; undefined where it needs nothing. */
export function sourceWriter({ spec }: ClusterPullSecret): DeliveryWriter | undefined {
  if (!hasSourceObjects(spec)) return undefined;
  return (name, context) => {
    const { pullSecret } = context;
    const generator = generatorOf(pullSecret.spec);
    const hub = hubOf(pullSecret.spec);
    return [
      ...(generator ? [generatorObject(name, pullSecret, generator)] : []),
      ...(hub ? hubObjects(name, hub, context) : []),
    ];
  };
}
