import { compareText } from '../names/names.js';
import type { Grant } from '../needs/grants.js';
import { type DistributionName, distributionNames, distributions } from '../vocabulary/distributions.js';
import { generatorKinds } from '../vocabulary/generators.js';
import type { SecretName } from '../vocabulary/global-pull-secret.js';
import type { SourceName } from '../vocabulary/sources.js';

/**
 * The annotation of what is retired. On an object that makes a pull secret: `true`, or the keys of the entries that
 * leave while it stays. On a service account: the names that its list has lost.
 */
export const retiredAnnotation = 'cdk8s-image-pull/retired';

/**
 * The annotation of the object that makes the pull secret of every node: the entries that are ours, as
 * `<pull secret>=<key>`, with a blank between them. Its other entries are those of somebody else.
 */
export const entriesAnnotation = 'cdk8s-image-pull/entries';

/** The mark of an object that is to leave as a whole. */
export const wholeMark = 'true';

type Json = Readonly<Record<string, unknown>>;

/** An object with a mark. */
export type MarkedObject = Json & { readonly apiVersion: string; readonly kind: string };

/** An object as it stands in a file of the output. It may hold a credential, so nothing of it prints. */
export class FormerObject {
  readonly #value: Json;

  constructor(value: Json) {
    this.#value = value;
  }

  /** The object as it stands but for the mark. */
  marked(mark: string): MarkedObject {
    const value = this.#value as MarkedObject & { metadata?: Json & { annotations?: Json } };
    const annotations = sorted({ ...value.metadata?.annotations, [retiredAnnotation]: mark });
    return { ...value, metadata: sorted({ ...value.metadata, annotations }) };
  }
}

/** An object in the output that makes a pull secret. */
export interface FormerSecret {
  readonly namespace: string;
  readonly name: string;
  readonly kind: FormerSecretKind;
  /** The keys of the entries of its docker config, as far as they can be read. */
  readonly keys: readonly string[];
  /** True for the Secret that others are copied from. */
  readonly isSource: boolean;
  /** The distribution that its annotations tell to copy it. */
  readonly copiedBy: DistributionName | undefined;
  /** What an earlier run marked retired: {@link wholeMark}, or keys. */
  readonly marks: readonly string[];
  /** Undefined where the object is not as this package writes it; it is never written again. */
  readonly object: FormerObject | undefined;
}

/** The kinds that make a pull secret. */
export type FormerSecretKind = 'Secret' | 'ExternalSecret';

/** What the object of each source is. */
export const writtenKinds: Readonly<
  Partial<Record<SourceName, { readonly kind: FormerSecretKind; readonly apiVersion: RegExp }>>
> = {
  external: { kind: 'ExternalSecret', apiVersion: /^external-secrets\.io\// },
  plaintext: { kind: 'Secret', apiVersion: /^v1$/ },
};

/** The kind of what gives a policy its rights. */
export const roleKind = 'ClusterRole';

/** A kind of what a pull secret brings along once per cluster. */
export interface DeliveryKind {
  readonly kind: string;
  readonly apiVersion: RegExp;
  /** True where the output has objects of this kind for other ends, too: the name tells. */
  readonly isShared?: true;
}

/** The kinds of policies, of what copies without one, and of what gives them their rights. */
export const deliveryKinds: readonly DeliveryKind[] = [
  { kind: 'GeneratingPolicy', apiVersion: /^policies\.kyverno\.io\// },
  { kind: 'MutatingPolicy', apiVersion: /^policies\.kyverno\.io\// },
  { kind: 'ClusterPolicy', apiVersion: /^kyverno\.io\// },
  { kind: 'MutatingAdmissionPolicy', apiVersion: /^admissionregistration\.k8s\.io\// },
  { kind: 'Deployment', apiVersion: /^apps\// },
  { kind: roleKind, apiVersion: /^rbac\.authorization\.k8s\.io\// },
  { kind: 'ClusterRoleBinding', apiVersion: /^rbac\.authorization\.k8s\.io\// },
  { kind: 'ClusterExternalSecret', apiVersion: /^external-secrets\.io\// },
  { kind: 'ClusterSecretStore', apiVersion: /^external-secrets\.io\// },
  { kind: 'ExternalSecret', apiVersion: /^external-secrets\.io\//, isShared: true },
  { kind: 'ServiceAccount', apiVersion: /^v1$/, isShared: true },
  { kind: 'Role', apiVersion: /^rbac\.authorization\.k8s\.io\//, isShared: true },
  { kind: 'RoleBinding', apiVersion: /^rbac\.authorization\.k8s\.io\//, isShared: true },
  ...['ClusterGenerator', ...Object.values(generatorKinds).map(({ kind }) => kind)].map((kind) => ({
    kind,
    apiVersion: /^generators\.external-secrets\.io\//,
  })),
];

/** A policy in the output, the ClusterRole of one, or another object that a pull secret brought along. */
export interface FormerDelivery {
  readonly kind: string;
  readonly name: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace: string | undefined;
  /** The folder that its file lies in. */
  readonly stage: 'sources' | 'policies';
  /** What an earlier run marked retired: {@link wholeMark}. */
  readonly marks: readonly string[];
  /** Undefined where the object is not as this package writes it. */
  readonly object: FormerObject | undefined;
}

/** A grant in the output. */
export interface FormerGrant extends Pick<Grant, 'from' | 'to' | 'serviceAccount'> {
  /** What an earlier run marked retired: {@link wholeMark}. */
  readonly marks: readonly string[];
  /** Undefined where the object is not as this package writes it. */
  readonly object: FormerObject | undefined;
}

/** The kind of a grant. */
export const grantKind = { kind: 'RoleBinding', apiVersion: /^rbac\.authorization\.k8s\.io\// } as const;

/** A service account in the output. */
export interface FormerAccount {
  readonly namespace: string;
  readonly name: string;
  readonly pullSecrets: readonly string[];
  /** The names that an earlier run marked retired. */
  readonly marks: readonly string[];
}

/** The object in the output that makes the pull secret of every node. */
export interface FormerGlobal extends SecretName {
  /** The entries of ours. */
  readonly entries: readonly FormerEntry[];
  /** The keys of the other entries, where the object holds them itself. */
  readonly others: readonly string[];
  /** The keys that an earlier run marked retired. */
  readonly marks: readonly string[];
  /** Undefined where the object is not as this package writes it. */
  readonly object: FormerObject | undefined;
}

/** An entry of ours, and the pull secret that it comes from. */
export interface FormerEntry {
  readonly pullSecret: string;
  readonly key: string;
}

/** Reads {@link entriesAnnotation}; what is no entry in it is left out. */
export function entriesOfAnnotation(text: unknown): FormerEntry[] {
  if (typeof text !== 'string') return [];
  return text.split(' ').flatMap((part) => {
    const [, pullSecret = '', key = ''] = /^([a-z0-9.-]+)=([A-Za-z0-9._:*[\]/-]+)$/.exec(part) ?? [];
    return pullSecret === '' ? [] : [{ pullSecret, key }];
  });
}

/** What the files of an earlier run give to one cluster. */
export interface FormerOutput {
  readonly global: FormerGlobal | undefined;
  readonly secrets: readonly FormerSecret[];
  readonly accounts: readonly FormerAccount[];
  readonly deliveries: readonly FormerDelivery[];
  readonly grants: readonly FormerGrant[];
  /** Files that somebody broke since; what they gave is not known. */
  readonly broken: readonly string[];
}

/** The distribution that annotations of a Secret tell to copy it; undefined if they tell none. */
export function copierIn(annotations: unknown): DistributionName | undefined {
  const keys = Object.keys((annotations as Json | null | undefined) ?? {});
  return distributionNames.find((name) => {
    const { annotationPrefix } = distributions[name];
    return annotationPrefix !== undefined && keys.some((key) => key.startsWith(annotationPrefix));
  });
}

/** The parts of a mark. */
export function marksOf(annotations: unknown): string[] {
  const mark: unknown = (annotations as Json | null | undefined)?.[retiredAnnotation];
  return typeof mark === 'string' ? mark.split(',').filter((part) => part !== '') : [];
}

function sorted(map: Json): Json {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}
