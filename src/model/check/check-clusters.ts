import { labelError } from '../names/names.js';
import { versionError } from '../names/version.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import type { ClusterSpec, ImagePullSpec } from '../vocabulary/spec.js';
import { checkBootstrap } from './check-bootstrap.js';

/** Checks the clusters: names, platform, versions, bootstrap. */
export function checkClusters(spec: ImagePullSpec, root: At): void {
  const at = root.key('clusters');
  const clusters = Object.entries(spec.clusters);
  if (clusters.length === 0) at.refuse('cluster-missing', 'clusters names no cluster');
  for (const [name, cluster] of clusters) checkCluster(name, cluster, at.key(name));
}

const versions = { kubernetes: '1.35', openshift: '4.20', kyverno: '1.19', externalSecrets: '1.0' } as const;

function checkCluster(name: string, cluster: ClusterSpec, at: At): void {
  const nameError = labelError(name);
  if (nameError) at.refuse('name-invalid', words`cluster name "${name}" ${nameError}`, 'it is the name of a folder');
  const about = at.about(words`cluster ${name}`);
  for (const key of Object.keys(versions) as (keyof typeof versions)[]) {
    const error = cluster[key] === undefined ? undefined : versionError(cluster[key]);
    if (error) about.key(key).refuse('version-invalid', words`${key} ${error}`, words`${key}: "${versions[key]}"`);
  }
  if (cluster.bootstrap) checkBootstrap(name, cluster.bootstrap, cluster.gitops ?? 'argocd', about.key('bootstrap'));
}
