import fc from 'fast-check';
import type { Applied } from '../../../src/model/topology/applied.js';
import { keptObject } from '../../../src/model/topology/kept-object.js';
import { Topology } from '../../../src/model/topology/topology.js';
import { type Added, addTo, followed, here, plain, repository, said } from './in-memory.js';

const application = (name: string, path: string, namespace = 'argocd') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: ${namespace} }
spec: { source: { repoURL: ${here}, path: ${path} }, destination: { namespace: ${name} } }
`;
const kustomization = (name: string, source: string, more = '') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: apps/${name}, sourceRef: { kind: GitRepository, name: ${source} } ${more} }
`;
const gitRepository = (name: string, url = here) =>
  `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: flux-system }
spec: { url: ${url} }
`;
const configMap = (name: string, value: string) =>
  `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: flux-system }
data: { a: ${value} }
`;
const variables = (name: string, isOptional = false) =>
  `, postBuild: { substituteFrom: [{ kind: ConfigMap, name: ${name}, optional: ${isOptional} }] }`;

const view = repository(['apps/a/x.yaml', 'apps/b/x.yaml', 'apps/c/x.yaml']);
const names = (applied: readonly Applied[]) => applied.map(({ by }) => `${by.kind} ${by.name}`);

/** Topology with objects added one after the other. */
const topologyOf = (...added: (string | Added)[]) => {
  const topology = new Topology(view);
  for (const each of added) addTo(topology, each);
  return topology;
};

describe('an object', () => {
  test('counts once, however often it is declared', () => {
    const { applied, problems } = followed(view, application('a', 'apps/a'), application('a', 'apps/a'));
    expect([names(applied), problems]).toEqual([['Application a'], []]);
  });

  test('that is declared with two contents is followed in both, and said', () => {
    const { applied, problems } = followed(
      view,
      { text: application('a', 'apps/b'), file: 'two.yaml' },
      { text: application('a', 'apps/a'), file: 'one.yaml' },
    );
    expect(applied.map(({ rendering }) => 'folder' in rendering && rendering.folder)).toEqual(['apps/a', 'apps/b']);
    expect(said(problems)).toEqual([
      'one.yaml:1:1 applied-twice: Application argocd/a is declared in two.yaml:1:1, too, and does not say the same there',
    ]);
  });

  test('of two clusters is two objects', () => {
    const at = (name: string, path: string) => ({ text: application('a', path), origin: { destination: { name } } });
    const { applied, problems } = followed(view, at('prod', 'apps/a'), at('stage', 'apps/b'));
    expect([applied, problems]).toEqual([[expect.anything(), expect.anything()], []]);
  });

  test('that names no namespace has that of whoever applies it', () => {
    const text = application('a', 'apps/a').replace(', namespace: argocd', '');
    expect(followed(view, { text, origin: { namespace: 'gitops' } }).applied[0]?.by).toMatchObject({
      namespace: 'gitops',
    });
  });

  test('is taken where it is followed, and only there', () => {
    const takes = (kind: string, apiVersion: string, name?: string) =>
      new Topology(view).add(plain({ apiVersion, kind, metadata: { name } }));
    expect(takes('Application', 'argoproj.io/v1alpha1', 'a')).toBe(true);
    expect(takes('HelmRelease', 'helm.toolkit.fluxcd.io/v2beta1', 'a')).toBe(true);
    expect(takes('Kustomization', 'kustomize.config.k8s.io/v1beta1', 'a')).toBe(false);
    expect(takes('Application', 'app.k8s.io/v1beta1', 'a')).toBe(false);
    expect(takes('ConfigMap', 'v1', 'a')).toBe(false);
    expect(takes('Application', 'argoproj.io/v1alpha1')).toBe(false);
    expect(takes('GitRepo', 'fleet.cattle.io/v1alpha1', 'a')).toBe(false);
  });

  test('that is a Secret keeps no value', () => {
    const data = { password: 'aHVudGVyMg==' };
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data,
      stringData: { token: 'hunter2' },
    };
    expect(keptObject(plain(secret), {})?.data.plain()).toEqual({ password: '', token: '' });
  });
});

test('an object that nests without end is a finding, and nothing that is read for others', () => {
  const deep = (count: number) => '['.repeat(count) + ']'.repeat(count);
  const values = (count: number) => application('a', `apps/a, helm: { valuesObject: { a: ${deep(count)} } }`);
  expect(followed(view, values(100)).problems).toEqual([]);
  expect(said(followed(view, { text: values(5_000), file: 'a.yaml' }).problems)).toEqual([
    'a.yaml:1:1 gitops-object-invalid: Application a nests deeper than is read',
  ]);
  expect(followed(view, configMap('one', deep(5_000))).problems).toEqual([]);
});

describe('what waits', () => {
  test('is followed when what it needs is there', () => {
    const topology = topologyOf(kustomization('a', 'fleet'));
    expect(topology.next()).toEqual([]);
    addTo(topology, gitRepository('fleet'));
    expect(names(topology.next())).toEqual(['Kustomization a']);
    expect([topology.next(), topology.finish()]).toEqual([[], []]);
  });

  test('for what it can do without is followed last', () => {
    const topology = topologyOf(
      kustomization('a', 'fleet', variables('later', true)),
      kustomization('b', 'flux-system'),
      kustomization('c', 'fleet'),
      gitRepository('fleet'),
    );
    expect(names(topology.next())).toEqual(['Kustomization c']);
    expect(names(topology.next())).toEqual(['Kustomization b']);
    addTo(topology, configMap('later', 'x'));
    expect(topology.next()).toMatchObject([{ rendering: { substitute: { values: new Map([['a', 'x']]) } } }]);
  });

  test('for what never comes is said at the end, and not before', () => {
    const topology = topologyOf(kustomization('a', 'fleet'), kustomization('b', 'fleet', variables('none')));
    expect([topology.next(), topology.next()]).toEqual([[], []]);
    addTo(topology, gitRepository('fleet'));
    expect(names(topology.next())).toEqual(['Kustomization a']);
    expect(said(topology.finish())).toEqual([
      'reference-missing: Kustomization flux-system/b refers to ConfigMap flux-system/none, which nothing that was read declares',
    ]);
  });
});

test('Applications that apply each other end', () => {
  const files: Readonly<Record<string, string>> = {
    'apps/a/x.yaml': `${application('b', 'apps/b')}---\n${application('a', 'apps/a')}`,
    'apps/b/x.yaml': `${application('a', 'apps/a')}---\n${application('c', 'apps/c')}`,
    'apps/c/x.yaml': application('root', 'apps'),
    'apps/x.yaml': application('a', 'apps/a'),
  };
  const topology = new Topology(repository(files));
  addTo(topology, application('root', 'apps'));
  const seen: string[] = [];
  for (let next = topology.next(); next.length > 0; next = topology.next()) {
    for (const { by, rendering } of next) {
      seen.push(by.name);
      if ('folder' in rendering) addTo(topology, files[`${rendering.folder}/x.yaml`] ?? '');
    }
  }
  expect([seen, topology.finish()]).toEqual([['root', 'a', 'b', 'c'], []]);
});

describe('the order in which objects are added does not show', () => {
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  generators: [{ git: { repoURL: ${here}, directories: [{ path: apps/* }] } }]
  template:
    metadata: { name: "{{path.basename}}" }
    spec: { project: p, source: { repoURL: ${here}, path: "{{path}}" }, destination: { name: x, namespace: y-y } }
`;
  const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: p, namespace: argocd }
spec: { sourceRepos: [], destinations: [] }
`;
  const objects = [
    application('a', 'apps/a'),
    application('a', 'apps/none'),
    application('root', 'apps/c'),
    kustomization('a', 'fleet', variables('one')),
    kustomization('b', 'flux-system', variables('two', true)),
    kustomization('c', 'missing'),
    gitRepository('fleet'),
    gitRepository('fleet', 'https://example.com/other'),
    configMap('one', 'x'),
    configMap('one', 'z'),
    configMap('two', 'x'),
    set,
    project,
  ];

  test('when all are added before the first question', () => {
    const expected = followed(view, ...objects);
    fc.assert(
      fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (order) => {
        expect(followed(view, ...order)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('nor does when they are added, where none is declared twice or can be done without', () => {
    const clear = objects.filter((_, index) => ![1, 4, 7, 9].includes(index));
    const { applied, problems } = followed(view, ...clear);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(clear, { minLength: clear.length }),
        fc.array(fc.boolean(), { minLength: clear.length, maxLength: clear.length }),
        (order, questions) => {
          const topology = new Topology(view);
          const all: Applied[] = [];
          for (const [index, each] of order.entries()) {
            addTo(topology, each);
            if (questions[index]) all.push(...topology.next());
          }
          for (let next = topology.next(); next.length > 0; next = topology.next()) all.push(...next);
          const sorted = (list: readonly Applied[]) => names(list).sort();
          expect([sorted(all), topology.finish()]).toEqual([sorted(applied), problems]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
