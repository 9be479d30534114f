import { account, deployment, entry, listing, pullSecret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const list = '{ name: pull }';

/** A ClusterPolicy of kyverno.io with one rule. */
function legacy(kinds: string, mutate: string, more = '', annotations = ''): string {
  return `{ apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: { name: add, annotations: { ${annotations} } }, spec: { rules: [{ name: add, match: { any: [{ resources: { kinds: [${kinds}], ${more} } }] }, mutate: { ${mutate} } }] } }`;
}

const noAutogen = 'pod-policies.kyverno.io/autogen-controllers: none';
const merge = `patchStrategicMerge: { spec: { imagePullSecrets: [${list}] } }`;
const onCreate = 'operations: [CREATE]';

/** A policy of CEL that adds to a list. */
function mutating(
  resources: string,
  operations: string,
  spec = 'autogen: { podControllers: { controllers: [] } },',
  version = 'policies.kyverno.io/v1',
  kind = 'MutatingPolicy',
  patch = 'JSONPatch',
): string {
  const patched =
    patch === 'JSONPatch'
      ? `{ patchType: JSONPatch, jsonPatch: { expression: '[JSONPatch{op: "add", path: "/spec/imagePullSecrets", value: [{"name": "pull"}]}]' } }`
      : `{ patchType: ApplyConfiguration, applyConfiguration: { expression: 'Object{imagePullSecrets: [Object.imagePullSecrets{name: "pull"}]}' } }`;
  return `{ apiVersion: ${version}, kind: ${kind}, metadata: { name: add }, spec: { ${spec} matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [${operations}], resources: [${resources}] }] }, mutations: [${patched}] } }`;
}

export const policyCases: readonly RuleCase[] = [
  {
    code: 'policy-matches-update',
    title: 'a ClusterPolicy that names no operation',
    broken: [legacy('Pod', merge)],
    at: '1 ClusterPolicy add',
    fine: [legacy('Pod', merge, onCreate), legacy('Deployment', merge)],
  },
  {
    code: 'policy-matches-update',
    title: 'a MutatingPolicy at UPDATE',
    broken: [mutating('pods', 'CREATE, UPDATE')],
    at: '1 MutatingPolicy add',
    fine: [mutating('pods', 'CREATE')],
  },
  {
    code: 'policy-writes-templates',
    title: 'a ClusterPolicy whose rule is rewritten for controllers',
    broken: [legacy('Pod', merge, onCreate)],
    at: '1 ClusterPolicy add',
    fine: [legacy('Pod', merge, onCreate, noAutogen)],
  },
  {
    code: 'policy-writes-templates',
    title: 'a MutatingPolicy without autogen switched off',
    broken: [mutating('pods', 'CREATE', '')],
    at: '1 MutatingPolicy add',
    fine: [mutating('pods', 'CREATE')],
  },
  {
    code: 'policy-replaces-list',
    title: 'a strategic merge on service accounts',
    broken: [legacy('ServiceAccount', `patchStrategicMerge: { imagePullSecrets: [${list}] }`)],
    at: '1 ClusterPolicy add',
    fine: [
      legacy('ServiceAccount', `patchesJson6902: '[{ op: add, path: /imagePullSecrets/-, value: ${list} }]'`),
      legacy('Pod', merge),
    ],
  },
  {
    code: 'policy-apply-refused',
    title: 'ApplyConfiguration on service accounts',
    broken: [
      mutating('serviceaccounts', 'CREATE', '', 'policies.kyverno.io/v1', 'MutatingPolicy', 'ApplyConfiguration'),
    ],
    at: '1 MutatingPolicy add',
    fine: [mutating('serviceaccounts', 'CREATE')],
  },
  {
    code: 'policy-replaces-list',
    title: 'ApplyConfiguration by server-side apply on service accounts',
    broken: [
      mutating(
        'serviceaccounts',
        'CREATE',
        'evaluation: { useServerSideApply: true },',
        'policies.kyverno.io/v1',
        'MutatingPolicy',
        'ApplyConfiguration',
      ),
    ],
    at: '1 MutatingPolicy add',
    fine: [mutating('serviceaccounts', 'CREATE', 'evaluation: { useServerSideApply: true },')],
  },
  {
    code: 'policy-version-alpha',
    title: 'v1alpha1 of Kyverno',
    broken: [mutating('pods', 'CREATE', '', 'policies.kyverno.io/v1alpha1')],
    at: '1 MutatingPolicy add',
    fine: [mutating('pods', 'CREATE')],
  },
  {
    code: 'policy-deprecated',
    title: 'a ClusterPolicy on Kyverno 1.17',
    cluster: { kyverno: '1.17' },
    broken: [legacy('Pod', merge)],
    at: '1 ClusterPolicy add',
    fine: [mutating('pods', 'CREATE'), legacy('Pod', 'patchStrategicMerge: { metadata: { labels: { a: b } } }')],
  },
  {
    code: 'policy-not-served',
    title: 'v1 on Kyverno 1.16',
    cluster: { kyverno: '1.16' },
    broken: [mutating('pods', 'CREATE')],
    at: '1 MutatingPolicy add',
    fine: [mutating('pods', 'CREATE', '', 'policies.kyverno.io/v1beta1')],
  },
  {
    code: 'policy-not-served',
    title: "the API server's own policy before 1.36",
    cluster: { kubernetes: '1.35' },
    broken: [mutating('pods', 'CREATE', '', 'admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy')],
    at: '1 MutatingAdmissionPolicy add',
    fine: [mutating('pods', 'CREATE', '', 'admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy')],
  },
  {
    code: 'account-list-fights',
    title: 'a list to which a policy appends',
    broken: [
      account('a', 'web', ['other']),
      mutating('serviceaccounts', 'CREATE, UPDATE', 'failurePolicy: Fail,').replaceAll(
        '/spec/imagePullSecrets", value: [{"name": "pull"}]',
        '/imagePullSecrets/-", value: {"name": "pull"}',
      ),
    ],
    at: '1 ServiceAccount a/web',
    says: 'appends pull',
    fine: [account('a', 'web', ['other']), mutating('pods', 'CREATE')],
  },
];

/** A policy of Kyverno that clones `pull` of namespace `hub` into namespaces. */
function cloning(name = 'clone', source = 'pull'): string {
  return `{ apiVersion: policies.kyverno.io/v1, kind: GeneratingPolicy, metadata: { name: ${name} }, spec: { evaluation: { generateExisting: { enabled: true } }, matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [namespaces] }] }, variables: [{ name: target, expression: object.metadata.name }, { name: source, expression: 'resource.Get("v1", "secrets", "hub", "${source}")' }], generate: [{ expression: 'generator.Apply(variables.target, [variables.source])' }] } }`;
}

const a = '{ apiVersion: v1, kind: Namespace, metadata: { name: a } }';
const argocd = '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: p, namespace: argocd } }';
const hub = pullSecret('hub', 'pull', { 'ghcr.io': entry });
const kept = 'annotations: { argocd.argoproj.io/sync-options: "Prune=false,Delete=false" }, name: pull, namespace: hub';
const hubKept = hub.replace('name: pull, namespace: hub', kept);
const external = (target: string) =>
  `{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: pull, namespace: hub }, spec: { target: { ${target} template: { type: kubernetes.io/dockerconfigjson } } } }`;

export const cloneCases: readonly RuleCase[] = [
  {
    code: 'policy-name-too-long',
    title: 'a name of 64 characters',
    broken: [cloning('x'.repeat(64))],
    at: `1 GeneratingPolicy ${'x'.repeat(64)}`,
    fine: [cloning('x'.repeat(63)), mutating('pods', 'CREATE').replace('name: add', `name: ${'x'.repeat(64)}`)],
  },
  {
    code: 'clone-source-absent',
    title: 'a copy of what nothing declares',
    broken: [a, cloning()],
    at: '2 GeneratingPolicy clone',
    fine: [a, cloning(), hub],
  },
  {
    code: 'clone-blocked',
    title: 'a Secret where the copy is to be',
    broken: [a, cloning(), hub, pullSecret('a', 'pull', { 'quay.io': entry })],
    at: '4 Secret a/pull',
    fine: [a, cloning(), hub, pullSecret('a', 'other', { 'quay.io': entry })],
  },
  {
    code: 'clone-garbage-collected',
    title: 'a copy of a Secret that an ExternalSecret owns, before 1.19',
    cluster: { kyverno: '1.18' },
    broken: [a, cloning(), external('')],
    at: '3 ExternalSecret hub/pull',
    fine: [a, cloning(), external('creationPolicy: Orphan,')],
  },
  {
    code: 'clone-source-unprotected',
    title: 'a Secret that is copied with the mark of its Application',
    broken: [a, cloning(), hub, argocd],
    at: '3 Secret hub/pull',
    fine: [a, cloning(), hubKept, argocd],
  },
];

const web = 'ghcr.io/acme/web';
const helmRelease =
  '{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: x, namespace: a }, spec: { chart: { spec: { chart: x } } } }';
const other = { username: 'v', password: 'q' };
const inHouse = 'image-registry.openshift-image-registry.svc:5000';
const binding = (subject: string) =>
  `{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: { name: pullers, namespace: b }, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: 'system:image-puller' }, subjects: [${subject}] }`;
const group = (name: string) => `{ kind: Group, name: '${name}' }`;

export const leastPrivilegeCases: readonly RuleCase[] = [
  {
    code: 'credential-unneeded',
    title: 'a pull secret on an account that none of its pods has use for',
    broken: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'quay.io': entry }),
      deployment('a', 'web', 'nginx'),
    ],
    at: '1 ServiceAccount a/default',
    fine: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'quay.io': entry }),
      deployment('a', 'web', 'nginx'),
      deployment('a', 'api', 'quay.io/acme/api'),
    ],
  },
  {
    code: 'credential-unneeded',
    title: 'a pull secret on a pod that it has no use for',
    broken: [pullSecret('a', 'pull', { 'quay.io': entry }), deployment('a', 'web', 'nginx', listing('pull'))],
    at: '2 Deployment a/web',
    fine: [pullSecret('a', 'pull', { 'quay.io': entry }), deployment('a', 'web', web, listing('pull'))],
  },
  {
    code: 'credential-unneeded',
    title: 'a pull secret on an account, beside a chart of another namespace that was read',
    broken: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'quay.io': entry }),
      deployment('a', 'web', 'nginx'),
    ],
    at: '1 ServiceAccount a/default',
    fine: [
      account('a', 'default', ['pull']),
      pullSecret('a', 'pull', { 'quay.io': entry }),
      deployment('a', 'web', 'nginx'),
      helmRelease,
    ],
  },
  {
    code: 'entry-unneeded',
    title: 'an entry for a registry that nothing is pulled from',
    broken: [
      pullSecret('a', 'pull', { 'ghcr.io': entry, 'quay.io': other }),
      deployment('a', 'web', web, listing('pull')),
    ],
    at: '1 Secret a/pull',
    says: 'its entry "quay.io"',
    fine: [
      pullSecret('a', 'pull', { 'ghcr.io': entry, 'quay.io': other }),
      deployment('a', 'web', web, listing('pull')),
      deployment('a', 'api', 'quay.io/acme/api', listing('pull')),
    ],
  },
  {
    code: 'entry-unneeded',
    title: 'an entry with a credential of its own',
    broken: [
      pullSecret('a', 'pull', { 'docker.io': entry, 'quay.io': other }),
      deployment('a', 'web', 'nginx', listing('pull')),
    ],
    at: '1 Secret a/pull',
    fine: [
      pullSecret('a', 'pull', { 'docker.io': entry, 'https://index.docker.io/v1/': entry }),
      deployment('a', 'web', 'nginx', listing('pull')),
    ],
  },
  {
    code: 'grant-unneeded',
    title: 'a project that pulls nothing from the other one',
    spec: { registries: { internal: { preset: 'openshift' } } },
    cluster: { openshift: '4.20' },
    broken: [binding(group('system:serviceaccounts:a')), deployment('a', 'web', `${inHouse}/a/web`)],
    at: '1 RoleBinding b/pullers',
    fine: [binding(group('system:serviceaccounts:a')), deployment('a', 'web', `${inHouse}/b/web`)],
  },
  {
    code: 'grant-unneeded',
    title: 'an account that pulls nothing from the other project',
    spec: { registries: { internal: { preset: 'openshift' } } },
    cluster: { openshift: '4.20' },
    broken: [
      binding('{ kind: ServiceAccount, name: builder, namespace: a }'),
      deployment('a', 'web', `${inHouse}/b/web`),
    ],
    at: '1 RoleBinding b/pullers',
    fine: [
      binding('{ kind: ServiceAccount, name: builder, namespace: c }'),
      deployment('a', 'web', `${inHouse}/a/web`),
    ],
  },
  {
    code: 'grant-too-wide',
    title: 'a binding for everybody',
    broken: [binding(group('system:authenticated'))],
    at: '1 RoleBinding b/pullers',
    fine: [binding(group('system:serviceaccounts:a'))],
  },
];
