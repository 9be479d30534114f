import type { ContainerSeen, PodSeen, TemplateSeen } from '../effects.js';
import { type Value, ValueMap } from './language/value.js';
import { type SeenLabels, unseenLabels } from './seen-labels.js';

/** A namespace as policies see it, as far as it is known. */
export interface SeenNamespace extends SeenLabels {
  /** Undefined for the namespace of what names none. */
  readonly name: string | undefined;
}

/** Subject of rules: an object, and what is done with it. */
export interface Matched extends SeenKind, Pick<Subject, 'name' | 'namespace' | 'labels'> {
  readonly operation: 'CREATE' | 'UPDATE';
}

/** A kind of objects, as the API server names it. */
export interface SeenKind {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
}

/** An object with a list of pull secrets, as policies see it at its creation. */
export interface Subject extends SeenKind {
  /** Undefined where it is not known. */
  readonly name: string | undefined;
  readonly namespace: SeenNamespace;
  readonly labels: SeenLabels;
  /** The keys that lead to the list. */
  readonly listPath: readonly string[];
  /** The account that pods run as. */
  readonly serviceAccount?: string;
  readonly containers?: readonly ContainerSeen[];
  /** The whole object, with a list of pull secrets. */
  object(list: readonly string[]): ValueMap;
}

const podKind: SeenKind = { group: '', version: 'v1', resource: 'pods', kind: 'Pod' };
const accountKind: SeenKind = { group: '', version: 'v1', resource: 'serviceaccounts', kind: 'ServiceAccount' };

/** The kinds whose templates Kyverno and the like know, by group and kind. */
const controllers: ReadonlyMap<string, SeenKind> = new Map(
  (
    [
      ['apps', 'Deployment', 'deployments'],
      ['apps', 'DaemonSet', 'daemonsets'],
      ['apps', 'StatefulSet', 'statefulsets'],
      ['apps', 'ReplicaSet', 'replicasets'],
      ['', 'ReplicationController', 'replicationcontrollers'],
      ['batch', 'Job', 'jobs'],
      ['batch', 'CronJob', 'cronjobs'],
    ] as const
  ).map(([group, kind, resource]) => [`${group}/${kind}`, { group, version: 'v1', resource, kind }]),
);

/** A pod at its creation. */
export function podSubject(pod: Omit<PodSeen, 'namespace'>, namespace: SeenNamespace): Subject {
  const { serviceAccount, containers } = pod;
  const subject = { ...podKind, name: undefined, namespace, labels: unseenLabels, serviceAccount, containers };
  return withObject(subject, ['spec'], (list) => podSpec(pod, list));
}

/** An object with a template of pods; undefined for a kind that is not known here. */
export function templateSubject(template: TemplateSeen, namespace: SeenNamespace): Subject | undefined {
  const kind = controllers.get(`${groupOf(template.apiVersion)}/${template.kind}`);
  if (!kind) return undefined;
  const { name, serviceAccount, containers, templatePath } = template;
  const subject = { ...kind, name, namespace, labels: unseenLabels, serviceAccount, containers };
  return withObject(subject, templatePath.split('.'), (list) => podSpec(template, list));
}

/** The pod of a template by itself, as Kyverno's policies on pods are asked about templates. */
export function podOfTemplate(subject: Subject): Subject | undefined {
  const { kind, namespace, serviceAccount = 'default', containers = [] } = subject;
  if (kind === podKind.kind || kind === accountKind.kind) return undefined;
  return podSubject({ serviceAccount, containers }, namespace);
}

/** The Job that a CronJob makes. */
export function jobOf(template: TemplateSeen): TemplateSeen | undefined {
  if (template.kind !== 'CronJob') return undefined;
  return { ...template, apiVersion: 'batch/v1', kind: 'Job', name: undefined, templatePath: 'spec.template.spec' };
}

/** A ServiceAccount at its creation. */
export function accountSubject(name: string, namespace: SeenNamespace, labels: SeenLabels): Subject {
  return {
    ...accountKind,
    name,
    namespace,
    labels,
    listPath: ['imagePullSecrets'],
    object: (list) =>
      ValueMap.open({
        apiVersion: 'v1',
        kind: accountKind.kind,
        metadata: metadataOf(name, namespace, labels),
        imagePullSecrets: entriesOf(list),
      }),
  };
}

/** A Namespace as policies see it. */
export function namespaceObject(namespace: SeenNamespace, annotations: SeenLabels): ValueMap {
  const { name } = namespace;
  const metadata = ValueMap.open({
    ...(name !== undefined && { name }),
    namespace: undefined,
    labels: labelsValue(namespace),
    annotations: labelsValue(annotations),
  });
  return ValueMap.open({ apiVersion: 'v1', kind: 'Namespace', metadata });
}

/** A Namespace that is written, as rules are asked about it: it is in itself. */
export function matchedNamespace(namespace: SeenNamespace): Matched {
  const kind = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace' };
  return { ...kind, name: namespace.name, namespace, labels: namespace, operation: 'CREATE' };
}

function withObject(
  subject: Omit<Subject, 'object' | 'listPath'>,
  podPath: readonly string[],
  spec: (list: readonly string[]) => ValueMap,
): Subject {
  const { group, version, kind, name, namespace } = subject;
  const object = (list: readonly string[]): ValueMap => {
    const [first = '', ...rest] = podPath;
    const inner = rest.reduceRight((value, key) => ValueMap.open({ [key]: value }), spec(list));
    return ValueMap.open({
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
      metadata: metadataOf(name, namespace, unseenLabels),
      [first]: inner,
    });
  };
  return { ...subject, listPath: [...podPath, 'imagePullSecrets'], object };
}

function metadataOf(name: string | undefined, namespace: SeenNamespace, labels: SeenLabels): ValueMap {
  return ValueMap.open({
    ...(name !== undefined && { name }),
    ...(namespace.name !== undefined && { namespace: namespace.name }),
    ...(!labels.isOpen && { labels: labelsValue(labels) }),
  });
}

/** Labels as a value; a map without any is not there. */
function labelsValue({ labels, isOpen }: SeenLabels): Value | undefined {
  return isOpen || labels.size > 0 ? new ValueMap(labels, isOpen) : undefined;
}

function podSpec(
  { containers, serviceAccount }: Pick<PodSeen, 'containers' | 'serviceAccount'>,
  list: readonly string[],
): ValueMap {
  return ValueMap.open({
    containers: containersIn(containers, 'containers') ?? [],
    initContainers: containersIn(containers, 'initContainers'),
    ephemeralContainers: containersIn(containers, 'ephemeralContainers'),
    volumes: volumesIn(containers),
    serviceAccountName: serviceAccount,
    imagePullSecrets: entriesOf(list),
  });
}

function containersIn(containers: readonly ContainerSeen[], list: ContainerSeen['list']): Value[] | undefined {
  const found = containers.filter((each) => each.list === list);
  return found.length === 0 ? undefined : found.map(({ name, image }) => ValueMap.open({ name, image }));
}

/** Those with images, and one that stands for the others: they have none. */
function volumesIn(containers: readonly ContainerSeen[]): Value[] {
  const images = containers.filter(({ list }) => list === 'volumes');
  return [
    ...images.map(({ name, image }) => ValueMap.open({ name, image: ValueMap.open({ reference: image }) })),
    ValueMap.open({ image: undefined }),
  ];
}

/** A list that is empty is not there. */
function entriesOf(list: readonly string[]): Value[] | undefined {
  if (list.length === 0) return undefined;
  return list.map((name) => new ValueMap(name === '' ? [] : [['name', name]]));
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
}
