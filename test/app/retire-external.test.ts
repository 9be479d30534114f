// What leaves with a generator, a hub and a ClusterExternalSecret, through the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { cli, deployment, filesOf, folderOf } from '../support.js';

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly conditions?: readonly { readonly namespaces?: readonly string[] }[] };
}

const config = (pullSecrets: string, rest = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, ecr: { preset: ecr, account: "123456789012", region: eu-west-1 }, quay: { preset: quay } }
pullSecrets: { ${pullSecrets}${pullSecrets === '' ? '' : ', '}other: { registries: [quay], source: { external: { store: vault, key: quay } } } }
clusters: { prod: {} }
workloads: [apps]
${rest}
`;
const stored = (name: string, options = '') =>
  `${name}: { registries: [ghcr], source: { external: { store: vault, key: ghcr${options} } } }`;
const generated = (name: string, options = '', more = '') =>
  `${name}: { registries: [ecr], source: { external: { generator: { ecr: { region: eu-west-1 } }${options} } }${more} }`;

const workload = (namespace: string, image: string) => deployment(namespace, 'web', [image]);
const ghcr = 'ghcr.io/acme/x';
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/x';

/** With a workload that has nothing to do with the matter: a run that would take everything away is another error. */
const textOf = (manifests: readonly string[]) => [...manifests, workload('bystander', 'quay.io/x/y')].join('---\n');

async function repository(first: string, manifests: readonly string[]): Promise<string> {
  const folder = folderOf({ 'image-pull.yaml': first, 'apps/all.yaml': textOf(manifests) });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  return folder;
}

/** Changes config and manifests and runs synth, which says the same when it is run again. */
async function step(folder: string, next: string, manifests: readonly string[]) {
  writeFileSync(join(folder, 'image-pull.yaml'), next);
  writeFileSync(join(folder, 'apps/all.yaml'), textOf(manifests));
  const ran = await cli(folder, 'synth');
  const before = filesOf(join(folder, 'dist'));
  expect((await cli(folder, 'synth')).err).toBe(ran.err);
  expect(filesOf(join(folder, 'dist'))).toEqual(before);
  return ran;
}

const written = (folder: string): [string, Written][] =>
  Object.entries(filesOf(join(folder, 'dist'))).flatMap(([path, text]) =>
    [...parseAllDocuments(text)].map((document): [string, Written] => [path, document.toJS() as Written]),
  );

/** Kind and name of what is written once per cluster, and the mark. */
const onceInCluster = (folder: string) =>
  written(folder)
    .filter(([path]) => !path.includes('/namespaces/'))
    .map(
      ([, { kind, metadata }]) =>
        `${kind} ${metadata.name}${metadata.annotations?.['cdk8s-image-pull/retired'] ? ' retired' : ''}`,
    )
    .sort();

const hub = (name: string, mark = '') => [
  `ClusterSecretStore image-pull-source-${name}${mark}`,
  `ExternalSecret image-pull-source-${name}${mark}`,
  `Role image-pull-source-${name}${mark}`,
  `RoleBinding image-pull-source-${name}${mark}`,
  `ServiceAccount image-pull-source-${name}${mark}`,
];

test('one reading per namespace becomes one per cluster without a stop, and back', async () => {
  const manifests = [workload('team-a', ghcr), workload('team-b', ghcr)];
  const folder = await repository(config(stored('p')), manifests);
  expect(await step(folder, config(stored('p', ', fanOut: hub')), manifests)).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([...hub('p'), 'Namespace image-pull'].sort());
  expect(await step(folder, config(stored('p')), manifests)).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([]);
});

test('a store gives way to a generator without a stop where the name stays', async () => {
  const manifests = [workload('team-a', ecr)];
  const before = 'p: { registries: [ecr], source: { external: { store: vault, key: ecr } } }';
  const folder = await repository(config(before), manifests);
  expect(await step(folder, config(generated('p')), manifests)).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual(['ClusterGenerator image-pull-source-p']);
});

test('what feeds a pull secret stays with it for one more step', async () => {
  const manifests = [workload('team-a', ghcr)];
  const folder = await repository(config(stored('p', ', fanOut: hub')), manifests);
  const stopped = await step(folder, config(''), []);
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain('pull secret p would leave namespace team-a');
  expect(stopped.err).not.toContain('image-pull-source-p would leave');
  expect(await step(folder, config('', 'retire: [{ pullSecret: p }]'), [])).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([...hub('p', ' retired'), 'Namespace image-pull'].sort());
  expect(await step(folder, config(''), [])).toMatchObject({ code: 0 });
  expect(written(folder).filter(([path]) => !path.endsWith('/bystander.yaml'))).toEqual([]);
});

test('a namespace that leaves is fed until it has left', async () => {
  const both = [workload('team-a', ghcr), workload('team-b', ghcr)];
  const served = (folder: string) =>
    written(folder).flatMap(([, { kind, spec }]) => (kind === 'ClusterSecretStore' ? [spec?.conditions] : []));
  const folder = await repository(config(stored('p', ', fanOut: hub')), both);
  expect(served(folder)).toEqual([[{ namespaces: ['team-a', 'team-b'] }]]);
  const retired = config(stored('p', ', fanOut: hub'), 'retire: [{ namespace: team-b }]');
  expect(await step(folder, retired, both.slice(0, 1))).toMatchObject({ code: 0 });
  expect(served(folder)).toEqual([[{ namespaces: ['team-a', 'team-b'] }]]);
  expect(await step(folder, config(stored('p', ', fanOut: hub')), both.slice(0, 1))).toMatchObject({ code: 0 });
  expect(served(folder)).toEqual([[{ namespaces: ['team-a'] }]]);
});

test('a namespace that leaves while the hub comes or goes is fed by what it knows', async () => {
  const both = [workload('team-a', ecr), workload('team-b', ecr)];
  const folder = await repository(config(generated('p')), both);
  const leaving = 'retire: [{ namespace: team-b }]';
  expect(await step(folder, config(generated('p', ', fanOut: hub'), leaving), both.slice(0, 1))).toMatchObject({
    code: 0,
  });
  const withGenerator = [...hub('p'), 'ECRAuthorizationToken image-pull-source-p', 'Namespace image-pull'];
  expect(onceInCluster(folder)).toEqual(['ClusterGenerator image-pull-source-p retired', ...withGenerator].sort());
  expect(await step(folder, config(generated('p', ', fanOut: hub')), both)).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([...withGenerator].sort());
  expect(await step(folder, config(generated('p'), leaving), both.slice(0, 1))).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual(
    [
      ...hub('p', ' retired'),
      'ClusterGenerator image-pull-source-p',
      'ECRAuthorizationToken image-pull-source-p retired',
      'Namespace image-pull',
    ].sort(),
  );
  expect(await step(folder, config(generated('p')), both.slice(0, 1))).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual(['ClusterGenerator image-pull-source-p']);
});

test('a pull secret that stays in the config and is needed nowhere leaves in two steps as well', async () => {
  const folder = await repository(config(stored('p', ', fanOut: hub')), [workload('team-a', ghcr)]);
  const retired = config(stored('p', ', fanOut: hub'), 'retire: [{ pullSecret: p }]');
  expect(await step(folder, retired, [])).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([...hub('p'), 'Namespace image-pull'].sort());
  expect(await step(folder, config(stored('p', ', fanOut: hub')), [])).toMatchObject({ code: 0 });
  expect(onceInCluster(folder)).toEqual([]);
});

test('a ClusterExternalSecret and its generator stay together, then go together', async () => {
  const manifests = [workload('team-a', ecr)];
  const copied = generated('p', '', ', distribution: clusterExternalSecret');
  const folder = await repository(config(copied), manifests);
  expect(onceInCluster(folder)).toEqual([
    'ClusterExternalSecret image-pull-copy-p',
    'ClusterGenerator image-pull-source-p',
  ]);
  const stopped = await step(folder, config(''), []);
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain('image-pull-copy-p would leave');
  const ran = await step(folder, config('', 'retire: [{ pullSecret: p }]'), []);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(/retired +p +by ClusterExternalSecret image-pull-copy-p$/m);
  expect(ran.out).not.toContain('image-pull-source-p');
  expect(onceInCluster(folder)).toEqual([
    'ClusterExternalSecret image-pull-copy-p retired',
    'ClusterGenerator image-pull-source-p retired',
  ]);
  expect(await step(folder, config(''), [])).toMatchObject({ code: 0 });
  expect(written(folder).filter(([path]) => !path.endsWith('/bystander.yaml'))).toEqual([]);
});

test('an object per namespace gives way to a ClusterExternalSecret under another name only', async () => {
  const manifests = [workload('team-a', ecr)];
  const folder = await repository(config(generated('p')), manifests);
  const stopped = await step(folder, config(generated('p', '', ', distribution: clusterExternalSecret')), manifests);
  expect(stopped.code).toBe(1);
  expect(stopped.err).toContain('somebody else makes it now');
});

test('a pull secret that is called like an object of a hub stays a pull secret', async () => {
  const manifests = [workload('team-a', ghcr)];
  const folder = await repository(config(stored('image-pull-source-x')), manifests);
  const stopped = await step(folder, config(''), []);
  expect(stopped.err).toContain('pull secret image-pull-source-x would leave namespace team-a');
});

test('--diff shows the objects of a hub and of a generator', async () => {
  const folder = await repository(config(stored('q')), [workload('team-a', ghcr)]);
  writeFileSync(
    join(folder, 'image-pull.yaml'),
    config(`${stored('q', ', fanOut: hub')}, ${generated('p', '', ', distribution: clusterExternalSecret')}`),
  );
  const { out } = await cli(folder, 'synth', '--diff');
  for (const kind of ['ClusterSecretStore', 'Role', 'RoleBinding', 'ClusterGenerator', 'ClusterExternalSecret'])
    expect(out).toContain(`+kind: ${kind}\n`);
  expect(out).not.toContain('not shown');
});
