import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import type { Inventory } from '../../inventory/found-inventory.js';
import { copiersOf } from './copies/annotated.js';
import { ClusterExternalSecret } from './copies/cluster-external-secret.js';
import type { Copier } from './copies/copier.js';
import { GeneratingPolicy } from './copies/generating-policy.js';
import { Patcher } from './copies/patcher.js';
import { ClonePolicy } from './legacy/clone-policy.js';
import type { NamespacesSeen } from './namespaces-seen.js';

type Maker = (delivery: DeclaredDelivery, namespaces: NamespacesSeen) => Copier | undefined;

const generating: Maker = (delivery) =>
  GeneratingPolicy.isAboutSecrets(delivery) ? new GeneratingPolicy(delivery) : undefined;

const legacy: Maker = (delivery) => (ClonePolicy.isAboutSecrets(delivery) ? new ClonePolicy(delivery) : undefined);

/** Makers of copiers, by the kind of the object that tells them to copy. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['ClusterExternalSecret', (delivery) => new ClusterExternalSecret(delivery)],
  ['GeneratingPolicy', generating],
  ['NamespacedGeneratingPolicy', generating],
  ['ClusterPolicy', legacy],
  ['Policy', legacy],
  ['Deployment', (delivery, namespaces) => new Patcher(delivery, (name) => namespaces.annotationsOf(name))],
]);

/** Everything in an inventory that brings Secrets into namespaces. */
export function copiersIn({ deliveries, secrets }: Inventory, namespaces: NamespacesSeen): readonly Copier[] {
  return [
    ...deliveries.flatMap((delivery) => makers.get(delivery.kind)?.(delivery, namespaces) ?? []),
    ...secrets.flatMap(copiersOf),
  ];
}
