import { ApiObject } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { type BootstrapSpec, Cluster, type ClusterProps, ImagePullApp, PullSecret, Source } from '../../src/index.js';

interface Applier {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
  readonly spec: { readonly path?: string; readonly source?: { readonly path: string; readonly directory?: unknown } };
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
  new ApiObject(cluster.chart(stage, 'x'), 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: stage } });
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
      ['image-pull-prod-0', 'dist/prod/namespaces/0', '-10'],
      ['image-pull-prod-1', 'dist/prod/namespaces/1', '-10'],
      ['image-pull-prod-policies', 'dist/prod/policies', '-11'],
      ['image-pull-prod-sources', 'dist/prod/sources', '-12'],
    ]);
  });

  test('a shard or stage without files has no Application', () => {
    const { app, cluster, pull } = clusterWith({ bootstrap: { ...argocd, shards: 2 } });
    cluster.namespace('b', { declare: false });
    cluster.chart('sources', 'x');
    expect(app.render().has('prod/bootstrap/applications.yaml')).toBe(false);
    attachIn(cluster, pull, 'a');
    expect(applications(app).map(([name]) => name)).toEqual(['image-pull-prod-0']);
  });
});

test('the chart of a file is made once', () => {
  const { cluster } = clusterWith({});
  expect(cluster.chart('sources', 'x')).toBe(cluster.chart('sources', 'x'));
});
