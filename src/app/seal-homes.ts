import type { AccessPlan } from '../model/plan/access-plan.js';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Registry } from '../model/registry/registry.js';
import type { Ciphertext } from '../model/sealing/ciphertext.js';
import type { ClusterModel, ClusterPullSecret } from '../model/vocabulary/cluster.js';
import { ciphertextSourceOf } from '../model/vocabulary/sources.js';

/** Parts of a pull secret, or of the global one, that matter to its ciphertext. */
export type SealedPullSecret = Pick<ClusterPullSecret, 'name' | 'source' | 'registries'>;

/** A place for ciphertext of a pull secret: a namespace of a cluster. */
export interface SealHome {
  readonly cluster: ClusterModel;
  readonly pullSecret: SealedPullSecret;
  readonly namespace: string;
  /** The registries that are needed there, under the keys that they have there. */
  readonly registries: readonly Registry[];
  /** Ciphertext that is there; undefined where none is, or nothing that could be placed. */
  readonly existing: Ciphertext | undefined;
  /** Ciphertext of another namespace that opens here too; undefined where there is some already, or none would. */
  readonly donor: Ciphertext | undefined;
  /** True for the global pull secret, one document with the entries of others. */
  readonly isGlobal: boolean;
}

/** The places for ciphertext of a pull secret on clusters, sorted as the plans are. */
export function sealHomes(plans: readonly AccessPlan[], name: string): SealHome[] {
  return plans.flatMap((plan) => {
    const { cluster } = plan;
    const global = globalHome(plan, name);
    if (global) return [global];
    const pullSecret = cluster.pullSecrets.get(name);
    const source = pullSecret && ciphertextSourceOf(pullSecret);
    if (!pullSecret || !source) return [];
    return plan.secrets
      .filter((each) => each.pullSecret === name && each.sealed)
      .map(({ namespace, registries, bySegments }): SealHome => {
        const all = registries.flatMap((each) => cluster.registries.get(each) ?? []);
        const found = source.ciphertexts.find(cluster.name, namespace);
        return {
          cluster,
          pullSecret,
          namespace,
          registries: bySegments ? all.map((registry) => registry.bySegments()) : all,
          existing: found && 'ciphertext' in found ? usable(found.ciphertext, pullSecret, namespace) : undefined,
          donor: undefined,
          isGlobal: false,
        };
      });
  });
}

/** The place of the global pull secret, where a pull secret is merged into it. */
function globalHome({ cluster, globalPullSecret: global }: AccessPlan, merged: string): SealHome | undefined {
  if (!global?.kept || !global.entries.some(({ pullSecret }) => pullSecret.name === merged)) return undefined;
  const { name, namespace, kept: source } = global;
  const registries = global.entries.map(({ registry }) => registry.bySegments());
  const pullSecret = { name, source, registries };
  const found = source.ciphertexts.find(cluster.name, namespace);
  const existing = found && 'ciphertext' in found ? usable(found.ciphertext, pullSecret, namespace) : undefined;
  return { cluster, pullSecret, namespace, registries, existing, donor: undefined, isGlobal: true };
}

/** The places with what others can give them: SOPS and scope cluster-wide bind ciphertext to no namespace. */
export function withDonors(homes: readonly SealHome[]): SealHome[] {
  return homes.map((home) =>
    home.existing ? home : { ...home, donor: homes.find((other) => gives(other, home))?.existing },
  );
}

/** True where the ciphertext of a place holds what another one needs. */
function gives({ cluster, existing }: SealHome, home: SealHome): boolean {
  if (!existing || cluster.name !== home.cluster.name) return false;
  const { records } = existing;
  if (existing.source === 'sealed')
    return existing.scope === 'cluster-wide' && home.registries.every(({ name }) => records.has(name));
  return (
    records.size === home.registries.length && home.registries.every(({ name, key }) => records.get(name)?.key === key)
  );
}

/** The ciphertext, where it is of the kind and scope that the config asks for and opens there. */
function usable(ciphertext: Ciphertext, { name, source }: SealedPullSecret, namespace: string): Ciphertext | undefined {
  if (ciphertext.source === 'sops') return source.name === 'sops' ? ciphertext : undefined;
  if (source.name !== 'sealed' || ciphertext.scope !== source.scope) return undefined;
  if (ciphertext.scope === 'cluster-wide') return ciphertext;
  const isBound = ciphertext.namespace === namespace && (ciphertext.scope !== 'strict' || ciphertext.name === name);
  return isBound ? ciphertext : undefined;
}

/** Throws where no cluster keeps ciphertext of a pull secret of this name. */
export function refuseOthers(plans: readonly AccessPlan[], name: string): void {
  const all = plans.flatMap(({ cluster }) => [...cluster.pullSecrets.values()]);
  const named = all.filter((each) => each.name === name);
  if (named.some(ciphertextSourceOf)) return;
  const sealable = [...new Set(all.filter(ciphertextSourceOf).map((each) => each.name))];
  const message = named[0]
    ? words`pull secret ${name} has source ${named[0].source.name}, of which nothing is sealed`
    : words`pull secret ${name} does not exist`;
  const hint =
    sealable.length > 0 ? words`sealed are: ${sealable}` : words`give it source: { sealed: {} } or { sops: {} }`;
  throw new ImagePullError(At.of().refuse(named[0] ? 'usage' : 'name-dangling', message, hint));
}
