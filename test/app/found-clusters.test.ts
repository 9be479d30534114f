import { foundClusters } from '../../src/app/found-clusters.js';
import type { Proposal } from '../../src/manifests/entries.js';
import { type MadeManifest, nothingMade } from '../../src/manifests/made.js';
import type { Destination } from '../../src/model/topology/applied.js';
import { deployment } from '../support.js';

interface Given extends Partial<Pick<Proposal, 'argocd' | 'flux' | 'kustomize'>> {
  /** Folders with a kustomization that cannot be built. */
  readonly broken?: readonly string[];
  readonly paths?: readonly string[];
  /** The namespace of the workload `web` in what some folders render. */
  readonly web?: Readonly<Record<string, string>>;
  readonly destinations?: readonly Destination[];
}

const rendered = (folder: string, namespace: string): MadeManifest => ({
  file: `<kustomize build ${folder}>`,
  text: deployment(namespace, 'web', ['ghcr.io/acme/web:v1']),
  from: { rendering: { by: 'kustomize', folder }, reached: [], mayBeMarked: false },
});

/** The clusters by name, each with its entries; those of all clusters by the name `*`. */
function found({
  argocd = [],
  flux = [],
  kustomize = [],
  broken = [],
  paths = [],
  web = {},
  destinations = [],
}: Given) {
  const manifests = [
    ...Object.entries(web).map(([folder, namespace]) => rendered(folder, namespace)),
    ...destinations.map((destination) => ({ file: 'x.yaml', text: '', destination })),
  ];
  const { clusters, workloads } = foundClusters(
    {
      ...{ argocd, flux, kustomize, kustomizations: [...kustomize, ...broken], charts: [] },
      broken: new Map(broken.map((folder) => [folder, { code: 'rendering-failed', message: '' }])),
      made: [{ ...nothingMade, manifests }],
    },
    paths,
    (folder) => folder,
  );
  const all = [{ name: '*', workloads, match: undefined }, ...clusters];
  return all.flatMap(({ name, match, workloads: entries }) => [
    ...(match ? [`${name} is ${JSON.stringify(match)}`] : []),
    ...entries.map((entry) => `${name}: ${typeof entry === 'string' ? entry : Object.entries(entry)[0]?.join(' ')}`),
    ...(name !== '*' && entries.length === 0 && !match ? [`${name}:`] : []),
  ]);
}

test.each<[what: string, given: Given, expected: readonly string[]]>([
  [
    'nothing tells of clusters',
    { kustomize: ['apps/web'], paths: ['more'] },
    ['*: kustomize apps/web', '*: more', 'prod:'],
  ],
  [
    'folders of clusters are clusters',
    {
      argocd: ['clusters/prod/argocd'],
      kustomize: ['clusters/prod/tools', 'clusters/stage', 'apps/web'],
      paths: ['clusters/test', 'docs', '!clusters/test/values.yaml'],
    },
    [
      '*: kustomize apps/web',
      '*: docs',
      '*: !clusters/test/values.yaml',
      'prod: argocd clusters/prod/argocd',
      'prod: kustomize clusters/prod/tools',
      'stage: kustomize clusters/stage',
      'test: clusters/test',
    ],
  ],
  [
    'a folder that clusters share is none',
    { kustomize: ['clusters/prod', 'clusters/common/tools'] },
    ['*: kustomize clusters/common/tools', 'prod: kustomize clusters/prod'],
  ],
  [
    'objects of Flux in folders of clusters are theirs, others are of all',
    { flux: ['clusters/prod/flux-system', 'tenants/update'] },
    ['*: flux tenants/update', 'prod: flux clusters/prod/flux-system'],
  ],
  ['folders with objects of Flux are clusters', { flux: ['prod', 'stage'] }, ['prod: flux prod', 'stage: flux stage']],
  ['one folder with objects of Flux is one cluster', { flux: ['gitops'] }, ['prod: flux gitops']],
  [
    'Applications name clusters, whatever folders are called',
    {
      argocd: ['clusters/hub'],
      destinations: [
        { name: 'in-cluster' },
        { server: 'https://eu.example.com' },
        { name: 'eu' },
        { name: 'in-cluster' },
      ],
    },
    [
      '*: argocd clusters/hub',
      'prod is {"name":"in-cluster"}',
      'eu is {"server":"https://eu.example.com"}',
      'eu-2 is {"name":"eu"}',
    ],
  ],
  [
    'an entry that no GitOps object leads to is of the cluster that a folder is called like, else of the own one',
    {
      argocd: ['argo'],
      kustomize: ['dns/overlays/eu', 'dns/overlays/us', 'tools'],
      paths: ['argo', 'more', '!more/values.yaml'],
      destinations: [{ name: 'eu' }],
    },
    [
      '*: argocd argo',
      '*: !more/values.yaml',
      'eu is {"name":"eu"}',
      'eu: kustomize dns/overlays/eu',
      'prod is {"name":"in-cluster"}',
      'prod: kustomize dns/overlays/us',
      'prod: kustomize tools',
      'prod: argo',
      'prod: more',
    ],
  ],
  [
    'overlays with different namespaces may be of one cluster',
    {
      kustomize: ['apps/overlays/prod', 'apps/overlays/stage'],
      web: { 'apps/overlays/prod': 'shop', 'apps/overlays/stage': 'shop-stage' },
    },
    ['*: kustomize apps/overlays/*', 'prod:'],
  ],
  [
    'overlays with one workload in one namespace are of several clusters, and so are all overlays',
    {
      kustomize: ['apps/api/overlays/prod', 'apps/web/overlays/prod', 'apps/web/overlays/stage', 'tools'],
      web: { 'apps/web/overlays/prod': 'shop', 'apps/web/overlays/stage': 'shop' },
    },
    ['*: kustomize tools', 'prod: kustomize apps/*/overlays/prod', 'stage: kustomize apps/web/overlays/stage'],
  ],
  [
    'variants in a folder of another name are of one cluster',
    { kustomize: ['tests/a', 'tests/b'], web: { 'tests/a': 'shop', 'tests/b': 'shop' } },
    ['*: kustomize tests/*', 'prod:'],
  ],
  [
    'a glob matches nothing that cannot be built, and nothing of another cluster',
    { kustomize: ['x/clusters/a/web', 'x/clusters/b/web', 'apps/a', 'apps/b'], broken: ['apps/c'] },
    ['*: kustomize apps/a', '*: kustomize apps/b', 'a: kustomize x/clusters/a/web', 'b: kustomize x/clusters/b/web'],
  ],
  [
    'folders of one name in folders that are alike are a glob',
    { kustomize: ['apps/web/k8s', 'apps/api/k8s', 'a[b]/x', 'a[b]/y'] },
    ['*: kustomize a[b]/x', '*: kustomize a[b]/y', '*: kustomize apps/*/k8s', 'prod:'],
  ],
])('%s', (_, given, expected) => {
  expect(found(given)).toEqual(expected);
});
