import type { Gitops } from '../inventory/unseen.js';
import { labelError, subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { bootstrapName } from '../vocabulary/bootstrap-names.js';
import type { BootstrapSpec } from '../vocabulary/spec.js';

/** Says one problem of a bootstrap: what, at which key of it, and what mends it. */
type Say = (message: string, key?: keyof BootstrapSpec, hint?: string) => void;

/**
 * The kinds that a Kustomization takes for its source. kustomize-controller, api/v1/reference_types.go
 * `CrossNamespaceSourceReference`.
 */
const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'];

const enginesOfKeys: Readonly<Partial<Record<keyof BootstrapSpec, Gitops>>> = {
  repository: 'argocd',
  revision: 'argocd',
  project: 'argocd',
  destination: 'argocd',
  sourceRef: 'flux',
};

/** Problems of the bootstrap of a cluster. */
export function checkBootstrap(name: string, bootstrap: BootstrapSpec, gitops: Gitops, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const say: Say = (message, key, hint) =>
    problems.push({
      code: 'bootstrap-invalid',
      message: `cluster ${name}: ${message}`,
      path: key === undefined ? path : [...path, key],
      ...(hint && { hint }),
    });
  for (const [key, engine] of Object.entries(enginesOfKeys) as [keyof BootstrapSpec, Gitops][]) {
    if (bootstrap[key] !== undefined && engine !== gitops)
      say(`bootstrap.${key} is for gitops: ${engine}, and this cluster has gitops: ${gitops}`, key);
  }
  checkShared(bootstrap, say);
  if (gitops === 'argocd') checkArgocd(bootstrap, say);
  else checkFlux(name, bootstrap, say);
  return problems;
}

function checkShared({ namespace, path, shards = 1 }: BootstrapSpec, say: Say): void {
  const namespaceError = namespace === undefined ? undefined : labelError(namespace);
  if (namespaceError) say(`namespace "${namespace}" ${namespaceError}`, 'namespace');
  if (path !== undefined && (path === '' || /^\/|\/$|(^|\/)\.\.?(\/|$)/.test(path)))
    say('path must be a plain folder of the repository, such as dist', 'path', 'without "/" at either end');
  if (!Number.isInteger(shards) || shards < 1 || shards > 256)
    say('shards must be a whole number from 1 to 256', 'shards');
}

function checkArgocd({ repository, destination = {} }: BootstrapSpec, say: Say): void {
  if (!repository)
    say('bootstrap needs the repository', undefined, 'repository: https://git.example.com/platform/pull-access.git');
  if (repository !== undefined && /^https?:\/\/[^/]*@/i.test(repository)) {
    const hint = 'give Argo CD the credential as a repository secret';
    say('the repository URL holds a user or token', 'repository', hint);
  }
  if (destination.server !== undefined && destination.name !== undefined)
    say('destination has a server or a name, not both', 'destination');
}

function checkFlux(cluster: string, { sourceRef, shards = 1 }: BootstrapSpec, say: Say): void {
  if (!sourceRef) say('bootstrap needs sourceRef', undefined, 'sourceRef: { name: platform }');
  const { kind, name, namespace } = sourceRef ?? {};
  if (kind !== undefined && !sourceKinds.includes(kind))
    say(`sourceRef: no Kustomization takes kind "${kind}"`, 'sourceRef', `known: ${sourceKinds.join(', ')}`);
  const nameError = name === undefined ? undefined : subdomainError(name);
  if (nameError) say(`sourceRef: name "${name}" ${nameError}`, 'sourceRef');
  const namespaceError = namespace === undefined ? undefined : labelError(namespace);
  if (namespaceError) say(`sourceRef: namespace "${namespace}" ${namespaceError}`, 'sourceRef');
  // Flux writes the name into a label of every object that it applies.
  const longest = bootstrapName(cluster, 'namespaces', shards > 1 ? String(shards - 1) : undefined);
  if (longest.length > 63)
    say(`its Kustomization would be ${longest}, and Flux takes 63 characters`, undefined, 'shorten the cluster name');
}
