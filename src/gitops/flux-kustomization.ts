import type { BootstrapSpec } from '../model/vocabulary/spec.js';
import type { EngineObject } from './engine-object.js';
import { policyHealthExprs } from './kyverno-policies.js';
import { accountHealthExprs } from './openshift-accounts.js';
import { sealedSecretHealthExprs } from './sealed-secrets.js';

/** A folder of the output that one Kustomization applies. */
export interface KustomizationPath {
  /** Name of the Kustomization. */
  readonly name: string;
  /** Path in the source. */
  readonly path: string;
  /** Names of the Kustomizations that must be ready before. */
  readonly dependsOn: readonly string[];
  /** True where service accounts must have been provisioned by OpenShift before it is ready. */
  readonly awaitsOpenshiftAccounts: boolean;
  /** The Secret with the identity that SOPS ciphertext is decrypted with; undefined where there is none. */
  readonly decryptionSecret: string | undefined;
  /** True where SealedSecrets must have been opened before it is ready. */
  readonly awaitsSealedSecrets: boolean;
  /** True where policies must have been taken up by Kyverno before it is ready. */
  readonly awaitsKyvernoPolicies: boolean;
}

/**
 * The Kustomization that applies a folder of the output. `wait` makes it ready only when every object in it is, so that
 * what depends on it finds its pull secrets. `deletionPolicy: Orphan` (kustomize-controller 1.5, Flux 2.5): deleting the
 * Kustomization leaves the pull secrets where pods use them. kustomize-controller, docs/spec/v1/kustomizations.md.
 */
export function fluxKustomization(bootstrap: BootstrapSpec, at: KustomizationPath): EngineObject {
  const { kind, name, namespace } = bootstrap.sourceRef ?? {};
  const healthCheckExprs = [
    ...(at.awaitsOpenshiftAccounts ? accountHealthExprs : []),
    ...(at.awaitsKyvernoPolicies ? policyHealthExprs : []),
    ...(at.awaitsSealedSecrets ? sealedSecretHealthExprs : []),
  ];
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: at.name, namespace: bootstrap.namespace ?? 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      sourceRef: { kind: kind ?? 'GitRepository', name, ...(namespace !== undefined && { namespace }) },
      path: `./${at.path}`,
      ...(at.dependsOn.length > 0 && { dependsOn: at.dependsOn.map((each) => ({ name: each })) }),
      ...(at.decryptionSecret !== undefined && {
        decryption: { provider: 'sops', secretRef: { name: at.decryptionSecret } },
      }),
      prune: true,
      wait: true,
      ...(healthCheckExprs.length > 0 && { healthCheckExprs }),
      deletionPolicy: 'Orphan',
    },
  };
}
