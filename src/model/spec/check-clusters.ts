import type { ModelPath, Problem } from '../problem/problem.js';
import { writable } from './compatibility.js';
import { labelError } from './names.js';
import type { BootstrapSpec, ClusterSpec, ImagePullSpec } from './spec.js';
import { versionError } from './version.js';

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
  for (const key of ['gitops', 'placement'] as const) {
    const value = cluster[key];
    const known: readonly string[] = key === 'gitops' ? writable.gitops : writable.placements;
    if (value !== undefined && !known.includes(value)) {
      problems.push({
        code: 'not-available',
        message: `cluster ${name}: ${key} ${value} cannot be written by this version`,
        path: [...path, key],
      });
    }
  }
  if (cluster.bootstrap) problems.push(...checkBootstrap(name, cluster.bootstrap, cluster, [...path, 'bootstrap']));
  return problems;
}

function checkBootstrap(name: string, bootstrap: BootstrapSpec, cluster: ClusterSpec, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const say = (message: string, hint?: string) =>
    problems.push({ code: 'bootstrap-invalid', message: `cluster ${name}: ${message}`, path, ...(hint && { hint }) });
  if ((cluster.gitops ?? 'argocd') === 'argocd') {
    if (!bootstrap.repository)
      say('bootstrap needs the repository', 'repository: https://git.example.com/platform/pull-access.git');
    if (bootstrap.sourceRef) say('sourceRef is for gitops: flux');
  } else {
    if (!bootstrap.sourceRef) say('bootstrap needs sourceRef', 'sourceRef: { name: platform }');
    if (bootstrap.repository) say('repository is for gitops: argocd');
  }
  const namespaceError = bootstrap.namespace === undefined ? undefined : labelError(bootstrap.namespace);
  if (namespaceError) say(`namespace "${bootstrap.namespace}" ${namespaceError}`);
  if (bootstrap.path !== undefined && (bootstrap.path === '' || /^\/|\/$|(^|\/)\.\.?(\/|$)/.test(bootstrap.path))) {
    say('path must be a plain folder of the repository, such as dist', 'without "/" at either end');
  }
  const { server, name: target } = bootstrap.destination ?? {};
  if (server !== undefined && target !== undefined) say('destination has a server or a name, not both');
  const shards = bootstrap.shards ?? 1;
  if (!Number.isInteger(shards) || shards < 1 || shards > 256) say('shards must be a whole number from 1 to 256');
  if (bootstrap.repository !== undefined && /^https?:\/\/[^/]*@/i.test(bootstrap.repository)) {
    say('the repository URL holds a user or token', 'give Argo CD the credential as a repository secret');
  }
  return problems;
}
