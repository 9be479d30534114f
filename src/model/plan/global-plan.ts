import type { DeclaredSecret } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { isByEntry } from '../sealing/sealed-secret.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { type GlobalPullSecret, globalPullSecretOf } from '../vocabulary/global-pull-secret.js';
import { KeptCiphertexts, type PlannedCiphertext } from './kept-ciphertexts.js';

/** The global pull secret of a cluster, where the config describes it. */
export interface GlobalPullSecretPlan extends GlobalPullSecret {
  /** False where a manifest of the user declares it, or where there is no ciphertext to place. */
  readonly write: boolean;
  /** Its ciphertext. @default - none is kept in Git for it, or a manifest declares it */
  readonly sealed?: PlannedCiphertext['sealed'];
}

/** Plans the global pull secret (rule of ownership 1). */
export function planGlobalPullSecret(
  { secrets }: Pick<Inventory, 'secrets'>,
  cluster: ClusterModel,
): { plan: GlobalPullSecretPlan | undefined; problems: readonly Problem[] } {
  const document = globalPullSecretOf(cluster);
  if (!document) return { plan: undefined, problems: [] };
  const owner = secrets.find(({ namespace, name }) => namespace === document.namespace && name === document.name);
  if (owner) return { plan: { ...document, write: false }, problems: [declaredElsewhere(owner, document)] };
  const { problems, ...placing } = placed(document, cluster);
  return { plan: { ...document, ...placing }, problems };
}

/** Whether the ciphertext that holds the global pull secret can be placed, where there is one. */
function placed(
  { kept: source, namespace, name, entries, hosted }: GlobalPullSecret,
  cluster: ClusterModel,
): Pick<GlobalPullSecretPlan, 'write' | 'sealed'> & { readonly problems: readonly Problem[] } {
  if (!source) return { write: true, problems: [] };
  const registries = entries.map(({ registry }) => registry.bySegments());
  const found = source.ciphertexts.find(cluster.name, namespace);
  if (found && 'ciphertext' in found && found.ciphertext.source === 'sealed' && isByEntry(found.ciphertext))
    return {
      write: false,
      sealed: { lacks: registries.map((each) => each.name) },
      problems: [entriesAlone(namespace, name)],
    };
  const kept = new KeptCiphertexts(cluster);
  const merged = entries[0]?.pullSecret.name;
  const sealedBy = merged && (hosted ? merged : `${merged} --merge-from dump.json`);
  const planned = kept.planned({ pullSecret: { name, source, registries, sealedBy }, namespace, registries });
  return { ...planned, problems: kept.problems() };
}

/** Entries of ours alone would take away those of everybody else. */
function entriesAlone(namespace: string, name: string): Problem {
  return At.of().find(
    'sealed-invalid',
    words`the ciphertext of ${namespace}/${name} holds single entries, and not the whole document`,
    'make it with image-pull seal --merge-from',
  );
}

function declaredElsewhere({ kind, place }: DeclaredSecret, { namespace, name }: GlobalPullSecret): Problem {
  return At.of(place).find(
    'declared-elsewhere',
    words`${kind} ${namespace}/${name} is declared by a manifest, so the global pull secret is not written`,
    'remove the manifest, or use source existing and leave globalPullSecret out',
  );
}
