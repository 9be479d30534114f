import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { Keyring } from '../../../src/model/keyring/keyring.js';
import { Registry, RegistryIndex } from '../../../src/model/registry/registry.js';
import type { presetNames, RegistrySpec } from '../../../src/model/registry/registry-presets.js';

const specs: Record<(typeof presetNames)[number] | 'plain', RegistrySpec> = {
  'docker-hub': { preset: 'docker-hub' },
  ghcr: { preset: 'ghcr', path: 'acme' },
  quay: { preset: 'quay', path: 'acme' },
  gcr: { preset: 'gcr', location: 'eu', path: 'acme-prod' },
  gar: { preset: 'gar', location: 'europe-west1', path: 'acme-prod/shop' },
  ecr: { preset: 'ecr', account: '123456789012', region: 'eu-west-1' },
  acr: { preset: 'acr', name: 'acme' },
  gitlab: { preset: 'gitlab', path: 'acme/shop' },
  harbor: { preset: 'harbor', host: 'harbor.acme.example', path: 'shop' },
  artifactory: { preset: 'artifactory', host: 'docker.acme.example:8443', path: 'shop' },
  openshift: { preset: 'openshift' },
  plain: { host: 'localhost:5000' },
};

function registry(name: keyof typeof specs): Registry {
  const result = Registry.of(name, specs[name]);
  if (!result) throw new Error(`${name} has no host`);
  return result;
}

test.each([
  ['docker-hub', 'docker.io', 'https://index.docker.io/v1/'],
  ['ghcr', 'ghcr.io', 'ghcr.io/acme/'],
  ['quay', 'quay.io', 'quay.io/acme/'],
  ['gcr', 'eu.gcr.io', 'eu.gcr.io/acme-prod/'],
  ['gar', 'europe-west1-docker.pkg.dev', 'europe-west1-docker.pkg.dev/acme-prod/shop/'],
  ['ecr', '123456789012.dkr.ecr.eu-west-1.amazonaws.com', '123456789012.dkr.ecr.eu-west-1.amazonaws.com'],
  ['acr', 'acme.azurecr.io', 'acme.azurecr.io'],
  ['gitlab', 'registry.gitlab.com', 'registry.gitlab.com/acme/shop/'],
  ['harbor', 'harbor.acme.example', 'harbor.acme.example/shop/'],
  ['artifactory', 'docker.acme.example:8443', 'docker.acme.example:8443/shop/'],
  ['openshift', 'image-registry.openshift-image-registry.svc:5000', 'image-registry.openshift-image-registry.svc:5000'],
  ['plain', 'localhost:5000', 'localhost:5000'],
] as const)('%s is host %s with key %s', (name, host, key) => {
  expect(registry(name)).toMatchObject({ host, key });
});

test.each(
  Object.keys(specs) as (keyof typeof specs)[],
)('the kubelet offers the entry of %s to every image in it, and to no image beside it', (name) => {
  const { key, repository, path } = registry(name);
  const keyring = Keyring.fromSecrets([
    {
      name: 'pull',
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': DockerConfig.fromEntries([{ key, username: 'u', password: 'p' }]).toSecretData() },
    },
  ]);
  for (const image of [`${repository}/app`, `${repository}/team/app:v1`])
    expect(keyring.lookup(image).credentials).toHaveLength(1);
  if (path !== '') expect(keyring.lookup(`${repository}-labs/app`).credentials).toHaveLength(0);
});

test('ECR in China has a host of its own', () => {
  expect(Registry.of('ecr', { preset: 'ecr', account: '123456789012', region: 'cn-north-1' })?.host).toBe(
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
  );
});

test.each([
  [{ preset: 'docker-hub' }, 'optional'],
  [{ preset: 'docker-hub', path: 'acme' }, 'private'],
  [{ preset: 'ghcr' }, 'private'],
  [{ host: 'registry.k8s.io', access: 'public' }, 'public'],
] as [RegistrySpec, string][])('%j is %s', (spec, access) => {
  expect(Registry.of('r', spec)?.access).toBe(access);
});

test.each([
  ['quay.io/acme/app', 'acme'],
  ['quay.io/acme', 'acme'],
  ['quay.io/acme/team/app', 'team'],
  ['quay.io/acme/teams/app', 'acme'],
  ['quay.io/acme-labs/app', 'host'],
  ['quay.io/other/app', 'host'],
  ['ghcr.io/acme/app', undefined],
  ['registry-1.docker.io/library/busybox', undefined],
])('%s lies in the declared registry with the longest path, by whole segments', (image, name) => {
  const index = new RegistryIndex(
    Object.entries({ host: '', acme: 'acme', team: 'acme/team' }).map(
      ([each, path]) => Registry.of(each, { preset: 'quay', ...(path && { path }) })!,
    ),
  );
  expect(index.find(ImageReference.parse(image))?.name).toBe(name);
});
