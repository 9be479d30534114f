import type { ObjectRole } from './object-role.js';

interface ArgoSettings {
  readonly wave: number;
  readonly sync: readonly string[];
  readonly compare?: readonly string[];
}

/**
 * Waves order what one sync applies; Argo CD would put kinds it does not know, such as ExternalSecret, behind
 * Deployments (gitops-engine, sync_tasks.go). Namespaces and default accounts are never pruned or deleted: others live
 * in them, and a default account comes back without its list. Nor is the pull secret of every node. `IgnoreExtraneous` keeps the application Synced once such
 * an object has left Git. Server-side apply adopts what exists and leaves no copy of a Secret in an annotation.
 */
const settings: Readonly<Record<ObjectRole, ArgoSettings>> = {
  namespace: { wave: -5, sync: ['ServerSideApply=true', 'Prune=false', 'Delete=false'], compare: ['IgnoreExtraneous'] },
  externalSecret: { wave: -4, sync: ['SkipDryRunOnMissingResource=true'] },
  secret: { wave: -4, sync: ['ServerSideApply=true'] },
  sourceExternalSecret: {
    wave: -4,
    sync: ['SkipDryRunOnMissingResource=true', 'Prune=false', 'Delete=false'],
    compare: ['IgnoreExtraneous'],
  },
  sourceSecret: {
    wave: -4,
    sync: ['ServerSideApply=true', 'Prune=false', 'Delete=false'],
    compare: ['IgnoreExtraneous'],
  },
  globalExternalSecret: {
    wave: -4,
    sync: ['SkipDryRunOnMissingResource=true', 'Prune=false', 'Delete=false'],
    compare: ['IgnoreExtraneous'],
  },
  globalSecret: {
    wave: -4,
    sync: ['ServerSideApply=true', 'Prune=false', 'Delete=false'],
    compare: ['IgnoreExtraneous'],
  },
  // Argo CD applies kinds that it knows, such as Role, before others of a wave, and knows the health of stores. A store
  // may name thousands of namespaces, more than fit into the annotation of client-side apply.
  provider: { wave: -5, sync: ['SkipDryRunOnMissingResource=true', 'ServerSideApply=true'] },
  providerAccess: { wave: -5, sync: [] },
  hubExternalSecret: { wave: -4, sync: ['SkipDryRunOnMissingResource=true'] },
  hubCopy: { wave: -3, sync: ['SkipDryRunOnMissingResource=true'] },
  // These may name thousands of namespaces too.
  clusterExternalSecret: { wave: -3, sync: ['SkipDryRunOnMissingResource=true', 'ServerSideApply=true'] },
  policy: { wave: -2, sync: ['SkipDryRunOnMissingResource=true', 'ServerSideApply=true'] },
  policyRole: { wave: -5, sync: [] },
  program: { wave: -2, sync: [] },
  programRights: { wave: -4, sync: [] },
  defaultAccount: {
    wave: -3,
    sync: ['ServerSideApply=true', 'Prune=false', 'Delete=false'],
    compare: ['IgnoreExtraneous'],
  },
  account: { wave: -3, sync: ['ServerSideApply=true'] },
  grant: { wave: -3, sync: [] },
};

/** The Argo CD annotations of an object: wave, sync options and compare options, values joined in one annotation each. */
export function argocdAnnotations(role: ObjectRole): Readonly<Record<string, string>> {
  return annotations[role];
}

/** The wave that Argo CD applies an object of this role in. */
export function argocdWave(role: ObjectRole): number {
  return settings[role].wave;
}

function annotationsOf({ wave, sync, compare }: ArgoSettings): Record<string, string> {
  return {
    ...(compare && { 'argocd.argoproj.io/compare-options': compare.join(',') }),
    ...(sync.length > 0 && { 'argocd.argoproj.io/sync-options': sync.join(',') }),
    'argocd.argoproj.io/sync-wave': String(wave),
  };
}

const annotations = Object.fromEntries(
  Object.entries(settings).map(([role, each]) => [role, annotationsOf(each)]),
) as Readonly<Record<ObjectRole, Readonly<Record<string, string>>>>;
