import { ImageReference } from '../model/image/image-reference.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import { Registry, RegistryIndex } from '../model/registry/registry.js';
import type { RegistryGuess } from './registry-guess.js';

/**
 * The names under which manifests already list the pull secrets of registries: where all pods with an image of a registry
 * list one Secret and no other, it is the one of that registry.
 */
export function listedNames(inventory: Inventory, registries: readonly RegistryGuess[]): ReadonlyMap<string, string> {
  const index = new RegistryIndex(registries.flatMap(({ name, spec }) => Registry.of(name, spec) ?? []));
  const lists = accountLists(inventory);
  const listed = new Map<string, Set<string>>();
  for (const workload of inventory.workloads) {
    const [name, second] = listOf(workload, lists);
    if (name === undefined || second !== undefined) continue;
    for (const registry of registriesOf(workload, index)) {
      const names = listed.get(registry) ?? new Set();
      listed.set(registry, names.add(name));
    }
  }
  return new Map([...listed].flatMap(([registry, names]) => (names.size === 1 ? [[registry, [...names][0]!]] : [])));
}

/** The lists of accounts by namespace and name. */
function accountLists({ accounts }: Inventory): ReadonlyMap<string, readonly string[]> {
  return new Map(accounts.map(({ namespace = '', name, pullSecrets }) => [`${namespace}/${name}`, pullSecrets]));
}

/** The list of a pod: its own, else that of its account. */
function listOf(workload: Workload, lists: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const { pullSecrets, namespace = '', serviceAccount } = workload;
  const own = pullSecrets.names.length > 0 ? pullSecrets.names : lists.get(`${namespace}/${serviceAccount}`);
  return (own ?? []).filter((name) => name !== '');
}

/** The registries of a pod's images that may need a credential. */
function registriesOf({ images }: Workload, index: RegistryIndex): Set<string> {
  const found = images.flatMap(({ image }) => {
    const reference = ImageReference.tryParse(image);
    const registry = 'error' in reference ? undefined : index.find(reference);
    return registry && registry.access !== 'public' ? registry.name : [];
  });
  return new Set(found);
}
