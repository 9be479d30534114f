import { ApiObject, App, type AppProps, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { Cluster, ImagePullApp, ImagePullError, PullSecret, problemText, Source } from '../../src/index.js';
import { emptyFolder, filesOf } from '../support.js';

type Build = (app: App) => void;

/** What an app of this class writes. */
function written(make: (props: AppProps) => App, build: Build, props: AppProps = {}): Record<string, string> {
  const outdir = emptyFolder();
  const app = make({ ...props, outdir });
  build(app);
  app.synth();
  return filesOf(outdir);
}

const configMap = (scope: Construct, id: string, data: object = {}) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data } as never);

const trees: [string, Build][] = [
  ['an empty app', () => {}],
  ['an empty chart', (app) => new Chart(app, 'empty')],
  [
    'charts with objects',
    (app) => {
      for (const id of ['b', 'a']) configMap(new Chart(app, id), `${id}-map`, { x: 'yes', y: '012', z: 'a: b' });
    },
  ],
  [
    'a chart with a namespace and labels',
    (app) => configMap(new Chart(app, 'c', { namespace: 'n', labels: { a: 'b' } }), 'map'),
  ],
  ['an id that is no DNS label', (app) => configMap(new Chart(app, 'Team.A'), 'map')],
  [
    'patches and late values',
    (app) => {
      const object = configMap(new Chart(app, 'c'), 'map', { late: Lazy.any({ produce: () => ['x', 'y'] }) });
      object.addJsonPatch(JsonPatch.add('/data/added', 'z'));
    },
  ],
  [
    'cdk8s-plus workloads',
    (app) => {
      const chart = new Chart(app, 'plus');
      new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx', portNumber: 80 }] }).exposeViaService({
        ports: [{ port: 80 }],
      });
      new kplus.CronJob(chart, 'job', {
        schedule: { expressionString: '* * * * *' } as never,
        containers: [{ image: 'nginx' }],
      });
    },
  ],
  [
    'dependencies inside a chart',
    (app) => {
      const chart = new Chart(app, 'c');
      const [a, b, c] = ['a', 'b', 'c'].map((id) => configMap(chart, id));
      a!.addDependency(b!, c!);
      b!.addDependency(c!);
    },
  ],
  [
    'dependencies between charts',
    (app) => {
      const [first, second, third] = ['one', 'two', 'three'].map((id) => new Chart(app, id));
      for (const chart of [first!, second!, third!]) configMap(chart, `${chart.node.id}-map`);
      first!.addDependency(third!);
    },
  ],
  [
    'a chart inside a chart',
    (app) => {
      const outer = new Chart(app, 'outer');
      configMap(outer, 'outer-map');
      configMap(new Chart(outer, 'inner'), 'inner-map');
    },
  ],
  [
    'a chart that renders itself',
    (app) => {
      class Own extends Chart {
        override toJson(): unknown[] {
          return [...super.toJson(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' } }];
        }
      }
      configMap(new Own(app, 'own'), 'map');
    },
  ],
];

describe('charts that are not ours', () => {
  for (const yamlOutputType of [
    YamlOutputType.FILE_PER_CHART,
    YamlOutputType.FILE_PER_APP,
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ]) {
    test.each(
      trees,
    )(`have the names and bytes of stock cdk8s, with ${YamlOutputType[yamlOutputType]}: %s`, (name, build) => {
      const overridden =
        name === 'a chart that renders itself' && yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
      const stock = written((props) => new App(props), build, { yamlOutputType });
      const ours = written((props) => new ImagePullApp(props), build, { yamlOutputType });
      // Stock forgets an overridden toJson in this one mode.
      if (overridden) expect(Object.keys(ours)).toContain('own/ConfigMap.extra.k8s.yaml');
      else expect(ours).toEqual(stock);
    });
  }

  test('are written over what stock cdk8s wrote before', () => {
    const outdir = emptyFolder();
    for (const [App_, value] of [
      [App, 'old'],
      [ImagePullApp, 'new'],
    ] as const) {
      const app = new App_({ outdir });
      configMap(new Chart(app, 'c'), 'map', { value });
      app.synth();
    }
    expect(filesOf(outdir)['c.k8s.yaml']).toContain('value: new');
  });
});

/** The same cluster in an app of any class. */
const cluster: Build = (app) => {
  const prod = new Cluster(app, 'prod');
  prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const pull = new PullSecret(prod, 'ghcr-pull', {
    registries: ['ghcr'],
    source: Source.external({ store: 'vault', key: 'k', email: 'a@b.c' }),
  });
  for (const name of ['a', 'b']) prod.namespace(name).serviceAccount('default').attach(pull);
};

test('our objects are byte for byte what stock cdk8s writes for the same tree', () => {
  const documents = (files: Record<string, string>) =>
    Object.values(files)
      .flatMap((text) => text.replace(/^(?:#.*\n)+/, '').split('---\n'))
      .sort();
  const ours = written((props) => new ImagePullApp(props), cluster);
  expect(Object.keys(ours).sort()).toEqual(['prod/namespaces/a.yaml', 'prod/namespaces/b.yaml']);
  expect(documents(ours)).toEqual(documents(written((props) => new App(props), cluster)));
});

test('objects of a file are ordered by kind, however the tree was built', () => {
  const app = new ImagePullApp();
  const prod = new Cluster(app, 'prod');
  prod.registry('ghcr', { preset: 'ghcr' });
  const namespace = prod.namespace('n');
  namespace
    .serviceAccount('default')
    .attach(new PullSecret(prod, 'p', { registries: ['ghcr'], source: Source.external({ store: 'v', key: 'k' }) }));
  const kinds = app
    .render()
    .get('prod/namespaces/n.yaml')
    ?.text.match(/^kind: .*/gm);
  expect(kinds).toEqual(['kind: Namespace', 'kind: ExternalSecret', 'kind: ServiceAccount']);
});

test('two objects of one identity are an error that names both', () => {
  const app = new ImagePullApp();
  const chart = new Chart(app, 'c');
  for (const id of ['one', 'two'])
    new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same', namespace: 'n' } });
  expect(() => app.render()).toThrow('ConfigMap n/same is declared twice: by c/one and by c/two');
});

test('clusters are worlds of their own', () => {
  const app = new ImagePullApp();
  for (const name of ['prod', 'staging']) new Cluster(app, name).namespace('n');
  expect([...app.render().keys()]).toEqual(['prod/namespaces/n.yaml', 'staging/namespaces/n.yaml']);
});

test('each validation runs once, and all that they say is said together', () => {
  const app = new ImagePullApp();
  let runs = 0;
  for (let i = 0; i < 3; i++) {
    const chart = new Chart(app, `c${i}`);
    chart.node.addValidation({ validate: () => [`wrong ${++runs}`] });
  }
  try {
    app.render();
  } catch (error) {
    expect(ImagePullError.is(error) && error.problems.map(problemText)).toEqual(
      [1, 2, 3].map((n) => `c${n - 1}: wrong ${n} [validation-failed]`),
    );
  }
  expect(runs).toBe(3);
});

test('a Secret larger than the API server takes is an error', () => {
  const app = new ImagePullApp();
  const prod = new Cluster(app, 'prod');
  prod.registry('ghcr', { preset: 'ghcr' });
  const source = Source.plaintext({ username: 'u', password: 'x'.repeat(800_000), acceptPlaintextInGit: true });
  prod
    .namespace('n')
    .serviceAccount('default')
    .attach(new PullSecret(prod, 'p', { registries: ['ghcr'], source }));
  expect(() => app.render()).toThrow(/secret-too-large/);
});

test('a second synthesis changes nothing, and removes what is no longer rendered', () => {
  const outdir = emptyFolder();
  const synth = (namespaces: string[]) => {
    const app = new ImagePullApp({ outdir });
    const prod = new Cluster(app, 'prod');
    for (const name of namespaces) prod.namespace(name);
    app.synth();
    return Object.keys(filesOf(outdir)).sort();
  };
  expect(synth(['a', 'b'])).toEqual(['prod/namespaces/a.yaml', 'prod/namespaces/b.yaml']);
  expect(synth(['b'])).toEqual(['prod/namespaces/b.yaml']);
});

test('synthYaml is one stream of all objects', () => {
  const app = new ImagePullApp();
  cluster(app);
  expect(app.synthYaml().match(/^---$/gm)).toHaveLength(6);
  expect(app.synthYaml()).toMatch(/^---\napiVersion: v1\nkind: Namespace/);
});

test('synth prints what warns of clusters and pull secrets on standard error, each once, and rendering prints nothing', () => {
  const printed: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    const app = new ImagePullApp({ outdir: emptyFolder() });
    const prod = new Cluster(app, 'prod', { openshift: '4.20', attachment: 'serviceAccount' });
    const ghcr = prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    const pull = new PullSecret(prod, 'ghcr-pull', {
      registries: [ghcr],
      source: Source.external({ store: 'vault', key: 'ghcr' }),
    });
    expect(pull.warnings).not.toEqual([]);
    app.render();
    expect(printed).toEqual([]);
    app.synth();
    app.synth();
    expect(printed).toEqual(
      [...prod.warnings, ...pull.warnings].map((problem) => `warning: ${problemText(problem)}\n`),
    );
  } finally {
    write.mockRestore();
  }
});
