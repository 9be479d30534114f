import type { ApiServer } from '../cluster/api-server.js';
import { policyReady } from '../engines/kyverno-policies.js';
import type { Emitted } from './emitted.js';

/** An engine of policies, and where the engines differ in what they promise. */
export interface PolicyEngine {
  /** As `image-pull.yaml` names it. */
  readonly name: 'kyverno' | 'kyvernoLegacy' | 'native';
  /** Whether service accounts that exist are reached, too; if not, at their next change. */
  readonly reachesExisting: boolean;
  /** Whether the accounts of a namespace are reached when it comes into scope; if not, at their next change. */
  readonly followsNamespaces: boolean;
  /** Whether it acts in kube-system. */
  readonly actsInKubeSystem: boolean;
}

/** An engine that clones, too. */
export interface CloningEngine extends PolicyEngine {
  readonly name: 'kyverno' | 'kyvernoLegacy';
  /** Whether what it clones replaces a Secret of that name that somebody else made. */
  readonly replacesForeign: boolean;
  /** Whether what it cloned stays when the policy leaves. */
  readonly clonesOutliveIt: boolean;
}

/** The API server itself. */
export const native: PolicyEngine = {
  name: 'native',
  reachesExisting: false,
  followsNamespaces: false,
  actsInKubeSystem: true,
};

/** Kyverno's two APIs. */
export const kyvernoEngines: readonly CloningEngine[] = [
  {
    name: 'kyverno',
    reachesExisting: true,
    followsNamespaces: false,
    actsInKubeSystem: false,
    replacesForeign: false,
    clonesOutliveIt: true,
  },
  {
    name: 'kyvernoLegacy',
    reachesExisting: true,
    followsNamespaces: true,
    actsInKubeSystem: false,
    replacesForeign: true,
    clonesOutliveIt: false,
  },
];

/** A name of Kubernetes with the engine in it, so that engines run side by side. */
export function nameFor(purpose: string, { name }: PolicyEngine): string {
  return `${purpose}-${name.toLowerCase()}`;
}

/** Applies an output and waits until its policies are ready. The API server's own policies have no status. */
export async function applyPolicies(api: ApiServer, emitted: Emitted, { name }: PolicyEngine): Promise<void> {
  await emitted.apply(api);
  if (name === 'native') return;
  for (const policy of emitted.policies) await policyReady(api, policy);
}
