import { account, deployment, entry, listing, pullSecret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const ghcr = { registries: { ghcr: { preset: 'ghcr', path: 'acme' } } } as const;
const web = 'ghcr.io/acme/web';
const pull = pullSecret('a', 'pull', { 'ghcr.io/acme/': entry });
const argocd = '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: p, namespace: argocd } }';
const flux =
  '{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: r, namespace: flux-system } }';
const annotated = (key: string, value: string) => `annotations: { ${key}: "${value}" }`;
const syncOptions = (value: string) => annotated('argocd.argoproj.io/sync-options', value);
const enforced = annotated('kubernetes.io/enforce-mountable-secrets', 'true');
const volume = (image: string) =>
  deployment('a', 'web', 'nginx', `volumes: [{ name: v, image: { reference: ${image} } }],`);
const policy = (pullPolicy: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: a }, spec: { containers: [{ name: c, image: ${web}, imagePullPolicy: ${pullPolicy} }] } }`;

const unstated = (document: string) => document.replace(', namespace: a', '');

/** A pull secret that serves a pod, with annotations. */
const hooked = (...annotations: readonly string[]) =>
  pull.replace(/(namespace: a)/, `$1, annotations: { ${annotations.join(', ')} }`);
const served = deployment('a', 'web', web, listing('pull'));
const argoHook = 'argocd.argoproj.io/hook';
const succeeded = `${argoHook}-delete-policy: HookSucceeded`;

const hookRows: readonly (readonly [
  title: string,
  broken: readonly string[],
  says: string,
  fine: readonly string[],
])[] = [
  ['Argo CD passes over', [`${argoHook}: Skip`], 'passes over', [`${argoHook}: PreSync`]],
  [
    'Argo CD makes after the sync',
    [`${argoHook}: PostSync`],
    'makes it at PostSync',
    [`${argoHook}: "PostSync, Sync"`],
  ],
  ['Argo CD deletes again', [`${argoHook}: PreSync`, succeeded], 'deletes it', [`${argoHook}: PreSync`]],
  [
    'Helm makes at the end of the release',
    ['helm.sh/hook: pre-delete'],
    'Helm makes it',
    ['helm.sh/hook: pre-install'],
  ],
  [
    'Helm deletes again',
    ['helm.sh/hook: pre-install', 'helm.sh/hook-delete-policy: "hook-succeeded,hook-failed"'],
    'Helm deletes it',
    ['helm.sh/hook: pre-install', 'helm.sh/hook-delete-policy: before-hook-creation'],
  ],
  [
    'Helm makes, and Argo CD before the pods',
    ['helm.sh/hook: test'],
    'Helm makes it at test',
    ['helm.sh/hook: test', `${argoHook}: Sync`],
  ],
  [
    'Flux leaves alone',
    ['kustomize.toolkit.fluxcd.io/reconcile: disabled'],
    'Flux does not apply',
    ['kustomize.toolkit.fluxcd.io/reconcile: enabled'],
  ],
  [
    'Flux ignores',
    ['kustomize.toolkit.fluxcd.io/ssa: Ignore'],
    'says kustomize.toolkit.fluxcd.io/ssa: ignore',
    ['kustomize.toolkit.fluxcd.io/ssa: IfNotPresent'],
  ],
];

export const hookCases: readonly RuleCase[] = hookRows.map(([title, broken, says, fine]) => ({
  code: 'not-applied',
  title: `a Secret that ${title}`,
  broken: [hooked(...broken), served],
  at: '1 Deployment a/web',
  says,
  fine: [hooked(...fine), served],
}));

export const accountCases: readonly RuleCase[] = [
  {
    code: 'not-applied',
    title: 'an account that is a hook of a test',
    broken: [pull, account('a', 'default', ['pull'], annotated('helm.sh/hook', 'test')), deployment('a', 'web', web)],
    at: '2 Deployment a/web',
    says: 'ServiceAccount a/default',
    fine: [
      pull,
      account('a', 'default', ['pull'], annotated('helm.sh/hook', 'test')),
      deployment('a', 'web', web).replace('name: web,', `name: web, ${annotated('helm.sh/hook', 'test')},`),
    ],
  },
  {
    code: 'namespace-guessed',
    title: 'a Secret and a pod of no stated namespace in two folders',
    broken: [unstated(pull), unstated(deployment('a', 'web', web, listing('pull')))],
    at: '2 Deployment web',
    says: 'as Secret pull in secrets/1.yaml',
    fine: [pull, deployment('a', 'web', web, listing('pull'))],
    folders: ['secrets', 'apps'],
  },
  {
    code: 'namespace-guessed',
    title: 'an account of no stated namespace in another folder',
    broken: [unstated(account('a', 'default', ['pull'])), unstated(pull), unstated(deployment('a', 'web', web))],
    at: '3 Deployment web',
    says: 'as ServiceAccount default in accounts/1.yaml',
    fine: [unstated(account('a', 'default', ['pull'])), unstated(pull), unstated(deployment('a', 'web', 'nginx'))],
    folders: ['accounts', 'apps', 'apps'],
  },
  {
    code: 'namespace-guessed',
    title: 'two apart, with another one beside the pod',
    broken: [unstated(pull), unstated(deployment('a', 'web', web, listing('pull')))],
    at: '2 Deployment web',
    fine: [deployment('a', 'web', web, listing('pull')), pull],
    folders: ['apps/a', 'apps/b'],
  },
  {
    code: 'workload-declared-twice',
    title: 'one workload in two folders, with a Secret in that of the other',
    broken: [pull, deployment('a', 'web', web, listing('pull')), deployment('a', 'web', web, listing('pull'))],
    at: '3 Deployment a/web',
    says: 'served by Secret a/pull in staging/secrets/1.yaml, beside the one of the same name in staging/apps/2.yaml',
    fine: [pull, deployment('a', 'web', web, listing('pull')), deployment('b', 'web', 'nginx')],
    folders: ['staging/secrets', 'staging/apps', 'prod'],
  },
  {
    code: 'workload-declared-twice',
    title: 'one workload in two folders, with an account in that of the other',
    broken: [pull, account('a', 'default', ['pull']), deployment('a', 'web', web), deployment('a', 'web', web)],
    at: '4 Deployment a/web',
    says: 'served by ServiceAccount a/default in staging/2.yaml',
    fine: [
      pull,
      account('a', 'default', ['pull']),
      deployment('a', 'web', web, listing('pull')),
      deployment('a', 'web', web, listing('pull')),
    ],
    folders: ['', 'staging', 'staging', 'prod'],
  },
  {
    code: 'account-undeclared',
    title: 'an account that nothing declares and an image that needs a credential',
    spec: ghcr,
    broken: [deployment('a', 'web', web, 'serviceAccountName: builder,')],
    at: '1 Deployment a/web',
    fine: [account('a', 'builder', []), deployment('a', 'web', web, 'serviceAccountName: builder,')],
  },
  {
    code: 'account-undeclared',
    title: 'an account with a pull secret in another namespace',
    spec: ghcr,
    broken: [account('b', 'builder', ['pull']), deployment('a', 'web', web, 'serviceAccountName: builder,')],
    at: '2 Deployment a/web',
    fine: [deployment('a', 'web', 'nginx', 'serviceAccountName: builder,')],
  },
  {
    code: 'account-declared-twice',
    title: 'two lists of one account',
    broken: [account('a', 'web', ['pull']), account('a', 'web', ['other'])],
    at: '2 ServiceAccount a/web',
    fine: [account('a', 'web', ['pull']), account('a', 'web', ['pull']), account('b', 'web', [])],
  },
  {
    code: 'mountable-secrets-enforced',
    title: 'a name that is not on the list of the account',
    broken: [account('a', 'default', ['pull'], enforced), deployment('a', 'web', web, listing('pull', 'other'))],
    at: '2 Deployment a/web',
    says: 'lists other',
    fine: [account('a', 'default', ['pull', 'other'], enforced), deployment('a', 'web', web, listing('other'))],
  },
  {
    code: 'default-account-unprotected',
    title: 'account default under Argo CD',
    broken: [account('a', 'default', ['pull'], syncOptions('ServerSideApply=true')), argocd],
    at: '1 ServiceAccount a/default',
    fine: [account('a', 'default', ['pull'], syncOptions('ServerSideApply=true,Prune=false')), argocd],
  },
  {
    code: 'default-account-unprotected',
    title: 'account default under Flux',
    broken: [account('a', 'default', ['pull']), account('a', 'web', []), flux],
    at: '1 ServiceAccount a/default',
    fine: [account('a', 'default', ['pull'], annotated('kustomize.toolkit.fluxcd.io/prune', 'disabled')), flux],
  },
  {
    code: 'replace-unsafe',
    title: 'Replace=true on an account',
    broken: [account('a', 'web', ['pull'], syncOptions('Prune=false,Replace=true'))],
    at: '1 ServiceAccount a/web',
    fine: [account('a', 'web', ['pull'], syncOptions('Prune=false,Replace=false'))],
  },
  {
    code: 'replace-unsafe',
    title: 'force on a namespace of Flux',
    broken: [
      `{ apiVersion: v1, kind: Namespace, metadata: { name: a, ${annotated('kustomize.toolkit.fluxcd.io/force', 'enabled')} } }`,
    ],
    at: '1 Namespace a',
    fine: [
      `{ apiVersion: v1, kind: Namespace, metadata: { name: a, ${annotated('kustomize.toolkit.fluxcd.io/force', 'disabled')} } }`,
    ],
  },
  {
    code: 'image-volume-gated',
    title: 'an image volume on 1.34',
    cluster: { kubernetes: '1.34' },
    broken: [volume('quay.io/acme/data')],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', 'nginx', 'volumes: [{ name: v, emptyDir: {} }],')],
  },
  {
    code: 'image-volume-gated',
    title: 'an image volume on OpenShift 4.21, which is 1.34',
    cluster: { openshift: '4.21' },
    broken: [volume('quay.io/acme/data')],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', 'quay.io/acme/data')],
  },
  {
    code: 'cached-image-refused',
    title: 'pull policy Never without a credential',
    spec: ghcr,
    cluster: { kubernetes: '1.35' },
    broken: [policy('Never')],
    at: '1 Pod a/p',
    fine: [policy('Always'), policy('Never').replace(web, 'reg.example.com/web')],
  },
  {
    code: 'cached-image-refused',
    title: 'pull policy IfNotPresent without a credential',
    spec: ghcr,
    cluster: { kubernetes: '1.36' },
    broken: [policy('IfNotPresent')],
    at: '1 Pod a/p',
    fine: [pull, account('a', 'default', ['pull']), policy('IfNotPresent')],
  },
];

const ocp = { openshift: '4.20' } as const;
const mirrors = (location: string) =>
  `{ apiVersion: config.openshift.io/v1, kind: ImageDigestMirrorSet, metadata: { name: m }, spec: { imageDigestMirrors: [{ source: quay.io/acme, mirrors: [${location}] }] } }`;
const globalSecret = (auths: Readonly<Record<string, unknown>>) => pullSecret('openshift-config', 'pull-secret', auths);

export const openshiftCases: readonly RuleCase[] = [
  {
    code: 'account-list-atomic',
    title: 'a list of an account on OpenShift',
    cluster: ocp,
    broken: [account('a', 'web', ['pull'])],
    at: '1 ServiceAccount a/web',
    fine: [account('a', 'web', []), account('a', 'live', ['pull'], 'uid: 8c6e')],
  },
  {
    code: 'dockercfg-listed',
    title: 'the name of a Secret that OpenShift made, on an account',
    broken: [account('a', 'web', ['web-dockercfg-x7k2p'])],
    at: '1 ServiceAccount a/web',
    fine: [account('a', 'web', ['web-dockercfg']), account('a', 'live', ['live-dockercfg-x7k2p'], 'uid: 8c6e')],
  },
  {
    code: 'dockercfg-listed',
    title: 'the name of a Secret that OpenShift made, on a pod',
    broken: [deployment('a', 'web', 'nginx', listing('default-dockercfg-x7k2p'))],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', 'nginx', listing('dockercfg'))],
  },
  {
    code: 'image-short-name',
    title: 'an image without registry on OpenShift',
    cluster: ocp,
    broken: [deployment('a', 'web', 'bitnami/nginx')],
    at: '1 Deployment a/web',
    fine: [deployment('a', 'web', 'docker.io/bitnami/nginx')],
  },
  {
    code: 'mirror-not-covered',
    title: 'a mirror of which the node knows nothing',
    cluster: ocp,
    broken: [mirrors('mirror.example.com/acme'), globalSecret({ 'quay.io': entry })],
    at: '1 ImageDigestMirrorSet m',
    fine: [mirrors('mirror.example.com/acme'), globalSecret({ 'mirror.example.com': entry })],
  },
  {
    code: 'global-pull-secret-type',
    title: 'a global pull secret of another type',
    cluster: ocp,
    broken: [
      '{ apiVersion: v1, kind: Secret, metadata: { name: pull-secret, namespace: openshift-config }, type: Opaque }',
    ],
    at: '1 Secret openshift-config/pull-secret',
    fine: [globalSecret({})],
  },
  {
    code: 'global-pull-secret-broken',
    title: 'a global pull secret that does not parse',
    cluster: ocp,
    broken: [globalSecret({ 'quay.io': { auth: 'pants' } })],
    at: '1 Secret openshift-config/pull-secret',
    fine: [globalSecret({ 'quay.io': entry })],
  },
  {
    code: 'node-keys-disagree',
    title: 'a key with a final slash, which CRI-O does not find',
    cluster: ocp,
    broken: [globalSecret({ 'quay.io/acme/': entry })],
    at: '1 Secret openshift-config/pull-secret',
    says: 'only the kubelet takes the key "quay.io/acme/" for images such as quay.io/acme/image',
    fine: [globalSecret({ 'quay.io/acme': entry, 'cloud.openshift.com': entry, 'https://index.docker.io/v1/': entry })],
  },
  {
    code: 'node-keys-disagree',
    title: 'a key with a scheme and a path, which CRI-O takes for the whole host',
    cluster: ocp,
    broken: [globalSecret({ 'https://quay.io/acme': entry })],
    at: '1 Secret openshift-config/pull-secret',
    says: 'only CRI-O takes the key "https://quay.io/acme" for images such as quay.io/elsewhere/image',
    fine: [globalSecret({ 'https://quay.io': entry })],
  },
];
