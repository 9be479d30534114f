import type { ApiServer } from './api-server.js';
import { installCrdsFor } from './crds.js';
import type { KubeObject, Manifest } from './kube-object.js';

/**
 * Applies an output as a GitOps engine does, namespaces first. Kinds of others are served by their own definitions, and
 * namespaces that the output leaves to somebody else are created.
 *
 * @returns what the API server refused, in its words
 */
export async function applyOutput(api: ApiServer, manifests: readonly Manifest[]): Promise<string[]> {
  const objects = manifests.map(({ object }) => object);
  await installCrdsFor(api, objects);
  const isNamespace = ({ object }: Manifest) => object.kind === 'Namespace';
  const refused = await applyEach(api, manifests.filter(isNamespace));
  await createMissingNamespaces(api, objects);
  return [
    ...refused,
    ...(await applyEach(
      api,
      manifests.filter((each) => !isNamespace(each)),
    )),
  ];
}

/** Creates the namespaces that objects stand in and that nobody made. */
export async function createMissingNamespaces(api: ApiServer, objects: readonly KubeObject[]): Promise<void> {
  for (const name of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    if (!(await api.find(namespace))) await api.create(namespace);
  }
}

async function applyEach(api: ApiServer, manifests: readonly Manifest[]): Promise<string[]> {
  const refused: string[] = [];
  for (const manifest of manifests) {
    try {
      await api.apply(manifest);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  return refused;
}
