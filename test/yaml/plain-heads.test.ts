// A head is told from a text without parsing it only where every reader of YAML finds the same.
import fc from 'fast-check';
import type { Tree } from '../../src/model/inventory/tree.js';
import { readDocuments } from '../../src/yaml/documents.js';
import { plainHeads } from '../../src/yaml/plain-heads.js';

const seed = Number(process.env.FC_SEED ?? 1);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: team-a
  annotations:
    argocd.argoproj.io/sync-wave: "1"
spec:
  template: {}
`;

test.each([
  ['one object', deployment, ['Deployment team-a/web']],
  ['several, with comments and empty documents', `# head\n---\n${deployment}--- # next\n\n---\n${deployment}`, 2],
  ['CRLF', deployment.replaceAll('\n', '\r\n'), 1],
  ['quoted names', deployment.replace('team-a', '"team-a"').replace('web', "'web'"), 1],
  ['no namespace', deployment.replace('  namespace: team-a\n', ''), ['Deployment web']],
  ['labels and finalizers', deployment.replace('spec:', '  finalizers:\n    - x.io/y\nspec:'), 1],
])('%s is plain', (_what, text, expected) => {
  const heads = (plainHeads(text) ?? []).map(
    ({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
  );
  expect(typeof expected === 'number' ? heads.length : heads).toEqual(expected);
});

test('annotations with a prefix are given with the head', () => {
  expect(plainHeads(deployment)?.[0]?.marks).toEqual(['argocd.argoproj.io/sync-wave']);
});

test.each([
  ['a flow map', '{ apiVersion: v1, kind: Secret, metadata: { name: a } }'],
  ['metadata in a flow map', 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n'],
  ['an anchor', deployment.replace('metadata:', 'metadata: &m')],
  ['a merge', `${deployment}<<: { kind: Secret }\n`],
  ['a tag', deployment.replace('web', '!!str web')],
  ['a quoted key', `${deployment}"kind": ClusterPolicy\n`],
  ['a key of a quotation that is taken for one', `foo: "\n${deployment}spam: "\n"kind": ClusterPolicy\n`],
  ['a name that is no text', deployment.replace('web', 'true')],
  ['a map that begins behind the first column', deployment.replace(/^/gm, '  ')],
  ['another line break', deployment.replace('name: web', 'name: web\u0085  namespace: b')],
  ['a lone carriage return', deployment.replace('template: {}', 'x: y\rkind: Secret')],
  ['a template', `{{ if x }}\n${deployment}{{ end }}\n`],
  ['a list at the first column', 'apiVersion: v1\nkind: List\nitems:\n- a: b\n'],
  ['no object', 'replicas: 3\n'],
])('%s is not', (_what, text) => {
  expect(plainHeads(text)).toBeUndefined();
});

const lines = [
  ...['apiVersion: v1', 'kind: Secret', 'kind: "Pod"', 'metadata:', '  name: a', '  namespace: b', '  namespace: c'],
  ...['---', '--- # x', '...', '# comment', '', '"kind": Pod', 'data:', 'data: "x', 'data: |', "x: 'y", 'y"', "y'"],
  ...['  annotations:', '    a: b', '    a.io/b: "c"', "    a: 'x", "    b: y'", '    a: [b,', '      c]', '    - d'],
  ...[
    '  - name: z',
    '  a: |',
    '    name: q',
    ' namespace: d',
    '    namespace: e',
    '  "namespace": f',
    '? kind',
    ': Pod',
  ],
  ...[
    '  name: &x a',
    '  <<: *x',
    'a: {',
    '}',
    '  b: }',
    '  kind: Pod',
    '\tname: t',
    '  name: yes',
    '  name: a # b',
    '    x: "y\\"',
  ],
];

test(`whatever is plain is what the reader finds (seed ${seed})`, () => {
  const objectLines = fc.array(fc.constantFrom(...lines), { maxLength: 14 });
  const text = fc.tuple(fc.boolean(), objectLines, fc.constantFrom('\n', '\r\n')).map(([isHeaded, all, end]) => {
    const head = isHeaded ? ['apiVersion: v1', 'kind: Secret', 'metadata:', '  name: a'] : [];
    return [...head, ...all].join(end);
  });
  let plain = 0;
  fc.assert(
    fc.property(text, (each) => {
      const heads = plainHeads(each);
      if (!heads) return;
      const found: unknown[] = [];
      const take = (object: Tree) => {
        const metadata = object.get('metadata');
        const [apiVersion, kind] = ['apiVersion', 'kind'].map((key) => object.get(key)?.string());
        const [name, namespace] = ['name', 'namespace'].map((key) => metadata?.get(key)?.string());
        found.push({ apiVersion, kind, name, namespace });
        return [];
      };
      if (readDocuments({ file: 'x.yaml', text: each }, take).length > 0) return;
      plain++;
      expect(found).toEqual(
        heads.map(({ apiVersion, kind, name, namespace }) => ({ apiVersion, kind, name, namespace })),
      );
    }),
    { seed, numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(500);
});
