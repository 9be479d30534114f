import { ApiObject } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { type BootstrapSpec, Cluster, type ClusterProps, ImagePullApp, PullSecret, Source } from '../../src/index.js';

interface Applier {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly path?: string;
    readonly source?: { readonly path: string; readonly directory?: unknown };
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly healthCheckExprs?: readonly unknown[];
    readonly ignoreDifferences?: unknown;
    readonly syncPolicy?: { readonly syncOptions: readonly string[] };
  };
}

const argocd: BootstrapSpec = { repository: 'https://git.example.com/x.git' };

/** A cluster with pull secret `p`. */
function clusterWith(props: ClusterProps) {
  const app = new ImagePullApp();
  const cluster = new Cluster(app, 'prod', props);
  cluster.registry('ghcr', { preset: 'ghcr' });
  const source = Source.external({ store: 'vault', key: 'k' });
  return { app, cluster, pull: new PullSecret(cluster, 'p', { registries: ['ghcr'], source }) };
}

function attachIn(cluster: Cluster, pull: PullSecret, ...namespaces: string[]): void {
  for (const name of namespaces) cluster.namespace(name).serviceAccount('default').attach(pull);
}

/** An object in a file of a stage. */
function fill(cluster: Cluster, stage: 'sources' | 'policies'): void {
  new ApiObject(cluster.chartOf({ cluster: 'prod', stage, file: 'x' }), 'o', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: stage },
  });
}

function objectsIn(app: ImagePullApp, file: string): Applier[] {
  const text = app.render().get(`prod/bootstrap/${file}.yaml`)?.text ?? '';
  return parseAllDocuments(text).map((document) => document.toJS() as Applier);
}

const applications = (app: ImagePullApp) =>
  objectsIn(app, 'applications').map(({ metadata, spec }) => [
    metadata.name,
    spec.source?.path,
    metadata.annotations?.['argocd.argoproj.io/sync-wave'],
  ]);

describe('Argo CD', () => {
  test('one Application applies all stages, which waves order', () => {
    const { app, cluster, pull } = clusterWith({ bootstrap: argocd });
    attachIn(cluster, pull, 'a');
    fill(cluster, 'sources');
    expect(applications(app)).toEqual([['image-pull-prod', 'dist/prod', '-10']]);
    expect(objectsIn(app, 'applications')[0]?.spec.source?.directory).toEqual({
      recurse: true,
      exclude: 'bootstrap/*',
    });
  });

  test('shards have an Application each, and so have the stages before them, in waves of a parent', () => {
    const { app, cluster, pull } = clusterWith({ bootstrap: { ...argocd, shards: 2 } });
    fill(cluster, 'policies');
    attachIn(cluster, pull, 'a', 'b', 'c');
    fill(cluster, 'sources');
    expect(applications(app)).toEqual([
      ['image-pull-prod-0-of-2', 'dist/prod/namespaces/0-of-2', '-10'],
      ['image-pull-prod-1-of-2', 'dist/prod/namespaces/1-of-2', '-10'],
      ['image-pull-prod-policies', 'dist/prod/policies', '-11'],
      ['image-pull-prod-sources', 'dist/prod/sources', '-12'],
    ]);
  });

  test('a shard or stage without files has no Application', () => {
    const { app, cluster, pull } = clusterWith({ bootstrap: { ...argocd, shards: 2 } });
    cluster.namespace('b', { declare: false });
    cluster.chartOf({ cluster: 'prod', stage: 'sources', file: 'x' });
    expect(app.render().has('prod/bootstrap/applications.yaml')).toBe(false);
    attachIn(cluster, pull, 'a');
    expect(applications(app).map(([name]) => name)).toEqual(['image-pull-prod-0-of-2']);
  });
});

describe('Flux', () => {
  const bootstrap: BootstrapSpec = { sourceRef: { name: 'platform' } };
  const kustomizations = (app: ImagePullApp) =>
    objectsIn(app, 'kustomizations').map(({ metadata, spec }) => [
      metadata.name,
      spec.path,
      (spec.dependsOn ?? []).map(({ name }) => name),
    ]);

  test('each stage has a Kustomization that depends on the stages before it', () => {
    const { app, cluster, pull } = clusterWith({ gitops: 'flux', bootstrap });
    attachIn(cluster, pull, 'a');
    fill(cluster, 'policies');
    fill(cluster, 'sources');
    expect(kustomizations(app)).toEqual([
      ['image-pull-prod-namespaces', './dist/prod/namespaces', ['image-pull-prod-policies', 'image-pull-prod-sources']],
      ['image-pull-prod-policies', './dist/prod/policies', ['image-pull-prod-sources']],
      ['image-pull-prod-sources', './dist/prod/sources', []],
    ]);
  });

  test('shards have a Kustomization each, and none depends on a stage without files', () => {
    const { app, cluster, pull } = clusterWith({
      gitops: 'flux',
      bootstrap: { ...bootstrap, shards: 11, path: 'out/x' },
    });
    cluster.chartOf({ cluster: 'prod', stage: 'sources', file: 'x' });
    fill(cluster, 'policies');
    attachIn(cluster, pull, 'a', 'b');
    expect(kustomizations(app)).toEqual([
      ['image-pull-prod-namespaces-07-of-11', './out/x/prod/namespaces/07-of-11', ['image-pull-prod-policies']],
      ['image-pull-prod-namespaces-10-of-11', './out/x/prod/namespaces/10-of-11', ['image-pull-prod-policies']],
      ['image-pull-prod-policies', './out/x/prod/policies', []],
    ]);
  });

  test('namespaces and default accounts are never deleted, and nothing of Argo CD is written', () => {
    const { app, cluster, pull } = clusterWith({ gitops: 'flux' });
    attachIn(cluster, pull, 'a');
    const text = app.render().get('prod/namespaces/a.yaml')?.text ?? '';
    expect(text).not.toContain('argocd');
    const protectedKinds = parseAllDocuments(text)
      .map((document) => document.toJS() as Applier)
      .filter(({ metadata }) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled')
      .map(({ kind }) => kind);
    expect(protectedKinds).toEqual(['Namespace', 'ServiceAccount']);
  });

  test('a kustomization.yaml in a folder changes nothing about its Kustomization', () => {
    const texts = [false, true].map((kustomization) => {
      const { app, cluster, pull } = clusterWith({ gitops: 'flux', bootstrap, kustomization });
      attachIn(cluster, pull, 'a');
      return app.render().get('prod/bootstrap/kustomizations.yaml')?.text;
    });
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('service accounts on OpenShift', () => {
  const props = { openshift: '4.20', attachment: 'serviceAccount' } as const;
  // With Flux a list is written where an account is named, and not otherwise.
  const flux = { openshift: '4.20', gitops: 'flux', bootstrap: { sourceRef: { name: 'platform' } } } as const;

  test('the Application overlooks the entries of the controller, and no more', () => {
    const { app, cluster, pull } = clusterWith({ ...props, bootstrap: argocd });
    attachIn(cluster, pull, 'a');
    const [application] = objectsIn(app, 'applications');
    expect(application?.spec.ignoreDifferences).toEqual([
      {
        kind: 'ServiceAccount',
        jqPathExpressions: [
          '.imagePullSecrets[]? | select(.name | test("-dockercfg-[a-z0-9]{5}$"))',
          '.secrets[]? | select(.name | test("-dockercfg-[a-z0-9]{5}$"))',
        ],
      },
    ]);
    expect(application?.spec.syncPolicy?.syncOptions).toEqual([
      'ApplyOutOfSyncOnly=true',
      'ClientSideApplyMigration=false',
    ]);
  });

  test.each<[string, ClusterProps]>([
    ['kubernetes', { bootstrap: argocd }],
    ['a cluster without written accounts', { openshift: '4.20', bootstrap: argocd }],
  ])('on %s nothing is overlooked', (_, each) => {
    const { app, cluster, pull } = clusterWith(each);
    if (each.openshift === undefined) attachIn(cluster, pull, 'a');
    else cluster.namespace('a').pullSecret(pull);
    expect(objectsIn(app, 'applications')[0]?.spec.ignoreDifferences).toBeUndefined();
  });

  test('only the Application that holds accounts overlooks them', () => {
    const { app, cluster, pull } = clusterWith({ ...props, bootstrap: { ...argocd, shards: 2 } });
    fill(cluster, 'sources');
    attachIn(cluster, pull, 'a');
    expect(objectsIn(app, 'applications').map(({ spec }) => spec.ignoreDifferences !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  test('a Kustomization waits for the controller where the internal registry is declared', () => {
    const { app, cluster, pull } = clusterWith(flux);
    attachIn(cluster, pull, 'a');
    const waits = () => objectsIn(app, 'kustomizations').map(({ spec }) => spec.healthCheckExprs?.length);
    expect(waits()).toEqual([undefined]);
    cluster.registry('internal', { preset: 'openshift' });
    expect(waits()).toEqual([1]);
  });
});

test('the chart of a file is made once', () => {
  const { cluster } = clusterWith({});
  expect(cluster.chartOf({ cluster: 'prod', stage: 'sources', file: 'x' })).toBe(
    cluster.chartOf({ cluster: 'prod', stage: 'sources', file: 'x' }),
  );
});

test.each([
  ['kyverno', 2],
  ['native', undefined],
] as const)('with Flux the policies of engine %s are waited for as they can be', (engine, expressions) => {
  const { app, cluster } = clusterWith({ gitops: 'flux', bootstrap: { sourceRef: { name: 'platform' } } });
  new PullSecret(cluster, 'q', { registries: ['ghcr'], source: Source.existing(), attachment: { podPolicy: engine } });
  const policies = objectsIn(app, 'kustomizations').find(({ metadata }) => metadata.name.endsWith('-policies'));
  expect(policies?.spec.healthCheckExprs?.length).toBe(expressions);
});
