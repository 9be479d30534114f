import type { Gitops } from '../inventory/declared-object.js';
import { labelError, subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { holdsCredential } from '../problem/credential-mask.js';
import { words } from '../problem/shown.js';
import { bootstrapName } from '../vocabulary/bootstrap-names.js';
import { shardName } from '../vocabulary/shard.js';
import type { BootstrapSpec } from '../vocabulary/spec.js';

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

/** Checks the bootstrap of a cluster. */
export function checkBootstrap(name: string, bootstrap: BootstrapSpec, gitops: Gitops, at: At): void {
  for (const [key, engine] of Object.entries(enginesOfKeys) as [keyof BootstrapSpec, Gitops][]) {
    if (bootstrap[key] !== undefined && engine !== gitops)
      at.key(key).refuse(
        'platform-mismatch',
        words`bootstrap.${key} is for gitops: ${engine}, and this cluster has gitops: ${gitops}`,
        words`leave it out, or say gitops: ${engine}`,
      );
  }
  checkShared(bootstrap, at);
  if (gitops === 'argocd') checkArgocd(bootstrap, at);
  else checkFlux(name, bootstrap, at);
}

function checkShared({ namespace, path, shards = 1 }: BootstrapSpec, at: At): void {
  if (namespace !== undefined) checkName('namespace', namespace, labelError(namespace), at.key('namespace'));
  if (path !== undefined && (path === '' || /^\/|\/$|(^|\/)\.\.?(\/|$)/.test(path)))
    at.key('path').refuse(
      'bootstrap-invalid',
      'path must be a plain folder of the repository, such as dist',
      'without "/" at either end',
    );
  if (!Number.isInteger(shards) || shards < 1 || shards > 256)
    at.key('shards').refuse('bootstrap-invalid', 'shards must be a whole number from 1 to 256', 'shards: 4');
}

function checkArgocd({ repository, destination = {} }: BootstrapSpec, at: At): void {
  if (!repository) {
    const hint = 'repository: https://git.example.com/platform/pull-access.git';
    at.refuse('bootstrap-incomplete', 'bootstrap needs the repository', hint);
  } else if (holdsCredential(repository)) {
    at.key('repository').refuse(
      'credential-in-address',
      'the repository URL holds a user, a password, a token or a query',
      'give Argo CD the credential as a repository secret',
    );
  }
  const { server, name } = destination;
  if (server !== undefined && holdsCredential(server))
    at.key('destination', 'server').refuse(
      'credential-in-address',
      'the URL of destination.server holds a user, a password, a token or a query',
      'give Argo CD the credential as a cluster secret, and name the cluster here',
    );
  if (server !== undefined && name !== undefined)
    at.key('destination').refuse(
      'bootstrap-invalid',
      'destination has a server or a name, not both',
      'destination: { name: in-cluster }',
    );
}

function checkFlux(cluster: string, { sourceRef, shards = 1 }: BootstrapSpec, at: At): void {
  const { kind, name, namespace } = sourceRef ?? {};
  const ofSource = at.key('sourceRef');
  if (!sourceRef) at.refuse('bootstrap-incomplete', 'bootstrap needs sourceRef', 'sourceRef: { name: platform }');
  if (kind !== undefined && !sourceKinds.includes(kind))
    ofSource.refuse(
      'bootstrap-invalid',
      words`sourceRef: no Kustomization takes kind "${kind}"`,
      words`known: ${sourceKinds}`,
    );
  if (name !== undefined) checkName('sourceRef: name', name, subdomainError(name), ofSource);
  if (namespace !== undefined) checkName('sourceRef: namespace', namespace, labelError(namespace), ofSource);
  // Flux writes the name into a label of every object that it applies.
  const longest = bootstrapName(cluster, 'namespaces', shards > 1 ? shardName(shards - 1, shards) : undefined);
  if (longest.length > 63)
    at.refuse(
      'bootstrap-invalid',
      words`its Kustomization would be ${longest}, and Flux takes 63 characters`,
      'shorten the cluster name',
    );
}

function checkName(what: string, name: string, error: string | undefined, at: At): void {
  if (error) at.refuse('bootstrap-invalid', words`${what} "${name}" ${error}`, 'such as platform or flux-system');
}
