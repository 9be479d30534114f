import { renderPlans } from '../src/app/render.js';
import { check } from '../src/model/check/check.js';
import { DockerConfigDocument } from '../src/model/docker-config/docker-config-document.js';
import { planAccess } from '../src/model/plan/access-plan.js';
import { attachmentNames } from '../src/model/vocabulary/attachments.js';
import { clusterModel } from '../src/model/vocabulary/cluster.js';
import { combinationOf, compatibility, writableSources } from '../src/model/vocabulary/compatibility.js';
import { distributionNames, originalOf } from '../src/model/vocabulary/distributions.js';
import { engineNames, kyvernoEngineNames } from '../src/model/vocabulary/engines.js';
import { type AttachmentSpec, type DistributionSpec, picksOfSpecs } from '../src/model/vocabulary/picks.js';
import { resolvedSource, type SourceName } from '../src/model/vocabulary/sources.js';
import type { ClusterSpec, ImagePullSpec, SourceSpec } from '../src/model/vocabulary/spec.js';
import { deployment, inventoryOf } from './support.js';

const stored = { store: 'vault', key: 'registries/r' };
const generator = { ecr: { region: 'eu-west-1' } };
const sources: readonly (readonly [SourceName, SourceSpec])[] = [
  ['existing', { existing: {} }],
  ['external', { external: stored }],
  ['external', { external: { generator } }],
  ['external', { external: { ...stored, fanOut: 'hub' } }],
  ['external', { external: { generator, fanOut: { hub: { namespace: 'access' } } } }],
  ['plaintext', { plaintext: { username: 'robot', password: 'hunter2', acceptPlaintextInGit: true } }],
];
const distributions: readonly DistributionSpec[] = [
  'perNamespace',
  'clusterExternalSecret',
  ...kyvernoEngineNames.map((engine) => ({ kyverno: { engine } })),
  'reflector',
  'replicator',
  'patcher',
  'globalPullSecret',
];
const attachments: readonly AttachmentSpec[] = [
  'serviceAccount',
  'podTemplate',
  'patcher',
  ...engineNames.flatMap((engine): AttachmentSpec[] => [{ podPolicy: engine }, { serviceAccountPolicy: engine }]),
  { podPolicy: 'native', apiVersion: 'v1beta1' },
  { serviceAccountPolicy: 'native', apiVersion: 'v1beta1' },
  'node',
];
const platforms = [{}, { openshift: '4.20' }] as const;

/** What a cluster must say where pull secrets go to every node: the rest of the document, from the same kind of source. */
const currents: Readonly<Record<string, ClusterSpec['globalPullSecret']>> = {
  external: { current: { external: { store: 'vault', key: 'openshift/pull-secret' } } },
  plaintext: {
    current: { plaintext: { acceptPlaintextInGit: true, document: DockerConfigDocument.parse('{"auths":{}}') } },
  },
};

/** The policies that a cell must have. */
const kinds: Readonly<Record<string, string>> = {
  kyverno: 'MutatingPolicy',
  kyvernoLegacy: 'ClusterPolicy',
  native: 'MutatingAdmissionPolicy',
};

interface Cell {
  readonly name: string;
  readonly source: SourceName;
  readonly spec: ImagePullSpec;
}

function* cells(): Generator<Cell> {
  for (const [source, sourceSpec] of sources)
    for (const distribution of distributions)
      for (const attachment of attachments)
        for (const platform of platforms)
          for (const gitops of ['argocd', 'flux'] as const) {
            const spec: ImagePullSpec = {
              version: 1,
              registries: { r: { preset: 'ecr', account: '123456789012', region: 'eu-west-1' } },
              pullSecrets: { 'r-pull': { registries: ['r'], source: sourceSpec } },
              clusters: {
                prod: {
                  gitops,
                  distribution,
                  attachment,
                  ...platform,
                  ...('openshift' in platform &&
                    distribution === 'globalPullSecret' && { globalPullSecret: currents[source] }),
                },
              },
            };
            yield { name: JSON.stringify({ sourceSpec, distribution, attachment, platform, gitops }), source, spec };
          }
}

const copierPrefixes = { reflector: 'reflector.v1.k8s.emberstack.com/', replicator: 'replicator.v1.mittwald.de/' };

/** The tools that annotations of a source Secret speak to. */
function copiersIn(text: string): string[] {
  return Object.entries(copierPrefixes).flatMap(([name, prefix]) => (text.includes(prefix) ? [name] : []));
}

function copiersOf({ clusters }: ImagePullSpec): string[] {
  return Object.keys(copierPrefixes).filter((name) => name === clusters.prod?.distribution);
}

function verdictOf({ source, spec: { clusters, pullSecrets } }: Cell) {
  const model = clusterModel({ version: 1, clusters }, 'prod');
  const { distribution = 'perNamespace', attachment = 'serviceAccount' } = clusters.prod ?? {};
  const { platform, gitops, versions } = model;
  const external = pullSecrets?.['r-pull']?.source.external;
  const fanOut = external?.fanOut && ('hub' as const);
  const generated = external?.generator !== undefined;
  const picks = picksOfSpecs(distribution, attachment);
  return compatibility({
    ...combinationOf({ source: resolvedSource({ [source]: {} }), ...picks }),
    fanOut,
    generated,
    platform,
    gitops,
    versions,
  }).verdict;
}

/** What the source itself needs, by where it is read. */
function sourceKinds({ external }: SourceSpec, isRead: 'once' | 'by each'): string[] {
  const hub = ['ClusterSecretStore', 'Role', 'RoleBinding', 'ServiceAccount'];
  return [
    ...(external?.fanOut ? hub : []),
    ...(external?.generator
      ? [isRead === 'once' || external.fanOut ? 'ECRAuthorizationToken' : 'ClusterGenerator']
      : []),
  ];
}

test('the cells are of every pick that can be written', () => {
  expect([...new Set(sources.map(([name]) => name))]).toEqual([...writableSources]);
  const picks = distributions.flatMap((each) => attachments.map((attachment) => picksOfSpecs(each, attachment)));
  expect(new Set(picks.map(({ distribution }) => distribution.name))).toEqual(new Set(distributionNames));
  expect(new Set(picks.map(({ attachment }) => attachment.name))).toEqual(new Set(attachmentNames));
});

test('every cell that the compatibility table allows is rendered, and the others are refused', () => {
  const inventory = inventoryOf(deployment('team-a', 'web', ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/web']));
  let rendered = 0;
  for (const cell of cells()) {
    const { name, source, spec } = cell;
    const errors = check(spec).filter(
      ({ code }) => !['combination-warned', 'telemetry-ends', 'token-expires'].includes(code),
    );
    if (verdictOf(cell) === 'refused') {
      expect([name, errors.map(({ code }) => code)]).toEqual([name, ['combination-refused']]);
      continue;
    }
    expect([name, errors]).toEqual([name, []]);
    const plan = planAccess(inventory, clusterModel(spec, 'prod'));
    const text = [...renderPlans([plan]).output.values()].map((file) => file.text).join('');
    const pullSecret = plan.cluster.pullSecrets.get('r-pull');
    if (!pullSecret) throw new Error(`${name} has no pull secret`);
    const { engine, cloneEngine, distribution } = combinationOf(pullSecret);
    const original = originalOf(pullSecret);
    const expected = [
      ...sourceKinds(pullSecret.spec.source, original === undefined ? 'by each' : 'once'),
      ...(distribution === 'clusterExternalSecret' ? ['ClusterExternalSecret'] : []),
      ...(engine ? [kinds[engine]] : []),
      ...(cloneEngine ? [cloneEngine === 'kyverno' ? 'GeneratingPolicy' : 'ClusterPolicy'] : []),
      ...(source === 'external' && distribution !== 'clusterExternalSecret' ? ['ExternalSecret'] : []),
      ...(source === 'plaintext' ? ['Secret'] : []),
      ...(original === undefined ? [] : ['Namespace']),
      ...(distribution === 'patcher' ? ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Deployment'] : []),
    ];
    const written = new Set(text.match(/(?<=^kind: ).*/gm));
    expect([name, expected.filter((kind) => !written.has(kind ?? ''))]).toEqual([name, []]);
    expect([name, copiersIn(text)]).toEqual([name, copiersOf(spec)]);
    rendered++;
  }
  expect(rendered).toBeGreaterThan(100);
});
