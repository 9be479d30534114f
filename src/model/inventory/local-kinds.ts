import type { ObjectHead } from './object-head.js';
import { groupOf } from './pod-kind-index.js';

/**
 * The kinds whose objects matter to pulls in their own namespace and nowhere else, by group. Those that lend pods to
 * others, are copied or bound across namespaces, or stand for other objects are none of them.
 */
const localKinds: Readonly<Record<string, readonly string[]>> = {
  '': ['ConfigMap', 'Endpoints', 'LimitRange', 'PersistentVolumeClaim', 'Pod', 'ResourceQuota', 'Secret', 'Service'],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'bitnami.com': ['SealedSecret'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
};

const local = new Set([
  '/ServiceAccount',
  ...Object.entries(localKinds).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)),
]);

/** Whether an object of this kind matters to pulls in its own namespace alone, but for what its annotations ask for. */
export function isLocalKind({ apiVersion, kind }: Pick<ObjectHead, 'apiVersion' | 'kind'>): boolean {
  return local.has(`${groupOf(apiVersion)}/${kind}`);
}

/** Prefixes of annotations by which an object tells others to act beyond its namespace. */
const copierPrefixes = ['reflector.v1.k8s.emberstack.com/', 'replicator.v1.mittwald.de/'];
/** Prefixes of annotations by which an object tells of the engine that applies it. */
const enginePrefixes = ['argocd.argoproj.io/', 'kustomize.toolkit.fluxcd.io/'];

/** Meaning of an annotation beyond the namespace of its object. */
export function reachOfAnnotation(key: string): 'copied' | 'engine' | undefined {
  if (copierPrefixes.some((prefix) => key.startsWith(prefix))) return 'copied';
  return enginePrefixes.some((prefix) => key.startsWith(prefix)) ? 'engine' : undefined;
}

/** Names in a text that mean something for other namespaces, wherever they stand in an object of a local kind. */
const farNames = ['imagepullsecret-patcher', 'openshift', 'docker-registry.default', ...copierPrefixes];

/** Whether a text holds a name that means something for other namespaces: of a program that copies, of OpenShift. */
export function hasFarName(text: string): boolean {
  return farNames.some((name) => text.includes(name));
}
