import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Helm, Include, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Cluster, ImagePullApp, PullSecret, Source } from '../../src/index.js';
import { emptyFolder, deployment as yamlOf } from '../support.js';
import { codesOf, deployment, external } from './in-chart.js';

const image = 'ghcr.io/acme/web:v4';

/** An app with a chart for namespace shop, and a cluster beside it. */
function inApp(clusterProps: ConstructorParameters<typeof Cluster>[2] = {}) {
  const app = new ImagePullApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
  const cluster = new Cluster(app, 'prod', clusterProps);
  const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  cluster.registry('k8s', { host: 'registry.k8s.io', access: 'public' });
  const pull = new PullSecret(cluster, 'p', { registries: [ghcr], source: external });
  return { app, chart, cluster, pull };
}

function listed(app: ImagePullApp, path: string): string[] {
  return [
    ...(app
      .render()
      .get(path)
      ?.text.matchAll(/^ {2}- name: (.*)$/gm) ?? []),
  ].map(([, name = '']) => name);
}

function object(chart: Chart, id: string, manifest: object): ApiObject {
  return new ApiObject(chart, id, manifest as never);
}

describe('attachAll', () => {
  test('gives cdk8s-plus workloads, ApiObjects and objects of an Include what their images need', () => {
    const { app, chart, cluster } = inApp();
    const file = join(emptyFolder(), 'vendor.yaml');
    writeFileSync(file, yamlOf('vendor', 'agent', [image]));
    new kplus.CronJob(chart, 'report', {
      schedule: { expressionString: '0 0 * * *' } as never,
      containers: [{ image }],
    });
    deployment(chart, 'team-a', image);
    new Include(chart, 'vendor', { url: file });
    cluster.attachAll(app);
    expect(cluster.namespaces.map(({ name }) => name).sort()).toEqual(['shop', 'team-a', 'vendor']);
    for (const name of ['shop', 'team-a', 'vendor']) expect(listed(app, `prod/namespaces/${name}.yaml`)).toEqual(['p']);
  });

  test('gives objects of a Helm construct what their images need', () => {
    const chart = Testing.chart();
    const cluster = new Cluster(chart, 'prod');
    const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    new PullSecret(cluster, 'p', { registries: [ghcr], source: Source.existing() });
    const folder = emptyFolder();
    const helm = join(folder, 'helm');
    // Stands for the program: cdk8s reads what it prints.
    writeFileSync(helm, `#!/bin/sh\necho '${yamlOf('shop', 'web', [image]).trim()}'\n`, { mode: 0o755 });
    const release = new Helm(chart, 'release', { chart: 'any', helmExecutable: helm });
    cluster.attachAll(release);
    expect(cluster.namespaces.map(({ name }) => name)).toEqual(['shop']);
  });

  test('passes over what was attached before, and is done again without harm', () => {
    const { app, chart, cluster } = inApp({ attachment: 'podTemplate' });
    const web = deployment(chart, 'shop', image);
    cluster.namespace('shop').attachFor(web);
    cluster.attachAll(app);
    cluster.attachAll(app);
    expect(web.toJson().spec.template.spec.imagePullSecrets).toEqual([{ name: 'p' }]);
  });

  test('leaves alone what lies elsewhere, and asks for no namespace whose images need nothing', () => {
    const { app, chart, cluster } = inApp();
    deployment(new Chart(app, 'tools'), 'tools', 'registry.k8s.io/pause');
    deployment(chart, 'team-a', image);
    cluster.attachAll(new Chart(app, 'empty'));
    expect(cluster.namespaces).toEqual([]);
    cluster.attachAll(app);
    expect(cluster.namespaces.map(({ name }) => name)).toEqual(['team-a']);
  });

  test('reads a Task with the account of the TaskRun that names it', () => {
    const { app, chart, cluster } = inApp();
    const apiVersion = 'tekton.dev/v1';
    const task = { apiVersion, kind: 'Task', metadata: { name: 'build' }, spec: { steps: [{ name: 's', image }] } };
    const spec = { taskRef: { name: 'build' }, serviceAccountName: 'builder' };
    object(chart, 'task', task);
    object(chart, 'run', { apiVersion, kind: 'TaskRun', metadata: { name: 'run' }, spec });
    cluster.namespace('shop').serviceAccount('builder');
    cluster.attachAll(app);
    const text = app.render().get('prod/namespaces/shop.yaml')?.text ?? '';
    expect(text).toContain('name: builder\n  namespace: shop\nimagePullSecrets:\n  - name: p\n');
    expect(text).not.toContain('name: default\n');
  });

  test('knows a namespace by the labels that the app declares', () => {
    const { app, chart, cluster, pull } = inApp();
    const other = new PullSecret(cluster, 'gold', {
      registries: [cluster.registry('quay', { preset: 'quay', path: 'acme' })],
      source: external,
      for: { labels: { tier: 'gold' } },
    });
    expect(pull.name).not.toBe(other.name);
    object(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { tier: 'gold' } } });
    deployment(chart, 'shop', 'quay.io/acme/web');
    cluster.attachAll(app);
    expect(listed(app, 'prod/namespaces/shop.yaml')).toEqual(['gold']);
  });

  test('says what is wrong with all workloads together, and where none has a namespace', () => {
    const app = new ImagePullApp();
    const chart = new Chart(app, 'c');
    const cluster = new Cluster(app, 'prod');
    deployment(chart, 'a', 'quay.io/other/x');
    deployment(chart, 'b', 'ghcr.io/Acme/x');
    const homeless = object(chart, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [] },
    });
    expect(codesOf(() => cluster.attachAll(app))).toEqual([
      'namespace-unstated',
      'registry-undeclared',
      'image-reference-invalid',
    ]);
    expect(codesOf(() => cluster.attachAll(homeless, { namespace: 'shop' }))).toEqual([]);
  });
});

describe('a workload whose image needs a pull secret and that nobody attached', () => {
  const message = (who: string) => `${who} needs p of cluster prod, and nobody attached it`;

  test('is a validation error that names it', () => {
    const { app, chart, cluster } = inApp();
    deployment(chart, 'team-a', image);
    expect(() => app.render()).toThrow(message('Deployment team-a/web'));
    cluster.attachAll(app);
    expect(() => app.render()).not.toThrow();
    deployment(new Chart(app, 'late'), 'team-b', image);
    expect(() => app.render()).toThrow(message('Deployment team-b/web'));
  });

  test('is one in stock cdk8s, inside a chart', () => {
    const chart = Testing.chart();
    const cluster = new Cluster(chart, 'prod');
    const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    new PullSecret(cluster, 'p', { registries: [ghcr], source: external });
    deployment(chart, 'shop', image);
    expect(() => Testing.synth(chart)).toThrow(message('Deployment shop/web'));
    cluster.attachAll(chart);
    expect(Testing.synth(chart).map(({ kind }: { kind: string }) => kind)).toContain('ExternalSecret');
  });

  test('is none where its account has the pull secret, or its own list and the namespace', () => {
    const { app, chart, cluster, pull } = inApp();
    deployment(chart, 'team-a', image);
    cluster.namespace('team-a').serviceAccount('default').attach(pull);
    deployment(chart, 'team-b', image, { imagePullSecrets: [{ name: 'p' }] });
    expect(() => app.render()).toThrow(message('Deployment team-b/web'));
    cluster.namespace('team-b').pullSecret(pull);
    expect(() => app.render()).not.toThrow();
  });

  test.each([
    ['is none where every node has it', { distribution: 'globalPullSecret' }, undefined],
    [
      'is none where a policy copies and attaches it',
      { distribution: 'kyverno', attachment: { podPolicy: 'kyverno' } },
      undefined,
    ],
    [
      'is one where the policy does not copy',
      { distribution: 'kyverno', attachment: { podPolicy: 'kyverno' }, for: { namespaces: ['b'] } },
      'no pull secret opens ghcr.io/acme for namespace a on cluster prod',
    ],
    ['is one where it may not have it', { allow: ['b'] }, 'may not have pull secret p'],
  ] as const)('%s', (_, props, error) => {
    const app = new ImagePullApp();
    const globalPullSecret = { current: { external: { store: 'vault', key: 'global' } } };
    const isGlobal = 'distribution' in props && props.distribution === 'globalPullSecret';
    const versions = isGlobal ? { openshift: '4.20', globalPullSecret } : { kubernetes: '1.35', kyverno: '1.19' };
    const cluster = new Cluster(app, 'prod', versions);
    const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    new PullSecret(cluster, 'p', { registries: [ghcr], source: external, ...props });
    deployment(new Chart(app, 'c'), 'a', image);
    if (error === undefined) expect(() => app.render()).not.toThrow();
    else expect(() => app.render()).toThrow(error);
  });

  test('is none where the registry is optional, or the namespace is excluded', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    const cluster = new Cluster(app, 'prod', { exclude: [{ namespace: 'a' }] });
    const hub = cluster.registry('hub', { preset: 'docker-hub', access: 'optional' });
    const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
    new PullSecret(cluster, 'p', { registries: [hub, ghcr], source: Source.existing() });
    deployment(chart, 'a', image);
    deployment(chart, 'b', 'nginx:1.29');
    expect(cluster.node.validate()).toEqual([]);
  });
});
