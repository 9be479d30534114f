import { findingsOfAll } from '../../../src/model/proof/suppression.js';
import { deployment, entry, pullSecret } from './rules/documents.js';
import { proofOf } from './rules/rule-case.js';

const image = 'reg.example.com/web';

/** A Deployment whose image nobody declares, with an annotation. */
function annotated(ignore: string, namespace = 'namespace: a,', images = image): string {
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, ${namespace} annotations: { cdk8s-image-pull/ignore: ${JSON.stringify(ignore)} } }, spec: { template: { spec: { containers: [{ name: c, image: ${images} }] } } } }`;
}

function codes(documents: readonly string[]): string[] {
  return proofOf(documents).findings.map(({ code }) => code);
}

test('a finding is suppressed by its code, with a reason, and counted', () => {
  const { findings, suppressed } = proofOf([annotated('access-unknown: everybody may pull there')]);
  expect(findings).toEqual([]);
  expect(suppressed.map(({ problem, suppression }) => [problem.code, suppression.reason])).toEqual([
    ['access-unknown', 'everybody may pull there'],
  ]);
});

test.each([
  ['another code', 'image-uncovered: no', ['access-unknown', 'suppression-unused']],
  ['no reason', 'access-unknown', ['access-unknown', 'suppression-invalid']],
  ['an empty reason', 'access-unknown: ', ['access-unknown', 'suppression-invalid']],
  ['no code', 'everything: please', ['access-unknown', 'suppression-invalid']],
  ['nothing', ' ; ', ['access-unknown', 'suppression-invalid']],
  ['a code that finds nothing beside one that does', 'access-unknown: x; pull-blocked: y', ['suppression-unused']],
  ['a reason with a colon in it', 'access-unknown: see https://wiki.example.com/42', []],
])('an annotation with %s', (_, ignore, expected) => {
  expect(codes([annotated(ignore)])).toEqual(expected);
});

test('an annotation suppresses nothing about other objects', () => {
  expect(codes([annotated('access-unknown: x'), deployment('a', 'api', image)])).toEqual(['access-unknown']);
});

test('a SealedSecret, an account and a namespace have annotations, too', () => {
  const metadata = (name: string) =>
    `metadata: { name: ${name}, namespace: a, annotations: { cdk8s-image-pull/ignore: "pull-blocked: x" } }`;
  const { findings } = proofOf([
    `{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, ${metadata('pull')}, spec: { template: { type: kubernetes.io/dockerconfigjson } } }`,
    `{ apiVersion: v1, kind: ServiceAccount, ${metadata('web')} }`,
    `{ apiVersion: v1, kind: Namespace, metadata: { name: a, annotations: { cdk8s-image-pull/ignore: "pull-blocked: x" } } }`,
  ]);
  expect(findings.filter(({ code }) => code === 'suppression-unused').map(({ about }) => about)).toEqual([
    { kind: 'ServiceAccount', name: 'web', namespace: 'a' },
    { kind: 'SealedSecret', name: 'pull', namespace: 'a' },
    { kind: 'Namespace', name: 'a' },
  ]);
});

test('what an annotation suppresses in one cluster is of use, though another cluster has no such finding', () => {
  const documents = [
    pullSecret('a', 'pull', { 'ghcr.io/acme/': entry }),
    annotated('access-unknown: x', 'namespace: a,', 'ghcr.io/acme/web'),
  ];
  const plain = proofOf(documents);
  const declared = proofOf(documents, {
    spec: { registries: { ghcr: { host: 'ghcr.io', access: 'public' } } },
  });
  const unused = ['suppression-unused'];
  expect(declared.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(unused));
  expect(findingsOfAll([plain, declared]).map(({ code }) => code)).not.toEqual(expect.arrayContaining(unused));
  expect(findingsOfAll([declared, declared]).map(({ code }) => code)).toEqual(expect.arrayContaining(unused));
});
