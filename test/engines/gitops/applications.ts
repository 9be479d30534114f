import type { KubeObject } from '../cluster/kube-object.js';

/** What an Application that somebody writes by hand has besides its source. */
export interface ApplicationSpec {
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: unknown;
  readonly compareOptions?: string;
}

/** An Application that syncs a folder of the repository by itself, and tries again every two seconds. */
export function applicationOf(name: string, path: string, options: ApplicationSpec = {}): KubeObject {
  const { syncOptions = [], ignoreDifferences, compareOptions } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      annotations: { ...(compareOptions !== undefined && { 'argocd.argoproj.io/compare-options': compareOptions }) },
    },
    spec: {
      project: 'default',
      source: { repoURL: '', targetRevision: 'main', path, directory: { recurse: true } },
      destination: { server: 'https://kubernetes.default.svc' },
      ...(ignoreDifferences !== undefined && { ignoreDifferences }),
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions,
        retry: { limit: -1, backoff: { duration: '2s', factor: 1, maxDuration: '2s' } },
      },
    },
  };
}
