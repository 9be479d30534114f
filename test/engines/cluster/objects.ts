import { eventually } from '../processes/eventually.js';
import type { ApiServer } from './api-server.js';
import type { KubeObject, NameRef, NewObject, ObjectRef } from './kube-object.js';

/** References to Secrets, of an account or a pod. */
export const names = (...list: string[]): NameRef[] => list.map((name) => ({ name }));

/** The names of references. */
export const namesOf = (refs: unknown): string[] => ((refs ?? []) as NameRef[]).map(({ name }) => name);

/** A Namespace. */
export function namespace(name: string, labels?: Readonly<Record<string, string>>): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels && { labels }) } };
}

/** Applies a Namespace and waits for its default account, without which no pod is created. */
export async function namespaceWithAccount(
  api: ApiServer,
  name: string,
  labels?: Readonly<Record<string, string>>,
): Promise<void> {
  await api.apply(namespace(name, labels));
  await eventually(() => api.find(serviceAccount(name, 'default')));
}

/** A ServiceAccount; without a list it says nothing about the list. */
export function serviceAccount(inNamespace: string, name: string, list?: readonly string[]): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: inNamespace },
    ...(list && { imagePullSecrets: names(...list) }),
  };
}

/** Which Secret is meant. */
export const secretRef = (inNamespace: string, name: string): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: inNamespace },
});

/** Which ExternalSecret is meant. */
export const externalSecretRef = (inNamespace: string, name: string): ObjectRef => ({
  ...secretRef(inNamespace, name),
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
});

/** A pod, named by the API server. */
export function pod(inNamespace: string, spec: Readonly<Record<string, unknown>> = {}): NewObject {
  const containers = [{ name: 'main', image: 'registry.example/app:v1' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'probe-', namespace: inNamespace },
    spec: { containers, ...spec },
  };
}

/** The names of a pod's own list as it stands in the cluster. */
export const pullSecretsOf = ({ spec }: KubeObject): string[] => namesOf(spec?.imagePullSecrets);
