import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { generatorOf, hasSourceObjects, hubOf } from '../../model/vocabulary/sources.js';
import type { DeliveryWriter } from '../delivery-object.js';
import { generatorObject } from './generator.js';
import { hubObjects } from './hub.js';

/** Writes what the source of a pull secret needs once per cluster; undefined where it needs nothing. */
export function sourceWriter(pullSecret: ClusterPullSecret): DeliveryWriter | undefined {
  if (!hasSourceObjects(pullSecret)) return undefined;
  return (name, context) => {
    const generator = generatorOf(context.pullSecret);
    const hub = hubOf(context.pullSecret);
    return [
      ...(generator ? [generatorObject(name, context.pullSecret, generator)] : []),
      ...(hub ? hubObjects(name, hub, context) : []),
    ];
  };
}
