import { ImageReference } from '../image/image-reference.js';
import { type ObjectContext, placedOf } from './object-head.js';
import { groupOf } from './pod-kind-index.js';
import type { Tree } from './tree.js';
import type { ImageText, Unseen, UnseenHead } from './unseen-object.js';
import type { Gitops } from './workload.js';

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
];

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

/** What an object that is not in the table of kinds may run; undefined where that is nothing. */
export function unseenIn(object: Tree, context: ObjectContext = {}): Unseen | undefined {
  const apiVersion = object.get('apiVersion')?.string() ?? context.apiVersion ?? '';
  const kind = object.get('kind')?.string() ?? context.kind ?? '';
  const name = object.get('metadata')?.get('name')?.string() ?? '';
  const head: UnseenHead = { apiVersion, kind, name, ...placedOf(object) };
  if (standInOf(apiVersion, kind)) return isOwnBootstrap(object, name) ? undefined : { is: 'stand-in', ...head };
  if (isPodless(groupOf(apiVersion), kind)) return undefined;
  const found = new PodTraces();
  for (const [key, value] of object.entries()) {
    if (key !== 'metadata' && key !== 'status') found.read(value, key, pathOf('', key));
  }
  found.holder(object, '');
  const { podSpecs, images } = found;
  if (podSpecs.size + images.size === 0) return undefined;
  return { is: 'unknown', ...head, podSpecs: [...podSpecs], images: [...images.values()] };
}

function standInOf(apiVersion: string, kind: string): StandIn | undefined {
  const group = groupOf(apiVersion);
  return standIns.find((each) => each.kind === kind && each.group === group);
}

function isPodless(group: string, kind: string): boolean {
  return group === '' ? podlessCoreKinds.has(kind) : podlessGroups.has(group);
}

/** What `bootstrap` writes applies our own output, and is called after its folder: `image-pull-prod-sources`. */
function isOwnBootstrap(object: Tree, name: string): boolean {
  const spec = object.get('spec');
  const path = (spec?.get('source')?.get('path') ?? spec?.get('path'))?.string();
  const folders = path?.split('/') ?? [];
  return folders.some((_, index) => name === ['image-pull', ...folders.slice(index)].join('-'));
}

/** Gathers, of one object, what looks like pods. */
class PodTraces {
  readonly podSpecs = new Set<string>();
  readonly images = new Map<string, ImageText>();

  read(tree: Tree, key: string, path: string): void {
    if (tree.kind === 'text') this.#text(tree.string() ?? '', key, path);
    for (const item of tree.items()) this.read(item, key, `${path}[]`);
    if (tree.kind !== 'map') return;
    this.holder(tree, path);
    for (const [inner, value] of tree.entries()) this.read(value, inner, pathOf(path, inner));
  }

  /** A map with a list of containers is a pod spec. */
  holder(tree: Tree, path: string): void {
    const containers = tree.get('containers')?.items() ?? [];
    if (containers.some(({ kind }) => kind === 'map')) this.podSpecs.add(path);
  }

  #text(text: string, key: string, path: string): void {
    const isNamed = /image$/i.test(key);
    if (!(isNamed || hasHost(text)) || this.images.has(`${path} ${text}`)) return;
    if (ImageReference.tryParse(text) instanceof ImageReference)
      this.images.set(`${path} ${text}`, { path, image: text, isNamed });
  }
}

/** True for a text that begins with the host of a registry. */
export function hasHost(text: string): boolean {
  return /^(?:[^/\s]*[.:][^/\s]*|localhost)\//.test(text);
}

/** A key that a path cannot hold becomes a wildcard. */
function pathOf(path: string, key: string): string {
  const step = /^[^.[\]*\s]+$/.test(key) ? key : '*';
  return path === '' ? step : `${path}.${step}`;
}
