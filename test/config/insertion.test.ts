// Entries are added behind those that are there, and nothing else of the text changes.
import { parse } from 'yaml';
import { type Insertion, withInsertions } from '../../src/config/insertion.js';

const quay: Insertion = { into: ['registries'], key: 'quay', value: '{ preset: quay }' };
const apps: Insertion = { into: ['workloads'], value: 'apps' };

test.each<[string, string, Insertion, string]>([
  [
    'a block map',
    'registries:\n  hub: {}   # ours\n\nworkloads: []\n',
    quay,
    'registries:\n  hub: {}   # ours\n  quay: { preset: quay }\n\nworkloads: []\n',
  ],
  ['a block list', 'workloads:\n  - one   # first\n', apps, 'workloads:\n  - one   # first\n  - apps\n'],
  ['a list at the indentation of its key', 'workloads:\n- one\nx: 1\n', apps, 'workloads:\n- one\n- apps\nx: 1\n'],
  ['an empty map', 'registries: {}   # none\nx: 1\n', quay, 'registries:   # none\n  quay: { preset: quay }\nx: 1\n'],
  ['an empty list at the end', 'workloads: []', apps, 'workloads:\n  - apps\n'],
  ['a flow map', 'registries: { hub: {} }\n', quay, 'registries: { hub: {}, quay: { preset: quay } }\n'],
  ['a flow list on lines', 'workloads: [\n  one,\n]\n', apps, 'workloads: [\n  one, apps\n]\n'],
  ['no such key', 'version: 1\n', quay, 'version: 1\n\nregistries:\n  quay: { preset: quay }\n'],
  [
    'values of several lines',
    'registries:\n  hub:\n    preset: docker-hub\n    # why\n\nx: 1\n',
    quay,
    'registries:\n  hub:\n    preset: docker-hub\n  quay: { preset: quay }\n    # why\n\nx: 1\n',
  ],
  [
    'a list of a cluster',
    'clusters:\n  prod:\n    gitops: flux\n    workloads:\n      - one   # first\n  stage: {}\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'clusters:\n  prod:\n    gitops: flux\n    workloads:\n      - one   # first\n      - apps\n  stage: {}\n',
  ],
  [
    'a cluster without a list',
    'clusters:\n  prod:\n    gitops: flux # ours\n  stage: {}\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'clusters:\n  prod:\n    gitops: flux # ours\n    workloads: [ apps ]\n  stage: {}\n',
  ],
  [
    'a cluster without anything',
    'clusters:\n  prod:   # ours\n  stage: {}\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'clusters:\n  prod:   # ours\n    workloads: [ apps ]\n  stage: {}\n',
  ],
  [
    'an empty cluster',
    'clusters:\n  prod: {}   # ours\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'clusters:\n  prod:   # ours\n    workloads: [ apps ]\n',
  ],
  [
    'an empty cluster in a flow map',
    'clusters: { prod: {}, stage: {} }   # ours\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'clusters: { prod: { workloads: [ apps ] }, stage: {} }   # ours\n',
  ],
  [
    'no cluster at all',
    'version: 1\n',
    { into: ['clusters', 'prod', 'workloads'], value: 'apps' },
    'version: 1\n\nclusters:\n  prod: { workloads: [ apps ] }\n',
  ],
  ['no line break at the end', 'registries:\n  hub: {}', quay, 'registries:\n  hub: {}\n  quay: { preset: quay }\n'],
])('into %s', (_, text, insertion, after) => {
  expect(withInsertions(text, [insertion])).toBe(after);
  const value = parse(after) as Record<string, unknown>;
  expect(JSON.stringify(value[insertion.into[0]])).toContain(insertion.key ?? insertion.value);
});

test('several into one, in order', () => {
  const more: Insertion[] = [quay, { ...quay, key: 'acr' }, apps];
  expect(withInsertions('registries: {}\n', more)).toBe(
    'registries:\n  quay: { preset: quay }\n  acr: { preset: quay }\n\nworkloads:\n  - apps\n',
  );
});
