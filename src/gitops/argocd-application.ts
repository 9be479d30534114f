import type { BootstrapSpec } from '../model/vocabulary/spec.js';
import type { EngineObject } from './engine-object.js';
import { ignoreDockercfg } from './openshift-accounts.js';

/** A folder of the output that one Application applies. */
export interface ApplicationPath {
  /** Name of the Application. */
  readonly name: string;
  /** Path in the repository. */
  readonly path: string;
  /** Folder below it that is not applied. */
  readonly exclude?: string;
  /** True where the folder holds a kustomization.yaml, which Argo CD then follows. */
  readonly kustomize: boolean;
  /** Place among the children of a parent application. */
  readonly wave: number;
  /** True where it holds service accounts of OpenShift, whose controller writes them too. */
  readonly hasOpenshiftAccounts: boolean;
}

/**
 * The Application that applies a folder of the output before any workload: a negative wave in a parent application. No
 * finalizer: deleting the Application leaves the pull secrets where pods use them. ServerSideDiff shows that an
 * annotation was dropped in Git, which the default diff does not see together with server-side apply.
 */
export function argocdApplication(bootstrap: BootstrapSpec, at: ApplicationPath): EngineObject {
  const { server, name } = bootstrap.destination ?? {};
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: at.name,
      namespace: bootstrap.namespace ?? 'argocd',
      annotations: {
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
        'argocd.argoproj.io/sync-wave': String(at.wave),
      },
    },
    spec: {
      project: bootstrap.project ?? 'default',
      source: {
        repoURL: bootstrap.repository,
        targetRevision: bootstrap.revision ?? 'HEAD',
        path: at.path,
        ...(!at.kustomize && { directory: { recurse: true, ...(at.exclude && { exclude: `${at.exclude}/*` }) } }),
      },
      destination: name === undefined ? { server: server ?? 'https://kubernetes.default.svc' } : { name },
      ...(at.hasOpenshiftAccounts && { ignoreDifferences: ignoreDockercfg }),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        // Fields that others set under the name of kubectl stay theirs, as far as the code that Argo CD applies with lets them.
        syncOptions: ['ApplyOutOfSyncOnly=true', 'ClientSideApplyMigration=false'],
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
    },
  };
}
