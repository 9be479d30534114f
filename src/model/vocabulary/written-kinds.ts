import { generatorKinds } from './generators.js';

/** A kind that this package writes. */
export interface WrittenKind {
  readonly kind: string;
  /** The group of its apiVersion, of which every version is taken for ours; empty for `v1`. */
  readonly group: string;
  /** Its place in a file, from the top; kinds without one follow by name. */
  readonly rank?: number;
  /** True where a diff may show its fields; a Secret is always shown without values. */
  readonly isOpen: boolean;
  /** The access that it gives, where it is no delivery. */
  readonly gives?: 'secret' | 'listing' | 'grant';
  /** Whether it is one of what a pull secret brings along once per cluster: always, or where its name says so. */
  readonly delivery?: 'always' | 'by name';
}

/** The kind of what gives a policy its rights. */
export const roleKind = 'ClusterRole';

const rbac = { group: 'rbac.authorization.k8s.io', isOpen: true } as const;
const admission = { group: 'admissionregistration.k8s.io', isOpen: true } as const;
const kyverno = { group: 'policies.kyverno.io', isOpen: true, delivery: 'always' } as const;
const externalSecrets = { group: 'external-secrets.io', isOpen: true } as const;
const generatorObject = { group: 'generators.external-secrets.io', isOpen: true, delivery: 'always' } as const;

/** The table of kinds that this package writes. A kind that is not in it may hold a credential in any of its fields. */
export const writtenKinds: readonly WrittenKind[] = [
  { kind: 'Namespace', group: '', rank: 1, isOpen: true },
  { kind: 'Secret', group: '', rank: 2, isOpen: false, gives: 'secret' },
  { kind: 'ExternalSecret', ...externalSecrets, rank: 3, gives: 'secret', delivery: 'by name' },
  { kind: 'SealedSecret', group: 'bitnami.com', rank: 4, isOpen: true, gives: 'secret' },
  { kind: 'ServiceAccount', group: '', rank: 5, isOpen: true, gives: 'listing', delivery: 'by name' },
  { kind: 'RoleBinding', ...rbac, rank: 6, gives: 'grant', delivery: 'by name' },
  { kind: 'Role', ...rbac, delivery: 'by name' },
  { kind: roleKind, ...rbac, delivery: 'always' },
  { kind: 'ClusterRoleBinding', ...rbac, delivery: 'always' },
  { kind: 'Deployment', group: 'apps', isOpen: true, delivery: 'always' },
  { kind: 'GeneratingPolicy', ...kyverno },
  { kind: 'MutatingPolicy', ...kyverno },
  { kind: 'ClusterPolicy', ...kyverno, group: 'kyverno.io' },
  { kind: 'MutatingAdmissionPolicy', ...admission, delivery: 'always' },
  { kind: 'MutatingAdmissionPolicyBinding', ...admission },
  { kind: 'ClusterExternalSecret', ...externalSecrets, delivery: 'always' },
  { kind: 'ClusterSecretStore', ...externalSecrets, delivery: 'always' },
  { kind: 'ClusterGenerator', ...generatorObject },
  ...Object.values(generatorKinds).map(({ kind }) => ({ kind, ...generatorObject })),
  { kind: 'Application', group: 'argoproj.io', isOpen: true },
  { kind: 'Kustomization', group: 'kustomize.config.k8s.io', isOpen: true },
  { kind: 'Kustomization', group: 'kustomize.toolkit.fluxcd.io', isOpen: true },
];

/** True for a version of the group of a kind. */
export function isVersionOf({ group }: WrittenKind, apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && (group === '' ? apiVersion === 'v1' : apiVersion.startsWith(`${group}/`));
}
