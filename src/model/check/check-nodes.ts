import { RegistryUrl } from '../docker-config/registry-key.js';
import { bytesOf } from '../go/byte-string.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import type { CredentialProviderSpec, ImagePullSpec } from '../vocabulary/spec.js';

/** Checks the credentials that nodes are said to have. */
export function checkNodes(spec: ImagePullSpec, root: At): void {
  const known = Object.keys(spec.registries ?? {});
  for (const [name, { nodes }] of Object.entries(spec.clusters)) {
    const at = root.key('clusters', name, 'nodes').about(words`cluster ${name}`);
    at.key('registries').danglingItems('registry', nodes?.registries, known);
    const names = new Set<string>();
    for (const [index, provider] of (nodes?.providers ?? []).entries()) {
      checkProvider(provider, names, at.key('providers', index));
      names.add(provider.name);
    }
  }
}

/** Kubernetes 1.37, pkg/credentialprovider/plugin/config.go, validateCredentialProviderConfig. */
function checkProvider({ name, matchImages }: CredentialProviderSpec, names: ReadonlySet<string>, at: At): void {
  if (name === '' || name === '.' || name === '..' || /[\s/\\]/.test(name))
    at.key('name').refuse(
      'provider-invalid',
      words`credential provider ${JSON.stringify(name)} is no name of a program`,
    );
  else if (names.has(name))
    at.key('name').refuse('provider-invalid', words`credential provider ${name} is there twice`);
  if (matchImages.length === 0)
    at.key('matchImages').refuse('provider-invalid', words`credential provider ${name} matches no image`);
  for (const [index, pattern] of matchImages.entries()) {
    const fault = faultOf(pattern);
    if (fault) at.key('matchImages', index).refuse('provider-invalid', words`${pattern} ${fault}`);
  }
}

function faultOf(pattern: string): string | undefined {
  if (/:\/\//.test(pattern)) return 'has a scheme, with which it matches no image';
  if (pattern === '' || pattern.startsWith('/')) return 'has no host';
  return RegistryUrl.parse(bytesOf(pattern)) ? undefined : 'is no host and path that the kubelet can read';
}
