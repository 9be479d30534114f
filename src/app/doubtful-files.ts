import { isInDoubt } from '../model/plan/account-plan.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { besideCluster, namespaceOfBesideFile } from '../output/header.js';
import type { Plan, ReplacedFile } from '../output/plan.js';
import { headOf } from '../output/purpose-line.js';

/**
 * Changes of writing, without the files of which only the comments differ while a manifest cannot be read that may
 * be about their namespace: nobody knows all of the workloads that they are for.
 */
export function withoutDoubtful(plan: Plan, clusters: readonly PlannedCluster[]): Plan {
  if (clusters.every(({ inventory }) => inventory.unread.length === 0)) return plan;
  const inventories = new Map(clusters.map((each) => [each.plan.cluster.name, each.inventory]));
  const isDoubtful = ({ file, before }: ReplacedFile) => {
    const inventory = inventories.get(besideCluster(before) ?? file.path.split('/')[0] ?? '');
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const namespace =
      besideCluster(before) === undefined ? name.slice(0, -'.yaml'.length) : namespaceOfBesideFile(name);
    return inventory && isInDoubt(inventory, namespace ?? '') && bodyOf(before) === bodyOf(file.text);
  };
  return {
    ...plan,
    replace: plan.replace.filter((each) => !isDoubtful(each)),
    unchanged: [...plan.unchanged, ...plan.replace.filter(isDoubtful).map(({ file }) => file.path)].sort(),
  };
}

function bodyOf(text: string): string {
  return text.slice(headOf(text).length);
}
