import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { type ReadOptions, readInventory } from '../../src/manifests/inventory.js';
import type { Inventory } from '../../src/model/inventory/found-inventory.js';
import { placeOf, problemText } from '../../src/model/problem/problem.js';
import { headerPrefix } from '../../src/output/header.js';

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-inventory-'));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), content);
  }
}

function read(options: Partial<ReadOptions> = {}) {
  const { inventory, problems } = readInventory({ base: root, workloads: ['.'], ...options });
  return { ...inventory, problems, texts: problems.map((problem) => problemText(problem).split('\n')[0]) };
}

const deployment = (name: string, namespace = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  template:
    spec:
      imagePullSecrets:
        - name: own
      containers:
        - name: main
          image: r.io/${name}
`;

describe('readInventory', () => {
  test('reads what a manifest says, with places', () => {
    write({ 'apps/web.yaml': `# comment\n${deployment('web', 'shop')}` });
    expect(read()).toMatchObject({
      problems: [],
      files: 1,
      objects: 1,
      workloads: [
        {
          name: 'web',
          namespace: 'shop',
          place: { file: 'apps/web.yaml', line: 2, column: 1 },
          podSpecPlace: { file: 'apps/web.yaml', line: 10, column: 7 },
          pullSecrets: { names: ['own'], place: { line: 11, column: 9 } },
          images: [{ image: 'r.io/web', place: { file: 'apps/web.yaml', line: 14, column: 18 } }],
        },
      ],
    });
  });

  test('records what else matters to pulls, and counts the rest', () => {
    write({
      'all.yaml': `
{ apiVersion: v1, kind: ServiceAccount, metadata: { name: sa, namespace: ns }, imagePullSecrets: [{ name: a }, {}] }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: ns, labels: { tier: gold, on: "yes" } } }
---
{ apiVersion: project.openshift.io/v1, kind: Project, metadata: { name: p } }
---
{ apiVersion: v1, kind: Secret, metadata: { name: s, namespace: ns }, type: kubernetes.io/dockerconfigjson, data: { a: aHVudGVyMg== } }
---
{ apiVersion: v1, kind: Secret, metadata: { name: t, namespace: ns }, stringData: { a: ENC }, sops: { version: "3" } }
---
{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: sealed, namespace: ns }, spec: { template: { type: x } } }
---
{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: e, namespace: ns }, spec: { target: { name: f, template: { type: t } } } }
---
{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: api, namespace: ns } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: ns } }
---
{ apiVersion: acme.io/v1, kind: Secret, metadata: { name: other } }
`,
    });
    expect(read()).toMatchObject({
      objects: 10,
      problems: [],
      accounts: [{ name: 'sa', namespace: 'ns', pullSecrets: ['a', ''], pullSecretsPlace: { line: 2, column: 98 } }],
      namespaces: [
        {
          name: 'ns',
          labels: new Map([
            ['tier', 'gold'],
            ['true', 'yes'],
          ]),
        },
        { name: 'p' },
      ],
      secrets: [
        { kind: 'ExternalSecret', name: 'f', type: 't' },
        { kind: 'SealedSecret', name: 'sealed', type: 'x' },
        { kind: 'Secret', name: 's', type: 'kubernetes.io/dockerconfigjson', encrypted: false },
        { kind: 'Secret', name: 't', encrypted: true },
      ],
      imageStreams: [{ name: 'api', namespace: 'ns' }],
    });
  });

  test('knows the entries that carry our mark', () => {
    write({
      'a.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: { name: sa }
imagePullSecrets: [{ name: own }, { name: hub }] # image-pull: hub
---
apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  imagePullSecrets:
    - name: hub # image-pull
    - name: own
  containers: [{ image: r.io/p }]
---
apiVersion: v1
kind: Pod
metadata: { name: q }
spec: { imagePullSecrets: [{ name: own }], containers: [{ image: r.io/q }] }
`,
    });
    const { accounts, workloads } = read();
    expect(accounts).toMatchObject([{ pullSecrets: ['own', 'hub'], marks: ['hub'] }]);
    expect(workloads.map(({ pullSecrets }) => pullSecrets.marks)).toEqual([['hub'], undefined]);
  });

  test('keeps values of Secrets only when asked, and never prints them', () => {
    write({
      'a.yaml': `
{ apiVersion: v1, kind: Secret, metadata: { name: s }, data: { d: aHVudGVyMg== }, stringData: { t: hunter2 } }
---
{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: e }, spec: { target: { template: { data: { .dockerconfigjson: hunter2 } } } } }
`,
    });
    expect(read().secrets[1]).toEqual({
      kind: 'Secret',
      name: 's',
      encrypted: false,
      place: { file: 'a.yaml', line: 2, column: 1 },
    });
    const { secrets } = read({ keepSecretData: true });
    expect(secrets[1]?.data?.get('d')?.reveal()).toBe('aHVudGVyMg==');
    expect(secrets[1]?.stringData?.get('t')?.reveal()).toBe('hunter2');
    expect(secrets[0]?.templateData?.get('.dockerconfigjson')?.reveal()).toBe('hunter2');
    expect(`${inspect(secrets, { depth: 9 })}${JSON.stringify(secrets)}`).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test('gives the namespace of an entry to objects that name none', () => {
    write({ 'a.yaml': deployment('a'), 'b.yaml': deployment('b', 'own'), 'c.yaml': deployment('c') });
    const { workloads } = read({ workloads: [{ path: '[ab].yaml', namespace: 'given' }, 'c.yaml'] });
    expect(workloads.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['c', undefined],
      ['a', 'given'],
      ['b', 'own'],
    ]);
  });

  test('says what rendered manifests were rendered from', () => {
    write({ 'out/web.yaml': deployment('web') });
    expect(read({ workloads: [{ rendered: 'out/*.yaml', from: 'base' }] }).workloads[0]?.source).toEqual({
      rendered: 'out/*.yaml',
      from: 'base',
    });
  });

  test('reads standard input', () => {
    const stdin = Buffer.from(deployment('web'));
    expect(read({ workloads: [{ path: '-', namespace: 'n' }], stdin })).toMatchObject({
      files: 1,
      workloads: [{ name: 'web', namespace: 'n', place: { file: '<stdin>', line: 1, column: 1 } }],
    });
    expect(read({ workloads: ['-'] }).texts).toEqual([
      '<stdin> cannot be read: nothing was handed in as standard input [manifest-unreadable]',
    ]);
  });

  test('does not read output back, unless asked', () => {
    write({ 'dist/x.yaml': `${headerPrefix}; do not edit\n${deployment('x')}` });
    expect(read()).toMatchObject({ files: 0, objects: 0, problems: [{ code: 'nothing-read' }] });
    expect(read({ readOutput: true }).objects).toBe(1);
    const stdin = Buffer.from(`${headerPrefix}\n${deployment('x')}`);
    expect(read({ workloads: ['-'], stdin }).objects).toBe(1);
  });

  test('knows the kinds of the user', () => {
    write({ 'a.yaml': '{ apiVersion: acme.io/v1, kind: Machine, metadata: { name: m }, spec: { image: r.io/m } }' });
    expect(read().workloads).toEqual([]);
    expect(read({ podKinds: [{ kind: 'Machine', images: ['spec.image'] }] }).workloads[0]?.images[0]?.image).toBe(
      'r.io/m',
    );
    expect(read({ podKinds: [{ kind: 'Machine', images: ['$.x'] }] }).problems).toMatchObject([
      { code: 'pod-kind-invalid', at: { path: ['podKinds', 0, 'images', 0] } },
    ]);
  });

  test('reads the items of lists whose kind says what they are', () => {
    write({
      'a.yaml': `apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: { name: a }\n  spec: { template: { spec: { containers: [{ image: r.io/a }] } } }\n`,
    });
    expect(read().workloads).toMatchObject([{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }]);
  });

  test('collects the problems of all files in order, and reads the others', () => {
    write({
      'z.yaml': deployment('z', 'ns'),
      'broken.yaml': 'a: [',
      'binary.yaml': Buffer.from([0, 1, 2]),
      'laughs.yaml': 'a: &a [*a]',
      'values.yaml': 'image: x',
      'typed.yaml': deployment('typed').replace('image: r.io/typed', 'image: 5'),
    });
    const { workloads, texts } = read({ workloads: ['.', 'none'] });
    expect(workloads.map(({ name }) => name)).toEqual(['typed', 'z']);
    expect(texts).toEqual([
      'workloads: "none" matches no file [no-manifests]',
      'binary.yaml:1:1: the file is not UTF-8 text [manifest-not-text]',
      'broken.yaml:1:5: not valid YAML: the indentation does not fit the lines before, or a bracket is not closed [manifest-invalid]',
      'laughs.yaml:1:8: the alias stands for something that it is itself a part of [manifest-alias]',
      'typed.yaml:13:18: Deployment typed: spec.template.spec.containers[0].image must be text, not a number [manifest-wrong-type]',
      'values.yaml:1:1: this is no Kubernetes object: it has no kind [manifest-not-an-object]',
    ]);
  });

  test('judges the size of a file before it reads it', () => {
    fs.closeSync(fs.openSync(path.join(root, 'big.yaml'), 'w'));
    fs.truncateSync(path.join(root, 'big.yaml'), 64 * 1024 * 1024 + 1);
    expect(read().problems).toMatchObject([{ code: 'manifest-too-large', at: { file: 'big.yaml' } }]);
  });

  test('tolerates a byte order mark, with right columns', () => {
    write({ 'a.yaml': `\ufeff{ apiVersion: v1, kind: Namespace, metadata: { name: ns } }` });
    expect(read().namespaces).toMatchObject([{ place: { line: 1, column: 1 } }]);
  });

  test('shows no line of any file', () => {
    const wrong = deployment('a').replace('image: r.io/a', 'image: 5');
    write({ 'a.yaml': wrong, 'b.yaml': `${wrong}---\n{ apiVersion: v1, kind: Secret, metadata: { name: 5 } }\n` });
    expect(read().problems.map((problem) => [problem.frame, placeOf(problem)?.file])).toEqual([
      [undefined, 'a.yaml'],
      [undefined, 'b.yaml'],
      [undefined, 'b.yaml'],
    ]);
  });
});

describe('the same manifests', () => {
  const documents = [
    deployment('a', 'one'),
    deployment('a', 'two'),
    deployment('b', 'one'),
    deployment('b'),
    '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: sa, namespace: one }, imagePullSecrets: [{ name: x }] }\n',
    '{ apiVersion: v1, kind: Namespace, metadata: { name: one } }\n',
    '{ apiVersion: v1, kind: Secret, metadata: { name: s, namespace: one } }\n',
    '{ apiVersion: tekton.dev/v1, kind: TaskRun, metadata: { name: r, namespace: one }, spec: { taskRef: { name: t } } }\n',
    '{ apiVersion: tekton.dev/v1, kind: Task, metadata: { name: t, namespace: one }, spec: { steps: [{ image: r.io/t }] } }\n',
    '{ apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: { name: p, namespace: one }, spec: {} }\n',
  ];

  // Places tell where something stands; everything else must not depend on it.
  const essence = ({ files: _files, ...inventory }: Inventory) =>
    JSON.stringify(inventory, (key, value: unknown) => (/place$/i.test(key) ? undefined : value));

  test('give the same inventory in any order of files and documents', () => {
    write({ 'all.yaml': documents.join('---\n') });
    const expected = essence(readInventory({ base: root, workloads: ['.'] }).inventory);
    fs.rmSync(path.join(root, 'all.yaml'));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(documents, { minLength: documents.length }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: documents.length, maxLength: documents.length }),
        (shuffled, places) => {
          for (let file = 0; file <= 4; file++) {
            write({ [`f${file}.yaml`]: shuffled.filter((_, index) => places[index] === file).join('---\n') });
          }
          expect(essence(readInventory({ base: root, workloads: ['.'] }).inventory)).toBe(expected);
        },
      ),
      { numRuns: 50 },
    );
  });
});
