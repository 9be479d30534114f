import type { Gitops } from './declared-object.js';
import { type ObjectContext, placedOf } from './object-head.js';
import { groupOf } from './pod-kind-index.js';
import { tracesIn } from './pod-traces.js';
import type { Tree } from './tree.js';
import type { Unseen, UnseenHead } from './unseen-object.js';

/** A kind whose objects stand for pods that only who applies them knows. */
interface StandIn {
  readonly group: string;
  readonly kind: string;
  /** The GitOps engine that it tells of. */
  readonly engine?: Gitops;
}

/** Every such kind that is known. */
const standIns: readonly StandIn[] = [
  { group: 'argoproj.io', kind: 'Application', engine: 'argocd' },
  { group: 'argoproj.io', kind: 'ApplicationSet', engine: 'argocd' },
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', engine: 'flux' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', engine: 'flux' },
  { group: 'fluxcd.controlplane.io', kind: 'ResourceSet' },
  { group: 'helm.cattle.io', kind: 'HelmChart' },
  { group: 'fleet.cattle.io', kind: 'GitRepo' },
  { group: 'fleet.cattle.io', kind: 'Bundle' },
  { group: 'operators.coreos.com', kind: 'Subscription' },
  { group: 'olm.operatorframework.io', kind: 'ClusterExtension' },
];

/** Catalogues whose images anybody may pull, or every node of OpenShift: openshift-docs, "Understanding OperatorHub". */
const openCatalogs = new Set([
  ...['redhat-operators', 'certified-operators', 'community-operators', 'redhat-marketplace'].map(
    (name) => `openshift-marketplace/${name}`,
  ),
  'olm/operatorhubio-catalog',
]);

/** Groups of which every kind that runs pods is in the table of kinds, or that are about pods and images of others. */
const podlessGroups = new Set([
  ...['apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io', 'rbac.authorization.k8s.io', 'storage.k8s.io'],
  ...['apiextensions.k8s.io', 'apiregistration.k8s.io', 'admissionregistration.k8s.io', 'scheduling.k8s.io'],
  ...['coordination.k8s.io', 'node.k8s.io', 'certificates.k8s.io', 'discovery.k8s.io', 'events.k8s.io'],
  ...['kustomize.config.k8s.io', 'kyverno.io', 'policies.kyverno.io', 'image.toolkit.fluxcd.io'],
  ...['mutations.gatekeeper.sh', 'constraints.gatekeeper.sh', 'templates.gatekeeper.sh'],
  ...['generators.external-secrets.io', 'argocd-image-updater.argoproj.io', 'autoscaling.k8s.io'],
]);

/** The other kinds of the core group: an old Template or DeploymentConfig of OpenShift has that group, too. */
const podlessCoreKinds = new Set([
  ...['ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'Namespace', 'Node', 'PersistentVolume'],
  ...['PersistentVolumeClaim', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount', 'Binding'],
]);

/** The GitOps engine that a kind tells of. */
export function engineOf(apiVersion: string, kind: string): Gitops | undefined {
  return standInOf(apiVersion, kind)?.engine;
}

/** Tells what an object that is not in the table of kinds may run; undefined where that is nothing. */
export function unseenIn(object: Tree, context: ObjectContext = {}): Unseen | undefined {
  const apiVersion = object.get('apiVersion')?.string() ?? context.apiVersion ?? '';
  const kind = object.get('kind')?.string() ?? context.kind ?? '';
  const name = object.get('metadata')?.get('name')?.string() ?? '';
  const namespace = object.get('metadata')?.get('namespace')?.string() || context.namespace;
  const head: UnseenHead = { apiVersion, kind, name, ...(namespace && { namespace }), ...placedOf(object) };
  const isStandIn = standInOf(apiVersion, kind) !== undefined;
  if (isStandIn && (isOwnBootstrap(object, name) || isOfOpenCatalog(object))) return undefined;
  if (!isStandIn && isPodless(groupOf(apiVersion), kind)) return undefined;
  const { podSpecs, images } = tracesIn(object);
  if (isStandIn) return { is: 'stand-in', ...head, images };
  return podSpecs.length + images.length === 0 ? undefined : { is: 'unknown', ...head, podSpecs, images };
}

function standInOf(apiVersion: string, kind: string): StandIn | undefined {
  const group = groupOf(apiVersion);
  return standIns.find((each) => each.kind === kind && each.group === group);
}

function isPodless(group: string, kind: string): boolean {
  return group === '' ? podlessCoreKinds.has(kind) : podlessGroups.has(group);
}

function isOfOpenCatalog(object: Tree): boolean {
  const [namespace, name] = ['sourceNamespace', 'source'].map((key) => object.get('spec')?.get(key)?.string());
  return openCatalogs.has(`${namespace}/${name}`);
}

/** Tells whether `bootstrap` wrote an object: that applies our own output, and is called after its folder: `image-pull-prod-sources`. */
function isOwnBootstrap(object: Tree, name: string): boolean {
  const spec = object.get('spec');
  const path = (spec?.get('source')?.get('path') ?? spec?.get('path'))?.string();
  const folders = path?.split('/') ?? [];
  return folders.some((_, index) => name === ['image-pull', ...folders.slice(index)].join('-'));
}
