import { planObjects, renderPlans } from '../src/app/render.js';
import { check } from '../src/model/check/check.js';
import { planAccess } from '../src/model/plan/access-plan.js';
import { nothingRetired } from '../src/model/retire/retired.js';
import { attachmentNames } from '../src/model/vocabulary/attachments.js';
import { clusterModel } from '../src/model/vocabulary/cluster.js';
import { combinationOf } from '../src/model/vocabulary/compatibility.js';
import { distributionNames, originalOf } from '../src/model/vocabulary/distributions.js';
import { picksOfSpecs } from '../src/model/vocabulary/picks.js';
import { sourceNames } from '../src/model/vocabulary/sources.js';
import type { ImagePullSpec, SourceSpec } from '../src/model/vocabulary/spec.js';
import { writtenKinds } from '../src/model/vocabulary/written-kinds.js';
import { deployment, inventoryOf } from './support.js';
import { attachments, cells, distributions, sources, verdictOf } from './table-cells.js';

/** The policies that a cell must have. */
const kinds: Readonly<Record<string, string>> = {
  kyverno: 'MutatingPolicy',
  kyvernoLegacy: 'ClusterPolicy',
  native: 'MutatingAdmissionPolicy',
};

const copierPrefixes = { reflector: 'reflector.v1.k8s.emberstack.com/', replicator: 'replicator.v1.mittwald.de/' };

/** The tools that annotations of a source Secret speak to. */
function copiersIn(text: string): string[] {
  return Object.entries(copierPrefixes).flatMap(([name, prefix]) => (text.includes(prefix) ? [name] : []));
}

function copiersOf({ clusters }: ImagePullSpec): string[] {
  return Object.keys(copierPrefixes).filter((name) => name === clusters.prod?.distribution);
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
  expect([...new Set(sources.map(([name]) => name))]).toEqual([...sourceNames]);
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
      ({ code }) => !['combination-warned', 'scope-unlimited', 'telemetry-ends', 'token-expires'].includes(code),
    );
    if (verdictOf(cell) === 'refused') {
      expect([name, errors.map(({ code }) => code)]).toEqual([name, ['combination-refused']]);
      continue;
    }
    expect([name, errors]).toEqual([name, []]);
    const plan = planAccess(inventory, clusterModel(spec, 'prod'));
    const text = [...renderPlans([planObjects(plan, nothingRetired)]).output.values()]
      .map((file) => file.text)
      .join('');
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
      ...(source === 'sealed' ? ['SealedSecret'] : []),
      ...(source === 'plaintext' || source === 'sops' ? ['Secret'] : []),
      ...(original === undefined ? [] : ['Namespace']),
      ...(distribution === 'patcher' ? ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Deployment'] : []),
    ];
    const written = new Set(text.match(/(?<=^kind: ).*/gm));
    expect([name, expected.filter((kind) => !written.has(kind ?? ''))]).toEqual([name, []]);
    const isKnown = (kind: string) => writtenKinds.some((each) => each.kind === kind);
    expect([name, [...written].filter((kind) => !isKnown(kind))]).toEqual([name, []]);
    expect([name, copiersIn(text)]).toEqual([name, copiersOf(spec)]);
    rendered++;
  }
  expect(rendered).toBeGreaterThan(100);
});
