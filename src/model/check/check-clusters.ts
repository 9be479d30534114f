import { labelError } from '../names/names.js';
import { versionError } from '../names/version.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { ClusterSpec, ImagePullSpec } from '../vocabulary/spec.js';
import { checkBootstrap } from './check-bootstrap.js';

/** Problems of the clusters: names, platform, versions, bootstrap. */
export function checkClusters(spec: ImagePullSpec): Problem[] {
  const clusters = Object.entries(spec.clusters);
  if (clusters.length === 0) {
    return [
      {
        code: 'cluster-invalid',
        message: 'clusters names no cluster',
        path: ['clusters'],
        hint: 'clusters: { prod: {} }',
      },
    ];
  }
  return clusters.flatMap(([name, cluster]) => checkCluster(name, cluster, ['clusters', name]));
}

/** Problems of one cluster by itself. */
function checkCluster(name: string, cluster: ClusterSpec, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const nameError = labelError(name);
  if (nameError) {
    problems.push({
      code: 'name-invalid',
      message: `cluster name "${name}" ${nameError}`,
      path,
      hint: 'it is the name of a folder',
    });
  }
  for (const key of ['kubernetes', 'openshift', 'kyverno', 'externalSecrets'] as const) {
    const error = cluster[key] === undefined ? undefined : versionError(cluster[key]);
    if (error)
      problems.push({ code: 'cluster-invalid', message: `cluster ${name}: ${key} ${error}`, path: [...path, key] });
  }
  const { bootstrap } = cluster;
  if (bootstrap) problems.push(...checkBootstrap(name, bootstrap, cluster.gitops ?? 'argocd', [...path, 'bootstrap']));
  return problems;
}
