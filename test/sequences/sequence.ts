import type { PullSecretData } from '../../src/model/keyring/keyring.js';

/** One commit of a sequence. */
export interface Step {
  /** What the commit does. */
  readonly says: string;
  /** The files it writes; undefined removes one. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly argv?: readonly string[];
  /** The run stops and says this; nothing is written, and the next step starts from here. */
  readonly stops?: readonly string[];
  /** Warnings that the run gives, by code. */
  readonly warns?: readonly string[];
  /** What the kubelet offers to pods that are made now, in its order. */
  readonly offers?: Readonly<Record<string, readonly string[]>>;
  /** Lists of accounts in the cluster after it. */
  readonly lists?: Readonly<Record<string, readonly string[] | undefined>>;
  /** The Secrets that exist after it. */
  readonly secrets?: readonly string[];
  /** Secrets that somebody else makes. */
  readonly others?: readonly PullSecretData[];
  /** Every pod is made anew before the next commit. */
  readonly replaced?: boolean;
}

/** A change that takes several commits, during which no pod may lose access. */
export interface Sequence {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** The parts of a config that sequences change, each a line. */
export interface ConfigParts {
  readonly registries?: readonly string[];
  readonly pullSecrets?: readonly string[];
  readonly clusters?: readonly string[];
  readonly rest?: readonly string[];
}

export const ghcr = 'ghcr: { preset: ghcr, path: acme }';
export const k8s = 'k8s:  { host: registry.k8s.io, access: public }';

/** A pull secret from a store, on one line. */
export const external = (name: string, registry: string, key: string) =>
  `${name}: { registries: [${registry}], source: { external: { store: vault, key: ${key} } } }`;

/** A config with these parts. */
export function configOf(parts: ConfigParts): string {
  const {
    registries = [ghcr, k8s],
    pullSecrets = [external('ghcr-pull', 'ghcr', 'registries/ghcr')],
    clusters = ['prod: { gitops: argocd }'],
    rest = [],
  } = parts;
  const block = (title: string, lines: readonly string[]) => [`${title}:`, ...lines.map((line) => `  ${line}`)];
  return [
    'version: 1',
    ...block('registries', registries),
    ...block('pullSecrets', pullSecrets),
    ...block('clusters', clusters),
    'workloads: [apps]',
    ...rest,
    '',
  ].join('\n');
}

/** A Deployment as people write it. */
export function app(namespace: string, name: string, image: string, account?: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    spec:
${account === undefined ? '' : `      serviceAccountName: ${account}\n`}      containers:
        - name: ${name}
          image: ${image}
`;
}
