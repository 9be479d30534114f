import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import type { Inventory } from '../../inventory/found-inventory.js';
import { compareText } from '../../names/names.js';
import { ClusterPolicy } from './legacy/cluster-policy.js';
import { at } from './plain.js';
import { GatekeeperMutation } from './policies/gatekeeper-mutation.js';
import type { ListPolicy } from './policies/list-policy.js';
import { MutatingPolicy } from './policies/mutating-policy.js';

type Maker = (delivery: DeclaredDelivery) => readonly ListPolicy[];

/**
 * The policies that change lists of pull secrets, in the order in which they do: those of the API server run before the
 * webhooks of others (kubernetes, pkg/kubeapiserver/options/plugins.go). Among each other their order is not defined;
 * names make it the same in every run.
 */
export function listPoliciesOf({ deliveries }: Pick<Inventory, 'deliveries'>): readonly ListPolicy[] {
  const kyverno: Maker = (delivery) => (MutatingPolicy.isAboutLists(delivery) ? [new MutatingPolicy(delivery)] : []);
  const native: Maker = (delivery) => {
    const bindings = deliveries.filter(
      ({ kind, object }) =>
        kind === 'MutatingAdmissionPolicyBinding' && at(object, 'spec', 'policyName') === delivery.name,
    );
    const isBound = bindings.length > 0 && MutatingPolicy.isAboutLists(delivery);
    return isBound
      ? [
          new MutatingPolicy(
            delivery,
            bindings.map(({ object }) => object),
          ),
        ]
      : [];
  };
  const legacy: Maker = (delivery) => (ClusterPolicy.isAboutLists(delivery) ? [new ClusterPolicy(delivery)] : []);
  const gatekeeper: Maker = (delivery) =>
    GatekeeperMutation.isAboutLists(delivery) ? [new GatekeeperMutation(delivery)] : [];
  const makers: readonly (readonly [kind: string, make: Maker])[] = [
    ['MutatingAdmissionPolicy', native],
    ['MutatingPolicy', kyverno],
    ['NamespacedMutatingPolicy', kyverno],
    ['ClusterPolicy', legacy],
    ['Policy', legacy],
    ['Assign', gatekeeper],
    ['ModifySet', gatekeeper],
  ];
  const byName = [...deliveries].sort((a, b) => compareText(a.name, b.name));
  return makers.flatMap(([kind, make]) => byName.filter((each) => each.kind === kind).flatMap(make));
}
