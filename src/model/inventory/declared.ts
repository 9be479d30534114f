import type { Problem } from '../problem/problem.js';
import { deliveryOf } from './copying-program.js';
import type {
  BindingSubject,
  DeclaredAccount,
  DeclaredBinding,
  DeclaredDelivery,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
  Gitops,
} from './declared-object.js';
import { readExternalSecret, readSealedSecret, readSecret } from './declared-secret.js';
import { imageStreamSpec } from './image-stream.js';
import { keptAnnotations } from './kept-annotations.js';
import { managedMetadata } from './managed-fields.js';
import { mirrorKinds, mirrorsOf } from './mirror-set.js';
import {
  headOf,
  headText,
  isLive,
  located,
  named,
  type ObjectContext,
  type ObjectHead,
  textsOf,
  wrongKind,
} from './object-head.js';
import { groupOf } from './pod-kind-index.js';
import type { Tree } from './tree.js';
import { engineOf } from './unseen.js';

/** An object that is no workload but matters to pulls. */
export type Declared =
  | { readonly account: DeclaredAccount }
  | { readonly namespace: DeclaredNamespace }
  | { readonly secret: DeclaredSecret }
  | { readonly imageStream: DeclaredImageStream }
  | { readonly delivery: DeclaredDelivery }
  | { readonly binding: DeclaredBinding }
  | { readonly mirrors: readonly DeclaredMirrors[] }
  | { readonly gitops: Gitops };

/** How to read a declared object. */
export interface DeclaredContext extends ObjectContext {
  /** Keeps the values of Secrets, wrapped. @default false */
  readonly keepSecretData?: boolean;
}

type Reader = (object: Tree, head: ObjectHead, keep: boolean, problems: Problem[]) => Declared | undefined;

/** The kinds that copy pull secrets or put them on lists. */
const deliveryKinds = [
  'external-secrets.io/ClusterExternalSecret',
  ...['ClusterPolicy', 'Policy'].map((kind) => `kyverno.io/${kind}`),
  ...['MutatingPolicy', 'NamespacedMutatingPolicy', 'GeneratingPolicy', 'NamespacedGeneratingPolicy'].map(
    (kind) => `policies.kyverno.io/${kind}`,
  ),
  ...['Assign', 'ModifySet'].map((kind) => `mutations.gatekeeper.sh/${kind}`),
  ...['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'].map(
    (kind) => `admissionregistration.k8s.io/${kind}`,
  ),
];

/** The kinds of bindings. */
const bindingKinds = ['RoleBinding', 'ClusterRoleBinding'].map((kind) => `rbac.authorization.k8s.io/${kind}`);

/** Objects beside which nothing is written: what is wrong with their names is for others to say. */
const actingKinds: ReadonlySet<string> = new Set([...deliveryKinds, ...bindingKinds]);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['/ServiceAccount', readAccount],
  ['/Namespace', readNamespace],
  ['project.openshift.io/Project', readNamespace],
  ['/Secret', (object, head, keep) => ({ secret: readSecret(object, head, keep) })],
  ['bitnami.com/SealedSecret', (object, head, keep) => ({ secret: readSealedSecret(object, head, keep) })],
  ['external-secrets.io/ExternalSecret', (object, head, keep) => ({ secret: readExternalSecret(object, head, keep) })],
  ['image.openshift.io/ImageStream', readImageStream],
  ...bindingKinds.map((key) => [key, readBinding] as const),
  ...deliveryKinds.map((key) => [key, readDelivery] as const),
]);

/**
 * Reads a ServiceAccount, Namespace, Secret, SealedSecret, ExternalSecret or ImageStream, the mirrors of OpenShift, and
 * what tells of a GitOps engine; undefined for any other object. Wrong types are `manifest-wrong-type`, and no message shows a value.
 */
export function declaredIn(object: Tree, problems: Problem[], context: DeclaredContext = {}): Declared | undefined {
  const apiVersion = object.get('apiVersion')?.string() ?? context.apiVersion ?? '';
  const kind = object.get('kind')?.string() ?? context.kind ?? '';
  const key = `${groupOf(apiVersion)}/${kind}`;
  const gitops = engineOf(apiVersion, kind);
  if (gitops) return { gitops };
  const reader = readers.get(key);
  if (!reader && !mirrorKinds.has(key)) return undefined;
  const wrong: Problem[] = [];
  const head = headOf(object, wrong, context);
  if (!actingKinds.has(key)) problems.push(...wrong);
  if (wrong.length > 0) return undefined;
  return reader
    ? reader(object, head, context.keepSecretData === true, problems)
    : { mirrors: mirrorsOf(object, key, head) };
}

function readAccount(object: Tree, head: ObjectHead, _keep: boolean, problems: Problem[]): Declared {
  const list = object.get('imagePullSecrets');
  if (list && list.kind !== 'list' && list.kind !== 'null')
    problems.push(wrong(head, 'imagePullSecrets', list, 'list'));
  const pullSecrets = (list?.items() ?? []).map((item, index) => {
    const field = `imagePullSecrets[${index}]`;
    const name = item.get('name');
    if (item.kind !== 'map' && item.kind !== 'null') problems.push(wrong(head, field, item, 'map'));
    if (name && name.kind !== 'text' && name.kind !== 'null') problems.push(wrong(head, `${field}.name`, name, 'text'));
    return name?.string() ?? '';
  });
  const place = list?.place();
  const labels = textsOf(object.get('metadata')?.get('labels'));
  const marks = list?.marks() ?? [];
  return {
    account: {
      ...named(head),
      ...(labels.size > 0 && { labels }),
      ...keptAnnotations(object),
      ...managedMetadata(object),
      pullSecrets,
      ...(marks.length > 0 && { marks }),
      ...(isLive(object) && { isLive: true }),
      ...(place && { pullSecretsPlace: place }),
      ...located(head),
    },
  };
}

function readNamespace(object: Tree, head: ObjectHead): Declared {
  const labels = textsOf(object.get('metadata')?.get('labels'));
  const annotations = textsOf(object.get('metadata')?.get('annotations'));
  return {
    namespace: {
      name: head.name,
      labels,
      ...(annotations.size > 0 && { annotations }),
      ...managedMetadata(object),
      ...located(head),
    },
  };
}

function readImageStream(object: Tree, head: ObjectHead): Declared {
  return { imageStream: { ...named(head), ...imageStreamSpec(object), ...(head.place && { place: head.place }) } };
}

function readDelivery(object: Tree, head: ObjectHead): Declared {
  return { delivery: deliveryOf(object, head) };
}

/** The roles that let pull: github.com/openshift/origin, `system:image-puller` and those that hold its rights. */
const pullerRoles = new Set(['system:image-puller', 'system:image-builder', 'admin', 'edit', 'view', 'cluster-admin']);

function readBinding(object: Tree, head: ObjectHead): Declared | undefined {
  const roleRef = object.get('roleRef');
  const role = roleRef?.get('name')?.string() ?? '';
  if (roleRef?.get('kind')?.string() !== 'ClusterRole' || !pullerRoles.has(role)) return undefined;
  const { kind, place } = head;
  const subjects = (object.get('subjects')?.items() ?? []).map((subject): BindingSubject => {
    const namespace = subject.get('namespace')?.string();
    return {
      kind: subject.get('kind')?.string() ?? '',
      name: subject.get('name')?.string() ?? '',
      ...(namespace && { namespace }),
    };
  });
  return { binding: { kind, ...named(head), role, ...keptAnnotations(object), subjects, ...(place && { place }) } };
}

function wrong(head: ObjectHead, field: string, value: Tree, expected: 'list' | 'map' | 'text'): Problem {
  return wrongKind(`${headText(head)}: ${field}`, value, expected);
}
