// The command line and the constructs are two doors of one house: both write the same files.
import { ApiObject, Chart } from 'cdk8s';
import { planObjects, renderPlans } from '../src/app/render.js';
import { Cluster, ImagePullApp, PullSecret } from '../src/index.js';
import { planAccess } from '../src/model/plan/access-plan.js';
import { nothingRetired } from '../src/model/retire/retired.js';
import { clusterModel } from '../src/model/vocabulary/cluster.js';
import type { ImagePullSpec, NamespaceSpec } from '../src/model/vocabulary/spec.js';
import { inventoryOf } from './support.js';
import { cells, verdictOf } from './table-cells.js';

const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web';
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'team-a' },
  spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
};

/** The files of the config, by path. */
function byConfig(spec: ImagePullSpec, manifests: string, namespace: NamespaceSpec): Record<string, string> {
  const { prod = {} } = spec.clusters;
  const said = { ...spec, clusters: { prod: { ...prod, namespaces: { 'team-a': namespace } } } };
  const plan = planAccess(inventoryOf(manifests), clusterModel(said, 'prod'));
  const { output } = renderPlans([planObjects(plan, nothingRetired)]);
  return textsOf(output);
}

/** The files of an app with the same cluster, by path; those of its own charts are left out. */
function byConstructs(spec: ImagePullSpec, attach: (cluster: Cluster, pull: PullSecret, app: ImagePullApp) => void) {
  const app = new ImagePullApp();
  const cluster = new Cluster(app, 'prod', spec.clusters.prod);
  for (const [name, registry] of Object.entries(spec.registries ?? {})) cluster.registry(name, registry);
  const [[name, pullSecret] = []] = Object.entries(spec.pullSecrets ?? {});
  if (name === undefined || !pullSecret) throw new RangeError('a cell has a pull secret');
  attach(cluster, new PullSecret(cluster, name, pullSecret), app);
  return textsOf(new Map([...app.render()].filter(([path]) => path.startsWith('prod/'))));
}

/** The texts without their first line, which says what to change: the config, or the app. */
function textsOf(output: ReturnType<ImagePullApp['render']>): Record<string, string> {
  return Object.fromEntries([...output].map(([path, { text }]) => [path, text.replace(/^#.*\n/, '')] as const).sort());
}

const allowed = [...cells()].filter((cell) => verdictOf(cell) !== 'refused');

test('a workload gets the same from both doors, in every cell that the table allows', () => {
  for (const { name, spec } of allowed) {
    const expected = byConfig(spec, JSON.stringify(deployment), { declare: false });
    const files = byConstructs(spec, (cluster, _pull, app) => {
      const workload = new ApiObject(new Chart(app, 'workloads'), 'web', deployment);
      cluster.namespace('team-a', { declare: false }).attachFor(workload);
    });
    expect([name, files]).toEqual([name, expected]);
  }
  expect(allowed.length).toBeGreaterThan(100);
});

test('a need said by hand gets the same from both doors, wherever lists in Git attach', () => {
  const listed = allowed.filter(({ spec }) =>
    ['serviceAccount', 'podTemplate'].includes(String(spec.clusters.prod?.attachment)),
  );
  for (const { name, spec } of listed) {
    const byHand = { declare: false, pullSecrets: ['r-pull'] };
    const files = byConstructs(spec, (cluster, pull) => {
      cluster.namespace('team-a', { declare: false }).serviceAccount('default').attach(pull);
    });
    expect([name, files]).toEqual([name, byConfig(spec, '', byHand)]);
  }
  expect(listed.length).toBeGreaterThan(20);
});

test('a bootstrap, shards and a kustomization.yaml come from both doors', () => {
  const spec = (cluster: object): ImagePullSpec => ({
    version: 1,
    registries: { r: { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com' } },
    pullSecrets: { 'r-pull': { registries: ['r'], source: { external: { store: 'v', key: 'k' } } } },
    clusters: { prod: { kustomization: true, ...cluster } },
  });
  for (const cluster of [
    { bootstrap: { repository: 'https://git.example.com/x.git', shards: 3 } },
    { bootstrap: { repository: 'https://git.example.com/x.git' }, attachment: { podPolicy: 'kyverno' } },
    { gitops: 'flux', bootstrap: { sourceRef: { name: 'platform' } }, distribution: 'kyverno' },
  ]) {
    const files = byConstructs(spec(cluster), (prod, _pull, app) => {
      const workload = new ApiObject(new Chart(app, 'workloads'), 'web', deployment);
      prod.namespace('team-a').attachFor(workload);
    });
    expect(files).toEqual(byConfig(spec(cluster), JSON.stringify(deployment), { declare: true }));
  }
});
