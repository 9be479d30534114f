import { buildCluster } from '../src/app/build.js';
import { planAccess } from '../src/model/access/access-plan.js';
import { check } from '../src/model/spec/check.js';
import { clusterModel } from '../src/model/spec/cluster.js';
import { compatibility, writable } from '../src/model/spec/compatibility.js';
import {
  type AttachmentSpec,
  type DistributionSpec,
  engineNames,
  kyvernoEngineNames,
  picksOfSpecs,
} from '../src/model/spec/picks.js';
import type { ImagePullSpec, SourceSpec } from '../src/model/spec/spec.js';
import { ImagePullApp } from '../src/synth/image-pull-app.js';
import { renderApp } from '../src/synth/render.js';
import { deployment, inventoryOf } from './support.js';

const sources: Readonly<Record<string, SourceSpec>> = {
  existing: { existing: {} },
  external: { external: { store: 'vault', key: 'registries/r' } },
  plaintext: { plaintext: { username: 'robot', password: 'hunter2', acceptPlaintextInGit: true } },
};
const distributions: readonly DistributionSpec[] = [
  'perNamespace',
  ...kyvernoEngineNames.map((engine) => ({ kyverno: { engine } })),
  'reflector',
  'replicator',
  'patcher',
];
const attachments: readonly AttachmentSpec[] = [
  'serviceAccount',
  'podTemplate',
  'patcher',
  ...engineNames.flatMap((engine): AttachmentSpec[] => [{ podPolicy: engine }, { serviceAccountPolicy: engine }]),
  { podPolicy: 'native', apiVersion: 'v1beta1' },
  { serviceAccountPolicy: 'native', apiVersion: 'v1beta1' },
];
const platforms = [{}, { openshift: '4.20' }] as const;

/** The policies that a cell must have. */
const kinds: Readonly<Record<string, string>> = {
  kyverno: 'MutatingPolicy',
  kyvernoLegacy: 'ClusterPolicy',
  native: 'MutatingAdmissionPolicy',
};

interface Cell {
  readonly name: string;
  readonly spec: ImagePullSpec;
}

function* cells(): Generator<Cell> {
  for (const [source, sourceSpec] of Object.entries(sources))
    for (const distribution of distributions)
      for (const attachment of attachments)
        for (const platform of platforms)
          for (const gitops of ['argocd', 'flux'] as const) {
            const spec: ImagePullSpec = {
              version: 1,
              registries: { r: { host: 'r.example.com' } },
              pullSecrets: { 'r-pull': { registries: ['r'], source: sourceSpec } },
              clusters: { prod: { gitops, distribution, attachment, ...platform } },
            };
            yield { name: JSON.stringify({ source, distribution, attachment, platform, gitops }), spec };
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

function verdictOf({ clusters }: ImagePullSpec) {
  const model = clusterModel({ version: 1, clusters }, 'prod');
  const { distribution = 'perNamespace', attachment = 'serviceAccount' } = clusters.prod ?? {};
  const { platform, gitops, versions } = model;
  return (source: (typeof writable.sources)[number]) =>
    compatibility({ source, ...picksOfSpecs(distribution, attachment), platform, gitops, versions }).verdict;
}

test('the cells are of every pick that can be written', () => {
  expect(Object.keys(sources)).toEqual([...writable.sources]);
  const picks = distributions.flatMap((each) => attachments.map((attachment) => picksOfSpecs(each, attachment)));
  expect(new Set(picks.map(({ distribution }) => distribution))).toEqual(new Set(writable.distributions));
  expect(new Set(picks.map(({ attachment }) => attachment))).toEqual(new Set(writable.attachments));
});

test('every cell that the compatibility table allows is rendered, and the others are refused', () => {
  const inventory = inventoryOf(deployment('team-a', 'web', ['r.example.com/web']));
  let rendered = 0;
  for (const { name, spec } of cells()) {
    const source = Object.keys(spec.pullSecrets?.['r-pull']?.source ?? {})[0] as (typeof writable.sources)[number];
    const errors = check(spec).filter(({ code }) => code !== 'combination-warned');
    if (verdictOf(spec)(source) === 'refused') {
      expect([name, errors.map(({ code }) => code)]).toEqual([name, ['combination-refused']]);
      continue;
    }
    expect([name, errors]).toEqual([name, []]);
    const app = new ImagePullApp();
    const plan = planAccess(inventory, clusterModel(spec, 'prod'));
    buildCluster(app, spec, plan);
    const text = [...renderApp(app).output.values()].map((file) => file.text).join('');
    const { engine, cloneEngine, sourceNamespace, patcher } = plan.cluster.pullSecrets.get('r-pull') ?? {};
    const expected = [
      ...(engine ? [kinds[engine]] : []),
      ...(cloneEngine ? [cloneEngine === 'kyverno' ? 'GeneratingPolicy' : 'ClusterPolicy'] : []),
      ...(source === 'external' ? ['ExternalSecret'] : source === 'plaintext' ? ['Secret'] : []),
      ...(sourceNamespace === undefined ? [] : ['Namespace']),
      ...(patcher ? ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Deployment'] : []),
    ];
    const written = new Set(text.match(/(?<=^kind: ).*/gm));
    expect([name, expected.filter((kind) => !written.has(kind ?? ''))]).toEqual([name, []]);
    expect([name, copiersIn(text)]).toEqual([name, copiersOf(spec)]);
    rendered++;
  }
  expect(rendered).toBeGreaterThan(100);
});
