import type { PullSecretData } from '../../src/model/keyring/keyring.js';
import { app, configOf, external, ghcr, k8s, type Sequence } from './sequence.js';

const web = { 'apps/web.yaml': app('shop', 'web', 'ghcr.io/acme/web:1') };
const oldPull = external('old-pull', 'ghcr', 'registries/old');
const newPull = external('new-pull', 'ghcr', 'registries/new');

const rename: Sequence = {
  title: 'a pull secret is renamed',
  steps: [
    {
      says: 'the beginning',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [oldPull] }), ...web },
      offers: { 'shop/web ghcr.io/acme/web:1': ['old-pull'] },
    },
    {
      says: 'the new one comes, both are attached',
      files: {
        'image-pull.yaml': configOf({ pullSecrets: [oldPull, newPull], rest: ['overlap: [old-pull, new-pull]'] }),
      },
      offers: { 'shop/web ghcr.io/acme/web:1': ['old-pull', 'new-pull'] },
    },
    {
      says: 'the old one goes without a word',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [newPull] }) },
      stops: [
        'prod: pull secret old-pull would leave namespace shop',
        'prod: service account default of namespace shop would lose old-pull',
        '`retire: [{ pullSecret: old-pull }]`',
      ],
    },
    {
      says: 'the old one is retired',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [newPull], rest: ['retire: [{ pullSecret: old-pull }]'] }) },
      offers: { 'shop/web ghcr.io/acme/web:1': ['new-pull'] },
      lists: { 'shop/default': ['new-pull'] },
      secrets: ['shop/new-pull', 'shop/old-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [newPull] }) },
      offers: { 'shop/web ghcr.io/acme/web:1': ['new-pull'] },
      secrets: ['shop/new-pull'],
    },
  ],
};

const harbor = 'harbor: { preset: harbor, host: harbor.acme.example, path: shop }';
const ghcrPull = external('ghcr-pull', 'ghcr', 'registries/ghcr');
const harborPull = external('harbor-pull', 'harbor', 'registries/harbor');
const both = configOf({
  registries: [ghcr, harbor, k8s],
  pullSecrets: [ghcrPull, harborPull],
  rest: ['overlap: [ghcr-pull, harbor-pull]'],
});
const moved = { registries: [harbor, k8s], pullSecrets: [harborPull] };

const registryMove: Sequence = {
  title: 'images move to another registry',
  steps: [
    {
      says: 'the beginning',
      files: {
        'image-pull.yaml': configOf({ registries: [ghcr, k8s] }),
        ...web,
        'apps/index.yaml': app('search', 'index', 'ghcr.io/acme/index:7'),
      },
    },
    {
      says: 'the new registry comes, both pull secrets are attached',
      files: { 'image-pull.yaml': both },
      lists: { 'shop/default': ['ghcr-pull', 'harbor-pull'], 'search/default': ['ghcr-pull', 'harbor-pull'] },
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull'], 'search/index ghcr.io/acme/index:7': ['ghcr-pull'] },
    },
    {
      says: 'the first team moves its images',
      files: { 'apps/web.yaml': app('shop', 'web', 'harbor.acme.example/shop/web:1') },
      lists: { 'shop/default': ['ghcr-pull', 'harbor-pull'], 'search/default': ['ghcr-pull', 'harbor-pull'] },
      offers: {
        'shop/web harbor.acme.example/shop/web:1': ['harbor-pull'],
        'search/index ghcr.io/acme/index:7': ['ghcr-pull'],
      },
    },
    {
      says: 'the second team moves its images',
      files: { 'apps/index.yaml': app('search', 'index', 'harbor.acme.example/shop/index:7') },
      replaced: true,
    },
    {
      says: 'the old registry is retired',
      files: { 'image-pull.yaml': configOf({ ...moved, rest: ['retire: [{ pullSecret: ghcr-pull }]'] }) },
      lists: { 'shop/default': ['harbor-pull'], 'search/default': ['harbor-pull'] },
      secrets: ['search/ghcr-pull', 'search/harbor-pull', 'shop/ghcr-pull', 'shop/harbor-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf(moved) },
      secrets: ['search/harbor-pull', 'shop/harbor-pull'],
      offers: {
        'shop/web harbor.acme.example/shop/web:1': ['harbor-pull'],
        'search/index harbor.acme.example/shop/index:7': ['harbor-pull'],
      },
    },
  ],
};

const namespaceLeaves: Sequence = {
  title: 'a namespace leaves',
  steps: [
    {
      says: 'the beginning',
      files: {
        'image-pull.yaml': configOf({}),
        ...web,
        'apps/reports.yaml': app('reports', 'monthly', 'ghcr.io/acme/monthly:3'),
      },
    },
    {
      says: 'its manifests go without a word',
      files: { 'apps/reports.yaml': undefined },
      stops: ['prod: pull secret ghcr-pull would leave namespace reports', '`retire: [{ namespace: reports }]`'],
    },
    {
      says: 'its manifests go, and it is retired',
      files: { 'image-pull.yaml': configOf({ rest: ['retire: [{ namespace: reports }]'] }) },
      lists: { 'reports/default': [], 'shop/default': ['ghcr-pull'] },
      secrets: ['reports/ghcr-pull', 'shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf({}) },
      lists: { 'reports/default': [] },
      secrets: ['shop/ghcr-pull'],
    },
  ],
};

const clusterRemoved: Sequence = {
  title: 'a cluster is removed',
  steps: [
    {
      says: 'the beginning',
      files: {
        'image-pull.yaml': configOf({ clusters: ['prod: { gitops: argocd }', 'staging: { gitops: argocd }'] }),
        ...web,
      },
    },
    {
      says: 'it goes without a word',
      files: { 'image-pull.yaml': configOf({}) },
      stops: ['staging: the config has no such cluster any more, so everything in its folder would leave'],
    },
    { says: 'it goes', files: {}, argv: ['--now'], secrets: ['shop/ghcr-pull'] },
  ],
};

const created = (...rest: string[]) =>
  configOf({ rest: ['namespaces: { shop: { serviceAccounts: { builder: { create: true } } } }', ...rest] });

const accountNeedsNothing: Sequence = {
  title: 'an account needs nothing any more',
  steps: [
    {
      says: 'the beginning',
      files: {
        'image-pull.yaml': created(),
        ...web,
        'apps/build.yaml': app('shop', 'build', 'ghcr.io/acme/build:2', 'builder'),
      },
      lists: { 'shop/builder': ['ghcr-pull'], 'shop/default': ['ghcr-pull'] },
    },
    {
      says: 'its image becomes a public one',
      files: { 'apps/build.yaml': app('shop', 'build', 'registry.k8s.io/build:2', 'builder') },
      stops: [
        'prod: service account builder of namespace shop would lose ghcr-pull',
        '`retire: [{ namespace: shop, serviceAccount: builder }]`',
      ],
    },
    {
      says: 'its image becomes a public one, and its list is retired',
      files: { 'image-pull.yaml': created('retire: [{ namespace: shop, serviceAccount: builder }]') },
      lists: { 'shop/builder': [], 'shop/default': ['ghcr-pull'] },
      secrets: ['shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': created() },
      lists: { 'shop/builder': [], 'shop/default': ['ghcr-pull'] },
      secrets: ['shop/ghcr-pull'],
    },
  ],
};

const shared: PullSecretData = {
  name: 'shared-pull',
  namespace: 'shop',
  type: 'kubernetes.io/dockerconfigjson',
  stringData: { '.dockerconfigjson': '{"auths":{"ghcr.io/acme/":{"username":"user","password":"secret"}}}' },
};
const others = [shared];
const sharedPull = 'shared-pull: { registries: [ghcr], source: { existing: {} } }';

const sourceChanges: Sequence = {
  title: 'the source of a pull secret changes',
  steps: [
    { says: 'the beginning', files: { 'image-pull.yaml': configOf({}), ...web } },
    {
      says: 'somebody else makes the Secret of the same name',
      files: {
        'image-pull.yaml': configOf({
          pullSecrets: ['ghcr-pull: { registries: [ghcr], source: { existing: {} } }'],
          rest: ['retire: [{ pullSecret: ghcr-pull }]'],
        }),
      },
      stops: [
        'prod: pull secret ghcr-pull would leave namespace shop',
        'somebody else makes it now, and the two would fight over it: give the new one another name',
        'service account default of namespace shop still needs ghcr-pull, so it is not retired [retire-needed]',
      ],
    },
    {
      says: 'somebody else makes a Secret of another name, both are attached',
      files: {
        'image-pull.yaml': configOf({
          pullSecrets: [ghcrPull, sharedPull],
          rest: ['overlap: [ghcr-pull, shared-pull]'],
        }),
      },
      others,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull', 'shared-pull'] },
    },
    {
      says: 'the ExternalSecret is retired',
      files: {
        'image-pull.yaml': configOf({ pullSecrets: [sharedPull], rest: ['retire: [{ pullSecret: ghcr-pull }]'] }),
      },
      others,
      offers: { 'shop/web ghcr.io/acme/web:1': ['shared-pull'] },
      secrets: ['shop/ghcr-pull', 'shop/shared-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [sharedPull] }) },
      others,
      secrets: ['shop/shared-pull'],
    },
  ],
};

const withKyverno = { clusters: ['prod: { gitops: argocd, kyverno: "1.19" }'] };
const clonedPull =
  'cloned-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } }, distribution: kyverno }';
const warns = ['scope-unlimited', 'policy-window'];

const copiesTakeOver: Sequence = {
  title: 'copies take the place of objects, and objects the place of copies',
  steps: [
    { says: 'the beginning', files: { 'image-pull.yaml': configOf(withKyverno), ...web } },
    {
      says: 'the copied one comes, both are attached',
      files: {
        'image-pull.yaml': configOf({
          ...withKyverno,
          pullSecrets: [ghcrPull, clonedPull],
          rest: ['overlap: [ghcr-pull, cloned-pull]'],
        }),
      },
      warns,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull', 'cloned-pull'] },
      secrets: ['image-pull/cloned-pull', 'shop/cloned-pull', 'shop/ghcr-pull'],
    },
    {
      says: 'the object is retired',
      files: {
        'image-pull.yaml': configOf({
          ...withKyverno,
          pullSecrets: [clonedPull],
          rest: ['retire: [{ pullSecret: ghcr-pull }]'],
        }),
      },
      warns,
      offers: { 'shop/web ghcr.io/acme/web:1': ['cloned-pull'] },
      secrets: ['image-pull/cloned-pull', 'shop/cloned-pull', 'shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf({ ...withKyverno, pullSecrets: [clonedPull] }) },
      warns,
      secrets: ['image-pull/cloned-pull', 'shop/cloned-pull'],
    },
    {
      says: 'the copied one goes without a word',
      files: { 'image-pull.yaml': configOf(withKyverno) },
      stops: [
        'prod: pull secret cloned-pull would leave namespace image-pull',
        'prod: policy image-pull-clone-cloned-pull would leave',
        'prod: service account default of namespace shop would lose cloned-pull',
      ],
    },
    {
      says: 'objects come again, both are attached',
      files: {
        'image-pull.yaml': configOf({
          ...withKyverno,
          pullSecrets: [clonedPull, ghcrPull],
          rest: ['overlap: [cloned-pull, ghcr-pull]'],
        }),
      },
      warns,
      offers: { 'shop/web ghcr.io/acme/web:1': ['cloned-pull', 'ghcr-pull'] },
    },
    {
      says: 'the copied one is retired, with its source and its policy',
      files: {
        'image-pull.yaml': configOf({ ...withKyverno, rest: ['retire: [{ pullSecret: cloned-pull }]'] }),
      },
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull'] },
      secrets: ['image-pull/cloned-pull', 'shop/cloned-pull', 'shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: { 'image-pull.yaml': configOf(withKyverno) },
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull'] },
      secrets: ['shop/ghcr-pull'],
    },
  ],
};

const hosted = 'prod: { openshift: "4.20", attachment: serviceAccount, globalPullSecret: { hosted: true } }';
const nodePull =
  'node-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } }, distribution: globalPullSecret }';
const onHosted = (pullSecrets: readonly string[], ...rest: string[]) => ({
  'image-pull.yaml': configOf({ clusters: [hosted], pullSecrets, rest }),
});
const accountWarned = ['combination-warned'];

const nodesTakeOver: Sequence = {
  title: 'every node takes the place of namespaces, and namespaces the place of every node',
  steps: [
    { says: 'the beginning', files: { ...onHosted([ghcrPull]), ...web }, warns: accountWarned },
    {
      says: 'the nodes get it, too',
      files: onHosted([ghcrPull, nodePull], 'overlap: [ghcr-pull, node-pull]'),
      warns: accountWarned,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull', 'additional-pull-secret'] },
    },
    {
      says: 'the namespace is to lose it without a word',
      files: onHosted([nodePull]),
      stops: ['prod: service account default of namespace shop would lose ghcr-pull'],
    },
    {
      says: 'that of the namespace is retired',
      files: onHosted([nodePull], 'retire: [{ pullSecret: ghcr-pull }]'),
      offers: { 'shop/web ghcr.io/acme/web:1': ['additional-pull-secret'] },
      lists: { 'shop/default': [] },
      secrets: ['kube-system/additional-pull-secret', 'shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes',
      files: onHosted([nodePull]),
      offers: { 'shop/web ghcr.io/acme/web:1': ['additional-pull-secret'] },
      secrets: ['kube-system/additional-pull-secret'],
    },
    {
      says: 'the namespace gets it again',
      files: onHosted([nodePull, ghcrPull], 'overlap: [node-pull, ghcr-pull]'),
      warns: accountWarned,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull', 'additional-pull-secret'] },
      replaced: true,
    },
    {
      says: 'the nodes are to lose it without a word',
      files: onHosted([ghcrPull]),
      stops: ['prod: every node would lose the entry ghcr.io/acme of pull secret node-pull'],
    },
    {
      says: 'that of the nodes is retired',
      files: onHosted([ghcrPull], 'retire: [{ pullSecret: node-pull }]'),
      warns: accountWarned,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull', 'additional-pull-secret'] },
    },
    {
      says: 'the entry goes',
      files: onHosted([ghcrPull]),
      warns: accountWarned,
      offers: { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull'] },
      secrets: ['shop/ghcr-pull'],
    },
  ],
};

const byHub = ghcrPull.replace('key:', 'fanOut: hub, key:');
const offered = { 'shop/web ghcr.io/acme/web:1': ['ghcr-pull'] };

const hubComesAndGoes: Sequence = {
  title: 'the store is read once per cluster instead of by every namespace, and leaves',
  steps: [
    {
      says: 'the beginning',
      files: {
        'image-pull.yaml': configOf({ pullSecrets: [ghcrPull] }),
        ...web,
        'apps/tools.yaml': app('tools', 'tools', 'registry.k8s.io/tools:1'),
      },
      offers: offered,
    },
    {
      says: 'the hub comes',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [byHub] }) },
      offers: offered,
      secrets: ['image-pull/image-pull-source-ghcr-pull', 'shop/ghcr-pull'],
    },
    {
      says: 'nothing needs the pull secret any more',
      files: {
        'apps/web.yaml': app('shop', 'web', 'registry.k8s.io/web:1'),
        'image-pull.yaml': configOf({ pullSecrets: [byHub], rest: ['retire: [{ pullSecret: ghcr-pull }]'] }),
      },
      lists: { 'shop/default': [] },
      secrets: ['image-pull/image-pull-source-ghcr-pull', 'shop/ghcr-pull'],
      replaced: true,
    },
    {
      says: 'the entry goes, and nothing is left',
      files: { 'image-pull.yaml': configOf({ pullSecrets: [byHub] }) },
      argv: ['--now'],
      secrets: [],
    },
  ],
};

/** Everything that docs/migrating.md shows. */
export const sequences: readonly Sequence[] = [
  rename,
  registryMove,
  namespaceLeaves,
  clusterRemoved,
  accountNeedsNothing,
  sourceChanges,
  copiesTakeOver,
  nodesTakeOver,
  hubComesAndGoes,
];
