import fc from 'fast-check';
import type { KubeObject } from '../cluster/kube-object.js';
import { names } from '../cluster/objects.js';
import { podCase, type SecretCase } from '../oracle/cases.js';
import { secretData } from '../oracle/ours.js';

/** A namespace with what is put into it, before pods are. */
export interface NamespaceCase {
  readonly labels: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretCase[];
  /** The lists of the account `builder` and of `default`; undefined where no manifest says one. */
  readonly builder: readonly string[];
  readonly ofDefault: readonly string[] | undefined;
  readonly pods: readonly PodInNamespace[];
}

/** A pod, made by itself or by a Deployment. */
export interface PodInNamespace {
  readonly kind: 'Pod' | 'Deployment';
  readonly account: 'default' | 'builder';
  readonly own: readonly string[];
  readonly images: readonly string[];
  readonly isInitFirst: boolean;
  readonly volume: string | undefined;
}

/** The labels by which the policies of a test choose namespaces. */
export const podsLabel = 'proof.example/pods';
export const accountsLabel = 'proof.example/accounts';
export const clonesLabel = 'proof.example/clones';

/** Images of the registries that the policies are about, of public paths below them, and what looks like them. */
const images = fc.constantFrom(
  ...[
    'registry.example/acme/app:v1',
    'registry.example/acme',
    'registry.example/acme/open/tool',
    'registry.example/acmes/x',
  ],
  ...[
    'busybox',
    'docker.io/org/app:1',
    'index.docker.io/library/redis',
    'org/app',
    'quay.io/team/app',
    'quay.io/other/app',
  ],
  ...['quay.io/Team/app', 'quay.io:443/team/app', 'localhost:5000/app', 'registry.example/acme/app:v1@sha256:0'],
);
const keys = fc.constantFrom(
  ...[
    'registry.example',
    'registry.example/acme',
    'registry.example/acme/open',
    '*.example',
    'https://registry.example/v1/',
  ],
  ...['https://index.docker.io/v1/', 'docker.io', 'docker.io/org', 'quay.io', 'quay.io/team', 'quay.io/te'],
);
const entry = fc.constantFrom('{"username":"u","password":"p"}', '{"auth":"dTpw"}', '{}', '{"auth":"pants"}');
const good = fc.array(fc.tuple(keys, entry), { minLength: 1, maxLength: 3 }).map((entries) => ({
  type: 'kubernetes.io/dockerconfigjson',
  key: '.dockerconfigjson',
  document: `{"auths":{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}}`,
}));

/** Names of Secrets: some exist, and some policies add. */
function secretNames(policyNames: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom('s0', 's1', 's2', 'absent', ...policyNames);
}

const among = <T>(...choices: readonly [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Generated namespaces; each has so many pods. Where labels are as wanted, policies act. */
export function namespaceCase(
  policyNames: readonly string[],
  pods: number,
  wanted: string,
): fc.Arbitrary<NamespaceCase> {
  const list = fc.uniqueArray(secretNames(policyNames), { maxLength: 3 });
  const labels = fc.record(
    Object.fromEntries(
      [podsLabel, accountsLabel, clonesLabel].map((key) => [key, fc.constantFrom(wanted, wanted, 'no')]),
    ),
    { requiredKeys: [] },
  );
  const secrets = among<readonly Omit<SecretCase, 'name'>[]>(
    [3, fc.array(good, { maxLength: 3 })],
    [1, podCase.map((pod) => pod.secrets)],
  ).map((found) => found.map((each, index) => ({ ...each, name: `s${index}` })));
  const pod = fc.record<PodInNamespace>({
    kind: among([8, fc.constant('Pod' as const)], [1, fc.constant('Deployment' as const)]),
    account: fc.constantFrom('default', 'builder'),
    own: among<readonly string[]>([3, fc.constant<string[]>([])], [2, list]),
    images: fc.array(images, { minLength: 1, maxLength: 3 }),
    isInitFirst: fc.boolean(),
    volume: fc.option(images, { nil: undefined, freq: 6 }),
  });
  return fc.record({
    labels: labels as fc.Arbitrary<Record<string, string>>,
    secrets,
    builder: list,
    ofDefault: fc.option(list, { nil: undefined }),
    pods: fc.array(pod, { minLength: pods, maxLength: pods }),
  });
}

/** The objects of a namespace that stand there before its pods. */
export function objectsBefore(name: string, { secrets, builder, ofDefault }: NamespaceCase): KubeObject[] {
  const account = (of: string, list: readonly string[]): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: of, namespace: name },
    ...(list.length > 0 && { imagePullSecrets: names(...list) }),
  });
  return [
    ...secrets.map((each): KubeObject => {
      const { name: secret, type, data } = secretData(each);
      return { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace: name }, type, data };
    }),
    account('builder', builder),
    ...(ofDefault ? [account('default', ofDefault)] : []),
  ];
}

/** The manifest of a pod. */
export function podManifest(namespace: string, name: string, pod: PodInNamespace): KubeObject {
  const { kind, account, own, images: all, isInitFirst, volume } = pod;
  const containers = all.map((image, index) => ({ name: `c${index}`, image }));
  const init = isInitFirst && containers.length > 1 ? containers.slice(0, 1) : [];
  const spec = {
    serviceAccountName: account,
    ...(own.length > 0 && { imagePullSecrets: names(...own) }),
    ...(init.length > 0 && { initContainers: init }),
    containers: containers.slice(init.length),
    ...(volume !== undefined && { volumes: [{ name: 'v', image: { reference: volume } }] }),
  };
  const metadata = { name, namespace };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata, spec };
  const labels = { app: name };
  const template = { metadata: { labels }, spec };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { selector: { matchLabels: labels }, template } };
}
