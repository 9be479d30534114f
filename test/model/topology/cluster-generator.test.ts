import type { KnownCluster } from '../../../src/model/topology/known-cluster.js';
import { Topology } from '../../../src/model/topology/topology.js';
import { addTo, here, repository, said } from './in-memory.js';

const view = repository(['apps/web/x.yaml', 'apps/db/x.yaml', 'regions/eu/x.yaml', 'regions/us/x.yaml']);

const eu = {
  called: 'prod-eu',
  name: 'Prod_EU',
  server: 'https://eu.example.com',
  labels: { env: 'prod', region: 'eu' },
};
const us = {
  called: 'prod-us',
  name: 'us',
  server: 'https://us.example.com',
  labels: { env: 'prod', region: 'us' },
  annotations: { 'acme.io/zone': 'z1' },
};
const test1 = { called: 'test', name: 'test', server: 'https://test.example.com', labels: { env: 'test' } };
const hub = { called: 'hub', name: 'in-cluster', labels: {} };

interface Parts {
  readonly generators: string;
  readonly name: string;
  readonly destination?: string;
  readonly go?: boolean;
  readonly path?: string;
}

/** The Applications for these clusters, each with its destination, and what is said. */
const made = (clusters: readonly KnownCluster[], { generators, name, destination, go, path = 'apps/web' }: Parts) => {
  const topology = new Topology(view, clusters);
  addTo(
    topology,
    `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  goTemplate: ${go === true}
  generators: ${generators}
  template:
    metadata: { name: ${JSON.stringify(name)} }
    spec:
      source: { repoURL: ${here}, path: ${JSON.stringify(path)} }
      destination: { ${destination ?? (go ? 'server: "{{ .server }}"' : 'server: "{{server}}"')}, namespace: shop }
`,
  );
  const applied = topology.next();
  return [
    ...applied.map(({ by, destination: { server, name: own } }) => `${by.name} at ${server ?? own}`),
    ...said(topology.finish()),
  ];
};

describe('a cluster generator gives', () => {
  test.each<[what: string, clusters: readonly KnownCluster[], parts: Parts, expected: readonly string[]]>([
    [
      'each cluster of the config, and that of Argo CD',
      [eu, us],
      { generators: '[{ clusters: {} }]', name: 'web-{{nameNormalized}}' },
      [
        'web-in-cluster at https://kubernetes.default.svc',
        'web-prod-eu at https://eu.example.com',
        'web-us at https://us.example.com',
      ],
    ],
    [
      'that of Argo CD once where the config has it',
      [hub, test1],
      { generators: '[{ clusters: {} }]', name: 'web-{{name}}' },
      ['web-in-cluster at https://kubernetes.default.svc', 'web-test at https://test.example.com'],
    ],
    [
      'those that a selector takes, and never one without a Secret',
      [hub, eu, us, test1],
      { generators: '[{ clusters: { selector: { matchLabels: { env: prod } } } }]', name: 'web-{{nameNormalized}}' },
      ['web-prod-eu at https://eu.example.com', 'web-us at https://us.example.com'],
    ],
    [
      'that of Argo CD where its Secret has labels',
      [{ ...hub, labels: { env: 'prod' } }, test1],
      {
        generators: '[{ clusters: { selector: { matchExpressions: [{ key: env, operator: In, values: [prod] }] } } }]',
        name: '{{name}}',
      },
      ['in-cluster at https://kubernetes.default.svc'],
    ],
    [
      'those without a label',
      [eu, us, test1],
      {
        generators: '[{ clusters: { selector: { matchExpressions: [{ key: region, operator: DoesNotExist }] } } }]',
        name: '{{name}}',
      },
      ['test at https://test.example.com'],
    ],
    [
      'the label that Argo CD gives to every Secret',
      [hub, test1],
      {
        generators: '[{ clusters: { selector: { matchLabels: { argocd.argoproj.io/secret-type: cluster } } } }]',
        name: '{{name}}',
      },
      ['test at https://test.example.com'],
    ],
    [
      'labels and annotations to a template',
      [us],
      {
        generators: '[{ clusters: { selector: { matchLabels: { env: prod } } } }]',
        name: '{{metadata.labels.region}}-{{metadata.annotations.acme.io/zone}}',
      },
      ['us-z1 at https://us.example.com'],
    ],
    [
      'labels and annotations to a Go template',
      [us],
      {
        generators: '[{ clusters: { selector: { matchLabels: { env: prod } } } }]',
        name: '{{ .metadata.labels.region }}-{{ index .metadata.annotations "acme.io/zone" }}',
        go: true,
      },
      ['us-z1 at https://us.example.com'],
    ],
    [
      'values made of its parameters',
      [us],
      {
        generators: '[{ clusters: { selector: { matchLabels: { env: prod } }, values: { at: "x-{{name}}" } } }]',
        name: '{{values.at}}',
      },
      ['x-us at https://us.example.com'],
    ],
    [
      'all clusters to one Application where they are a flat list',
      [eu, us],
      {
        generators: '[{ clusters: { flatList: true, selector: { matchLabels: { env: prod } } } }]',
        name: 'n{{ range .clusters }}-{{ .metadata.labels.region }}{{ end }}',
        destination: 'name: hub',
        go: true,
      },
      ['n-eu-us at hub'],
    ],
    [
      'rows of a matrix, where folders may depend on the cluster',
      [eu, us],
      {
        generators: `[{ matrix: { generators: [{ clusters: { selector: { matchLabels: { env: prod } } } }, { git: { repoURL: ${here}, revision: HEAD, directories: [{ path: "regions/{{metadata.labels.region}}" }] } }] } }]`,
        name: '{{nameNormalized}}-{{path.basename}}',
        path: '{{path}}',
      },
      ['prod-eu-eu at https://eu.example.com', 'us-us at https://us.example.com'],
    ],
    [
      'what a merge lays over',
      [eu, us],
      {
        generators:
          '[{ merge: { mergeKeys: [server], generators: [{ clusters: { selector: { matchLabels: { env: prod } }, values: { size: s } } }, { list: { elements: [{ server: "https://us.example.com", values.size: l }] } }] } }]',
        name: '{{values.size}}-{{nameNormalized}}',
      },
      ['l-us at https://us.example.com', 's-prod-eu at https://eu.example.com'],
    ],
  ])('%s', (_, clusters, parts, expected) => {
    expect(made(clusters, parts)).toEqual(expected);
  });
});

describe('a finding is', () => {
  const { labels: _, ...unlabelled } = us;
  const { server: __, ...placeless } = us;
  const { name: ___, ...nameless } = us;
  const all = '[{ clusters: {} }]';
  const asking = (labels: string) => `[{ clusters: { selector: { matchLabels: { ${labels} } } } }]`;
  test.each<[what: string, clusters: readonly KnownCluster[], parts: Parts, message: string]>([
    ['no known cluster', [], { generators: all, name: 'x' }, 'asks for the clusters that Argo CD knows'],
    [
      'clusters without labels',
      [unlabelled],
      { generators: all, name: 'x' },
      'asks for the clusters that Argo CD knows',
    ],
    [
      'one of them without labels',
      [eu, unlabelled],
      { generators: all, name: 'x' },
      'nothing says which labels prod-us has in Argo CD',
    ],
    [
      'a selector that takes none',
      [eu, us],
      { generators: asking('tier: gold'), name: 'x' },
      'takes no cluster of the config',
    ],
    [
      'an address that is not said',
      [placeless],
      { generators: asking('env: prod'), name: 'x' },
      'asks for the server of the cluster prod-us',
    ],
    [
      'a name that is not said',
      [nameless],
      { generators: asking('env: prod'), name: '{{nameNormalized}}' },
      'asks for the name of the cluster prod-us',
    ],
    [
      'a label that is not said',
      [us],
      { generators: asking('env: prod'), name: '{{metadata.labels.tier}}' },
      'asks for the labels tier of the cluster prod-us',
    ],
    [
      'an annotation that is not said',
      [us],
      { generators: asking('env: prod'), name: '{{ index .metadata.annotations "acme.io/size" }}', go: true },
      'asks for the annotations acme.io/size of the cluster prod-us',
    ],
  ])('%s', (_what, clusters, parts, message) => {
    expect(made(clusters, parts)).toEqual([expect.stringMatching(`^generator-needs-cluster: .*${message}`)]);
  });

  test('an address is not asked for where no template has it', () => {
    expect(made([placeless], { generators: asking('env: prod'), name: 'x', destination: 'name: "{{name}}"' })).toEqual([
      'x at us',
    ]);
  });
});
