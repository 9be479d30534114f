import { parse } from 'yaml';
import { checkShape } from '../../../src/model/check/check-shape.js';
import { problemText } from '../../../src/model/problem/problem.js';
import { definitionOf, type JsonSchema, vocabularySchema } from '../../../src/model/vocabulary/json-schema.js';

/** What is said of a value of one interface of the vocabulary. */
function said(name: string, text: string): string[] {
  const schema = name === 'ImagePullSpec' ? vocabularySchema() : definitionOf(name);
  return checkShape(parse(text), schema).map((problem) =>
    problemText({ ...problem, at: { path: [] } })
      .replace(/ \[config-[a-z-]+\]/, '')
      .replace('\n  ', ' — '),
  );
}

const policies = '{ podPolicy: kyverno | kyvernoLegacy | native, apiVersion }';

test.each<[name: string, text: string, ...said: string[]]>([
  ['ClusterSpec', '{ gitops: flux, kustomization: true }'],
  [
    'ClusterSpec',
    '{ kubernetes: 1.35 }',
    'kubernetes must be text, not a number — quote it, else it is read as a number',
  ],
  ['ClusterSpec', '{ kustomization: "yes" }', 'kustomization must be true or false, not text'],
  ['ClusterSpec', '{ workloads: a.yaml }', 'workloads must be a list, not text'],
  ['ClusterSpec', '{ namespaces: [a] }', 'namespaces must be a mapping, not a list'],
  ['ClusterSpec', '{ bootstrap: }', 'bootstrap must be a mapping, not nothing'],
  ['ClusterSpec', '[]', 'the file must be a mapping, not a list'],
  ['BootstrapSpec', '{ shards: .inf }', 'shards must be a number, not Infinity'],
  ['BootstrapSpec', '{ sourceRef: {} }', 'sourceRef.name is missing'],
  ['BootstrapSpec', '{ repo: x }', 'the file has no key "repo"'],
  ['BootstrapSpec', '{ respository: x }', 'the file has no key "respository" — did you mean repository?'],
  [
    'BootstrapSpec',
    '{ "https://bob:hunter2@host": x }',
    'the file has an unknown key here — quote a value that holds a comma or a colon',
  ],
  ['ClusterSpec', '{ gitops: agrocd }', 'gitops must be one of argocd, flux — did you mean argocd?'],
  ['ClusterSpec', '{ gitops: Flux }', 'gitops must be one of argocd, flux — did you mean flux?'],
  ['ClusterSpec', '{ gitops: hunter2 }', 'gitops must be one of argocd, flux'],
  ['PodPolicySpec', '{ podPolicy: native, apiVersion: v1 }', 'apiVersion must be v1beta1'],
  [
    'ClusterSpec',
    '{ attachment: podPolicy }',
    `attachment must be serviceAccount, podTemplate, patcher, node, ${policies} or { serviceAccountPolicy: kyverno | kyvernoLegacy | native, apiVersion, serviceAccounts, labels }`,
  ],
  ['ClusterSpec', '{ attachment: { podPolicy: native, labels: {} } }', 'attachment has no key "labels"'],
  [
    'ClusterSpec',
    '{ attachment: { podPolicy: kivernno } }',
    'attachment.podPolicy must be one of kyverno, kyvernoLegacy, native',
  ],
  ['ExternalSourceSpec', '{ fanOut: star }', 'fanOut must be hub or { hub: { namespace, refreshInterval } }'],
  [
    'ExternalSourceSpec',
    '{ fanOut: { hub: { namspace: x } } }',
    'fanOut.hub has no key "namspace" — did you mean namespace?',
  ],
  [
    'ClusterSpec',
    '{ workloads: [a.yaml, true, { path: a, namespaces: b }] }',
    'workloads.1 must be text, { path, namespace }, { rendered, from, namespace }, { kustomize, namespace }, { helm, release, namespace, values, … }, { argocd } or { flux }, not true or false',
    'workloads.2 has no key "namespaces" — did you mean namespace?',
  ],
  ['ImagePullSpec', '{ version: 1, clusters: {}, overlap: [a, [b]] }', 'overlap.1 must be text, not a list'],
  [
    'ImagePullSpec',
    '{ version: 1, clusters: {}, overlap: [[a, 5]] }',
    'overlap.0.1 must be text, not a number — quote it, else it is read as a number',
  ],
  [
    'ImagePullSpec',
    '{ version: 1, clusters: {}, overlap: a }',
    'overlap must be a list of text or a list of lists of text',
  ],
])('%s %s', (name, text, ...expected) => {
  expect(said(name, text)).toEqual(expected);
});

test('a key without value is one that is not given', () => {
  expect(checkShape({ gitops: undefined, namespaces: { a: undefined } }, definitionOf('ClusterSpec'))).toEqual([]);
  expect(checkShape({ from: 'a', to: undefined }, definitionOf('GrantSpec'))).toMatchObject([{ at: { path: ['to'] } }]);
});

test('what objects inherit is neither a key nor known', () => {
  const closed: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };
  expect(checkShape({ constructor: 1 }, closed)).toMatchObject([{ code: 'config-unknown-key' }]);
  expect(checkShape(Object.create({ a: 1 }), closed)).toEqual([]);
});
