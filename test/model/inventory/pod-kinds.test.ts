import type { PodKindSpec } from '../../../src/model/inventory/pod-kind.js';
import { groupOf, PodKindIndex, podKindOf } from '../../../src/model/inventory/pod-kind-index.js';
import { podKinds } from '../../../src/model/inventory/pod-kinds.js';
import { settlePods } from '../../../src/model/inventory/pod-loans.js';
import { podsIn } from '../../../src/model/inventory/pods.js';
import { plainTree } from '../../../src/model/inventory/tree.js';
import { batchCases } from './pod-kind-cases/batch.js';
import { ofPodSpec, podSpec, template } from './pod-kind-cases/case.js';
import { databaseCases } from './pod-kind-cases/databases.js';
import { kruiseCases } from './pod-kind-cases/kruise.js';
import { kubernetesCases } from './pod-kind-cases/kubernetes.js';
import { machineLearningCases } from './pod-kind-cases/machine-learning.js';
import { machineCases } from './pod-kind-cases/machines.js';
import { messagingCases } from './pod-kind-cases/messaging.js';
import { observabilityCases } from './pod-kind-cases/observability.js';
import { pipelineCases } from './pod-kind-cases/pipelines.js';
import { platformCases } from './pod-kind-cases/platform.js';

const cases = [
  ...kubernetesCases,
  ...kruiseCases,
  ...pipelineCases,
  ...batchCases,
  ...machineLearningCases,
  ...observabilityCases,
  ...databaseCases,
  ...messagingCases,
  ...machineCases,
  ...platformCases,
];

function podsOf(object: unknown, specs: readonly PodKindSpec[] = []) {
  const kinds = specs.map((spec) => podKindOf(spec).kind).filter((kind) => kind !== undefined);
  const { object: found, problems } = podsIn(plainTree(object), new PodKindIndex(kinds));
  expect(problems).toEqual([]);
  return found ? settlePods([found]).workloads : [];
}

function podText(workload: ReturnType<typeof podsOf>[number]): string {
  const images = workload.images.map(({ image, imageStream: stream }) =>
    stream ? `${stream.namespace ? `${stream.namespace}/` : ''}${stream.name}=${image}` : image,
  );
  return [
    `${workload.serviceAccount}${workload.ownListOnly ? '!' : ''}`,
    `[${workload.pullSecrets.names.join(' ')}]`,
    ...images,
  ].join(' ');
}

describe('podKinds', () => {
  test.each(cases)('finds the pods of $apiVersion $kind', ({ apiVersion, kind, rest, expected, ...paths }) => {
    const workloads = podsOf({ apiVersion, kind, metadata: { name: 'x', namespace: 'n' }, ...(rest as object) });
    expect(workloads.map(podText)).toEqual(expected);
    expect(workloads[0]?.listPath).toBe(paths.listPath);
    expect(workloads[0]?.namesField).toBe(paths.namesField);
  });

  test('has a case here for every line of the table, and no line twice', () => {
    const lines = podKinds.map(({ group, kind }) => `${group}/${kind}`);
    expect(cases.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`)).toEqual(lines);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('takes the group into account: a Service of the core group runs nothing', () => {
    expect(podsOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: template })).toEqual([]);
    expect(podsOf({ apiVersion: 'other.io/v1', kind: 'Deployment', metadata: { name: 'x' }, spec: template })).toEqual(
      [],
    );
  });
});

describe('podKindOf', () => {
  const object = (apiVersion: string) => ({
    apiVersion,
    kind: 'Machine',
    metadata: { name: 'x' },
    spec: {
      account: 'outer',
      secrets: ['a', 'b'],
      image: 'r.io/top',
      parts: { one: { image: 'r.io/one' }, two: { image: 'r.io/two' } },
      pod: podSpec,
    },
  });

  test.each<[string, PodKindSpec, string[]]>([
    ['a pod spec', { kind: 'Machine', podSpec: 'spec.pod' }, [ofPodSpec]],
    [
      'images alone',
      { kind: 'Machine', images: ['spec.image', 'spec.parts.*.image'] },
      ['default [] r.io/top r.io/one r.io/two'],
    ],
    [
      'images with account and pull secrets',
      { kind: 'Machine', images: ['spec.image'], serviceAccount: 'spec.account', pullSecrets: 'spec.secrets[]' },
      ['outer [a b] r.io/top'],
    ],
    [
      'both, sharing the account of the pod spec',
      { kind: 'Machine', podSpec: 'spec.pod', images: ['spec.image'] },
      [ofPodSpec, 'runner [own] r.io/top'],
    ],
  ])('reads %s', (_what, spec, expected) => {
    expect(podsOf(object('acme.io/v1'), [spec]).map(podText)).toEqual(expected);
  });

  test.each([
    ['acme.io/v1', 1],
    ['acme.io/v2', 1],
    ['acme.io', 1],
    [undefined, 1],
    ['other.io/v1', 0],
    ['v1', 0],
  ])('with apiVersion %p finds %i object of acme.io/v1', (apiVersion, count) => {
    const spec: PodKindSpec = { kind: 'Machine', images: ['spec.image'], ...(apiVersion && { apiVersion }) };
    expect(podsOf(object('acme.io/v1'), [spec])).toHaveLength(count);
  });

  test('goes before the table', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec: { image: 'r.io/x' },
    };
    expect(
      podsOf(deployment, [{ apiVersion: 'apps', kind: 'Deployment', images: ['spec.image'] }]).map(podText),
    ).toEqual(['default [] r.io/x']);
  });

  test.each<[PodKindSpec, (string | number)[]]>([
    [{ kind: 'Machine' }, []],
    [{ kind: '', podSpec: 'spec' }, ['kind']],
    [{ kind: 'a/b', podSpec: 'spec' }, ['kind']],
    [{ kind: 'Machine', podSpec: '.spec' }, ['podSpec']],
    [{ kind: 'Machine', podSpec: '$.spec' }, ['podSpec']],
    [{ kind: 'Machine', images: ['spec.image', 'spec.images[0]'] }, ['images', 1]],
    [{ kind: 'Machine', podSpec: 'spec', serviceAccount: '' }, ['serviceAccount']],
    [{ kind: 'Machine', podSpec: 'spec', pullSecrets: 'a..b' }, ['pullSecrets']],
  ])('refuses %p and says where', (spec, path) => {
    const { kind, problems } = podKindOf(spec, ['podKinds', 3]);
    expect(kind).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'pod-kind-invalid', at: { path: ['podKinds', 3, ...path] } }]);
  });
});
