import { Registry } from '../../../src/model/registry/registry.js';
import { presetNames } from '../../../src/model/registry/registry-presets.js';
import { presetRow, recognise, registryTable } from '../../../src/model/registry/registry-table.js';

const openshift = 'image-registry.openshift-image-registry.svc';

test.each<[string, string, Record<string, string>]>([
  ['docker.io', 'hub', {}],
  ['index.docker.io', 'hub', {}],
  ['registry-1.docker.io', 'hub', {}],
  ['registry.hub.docker.com', 'hub', {}],
  ['ghcr.io', 'ghcr', {}],
  ['quay.io', 'quay', {}],
  ['gcr.io', 'gcr', {}],
  ['eu.gcr.io', 'gcr', { location: 'eu' }],
  ['us-docker.pkg.dev', 'gar', { location: 'us' }],
  ['europe-west1-docker.pkg.dev', 'gar', { location: 'europe-west1' }],
  ['docker.me-central2.rep.pkg.dev', 'gar', {}],
  ...[
    ['dkr.ecr', 'eu-west-1', 'amazonaws.com'],
    ['dkr.ecr-fips', 'us-gov-west-1', 'amazonaws.com'],
    ['dkr.ecr', 'cn-north-1', 'amazonaws.com.cn'],
    ['dkr-ecr', 'eu-west-1', 'on.aws'],
    ['dkr-ecr-fips', 'us-east-1', 'on.aws'],
    ['dkr-ecr', 'cn-north-1', 'on.amazonwebservices.com.cn'],
    ['dkr.ecr', 'us-iso-east-1', 'c2s.ic.gov'],
  ].map(([service, region = '', domain]): [string, string, Record<string, string>] => [
    `123456789012.${service}.${region}.${domain}`,
    'ecr',
    { account: '123456789012', region },
  ]),
  ['public.ecr.aws', 'ecr-public', {}],
  ['acme.azurecr.io', 'acr', { name: 'acme' }],
  ['acme-f00baa.azurecr.io', 'acr', { name: 'acme-f00baa' }],
  ['acme.azurecr.us', 'acr', { name: 'acme' }],
  ['acme.azurecr.cn', 'acr', { name: 'acme' }],
  ['acme.azurecr.de', 'acr', { name: 'acme' }],
  ['registry.gitlab.com', 'gitlab', {}],
  [`${openshift}:5000`, 'internal', {}],
  [`${openshift}.cluster.local:5000`, 'internal', {}],
  ['docker-registry.default.svc:5000', 'internal', {}],
  ['registry.redhat.io', 'redhat', {}],
  ['registry.access.redhat.com', 'redhat-access', {}],
  ['registry.k8s.io', 'k8s', {}],
  ['k8s.gcr.io', 'k8s-gcr', {}],
  ['mirror.gcr.io', 'mirror-gcr', {}],
  ['mcr.microsoft.com', 'mcr', {}],
  ['docker.elastic.co', 'elastic', {}],
])('%s is a host of %s', (host, name, options) => {
  const known = recognise(host);
  expect({ name: known?.row.name, options: { ...known?.options } }).toEqual({ name, options });
});

test.each([
  'registry.acme.example',
  'ghcr.io.acme.example',
  'evilgcr.io',
  'pkg.dev',
  'a.b.azurecr.io',
  '12345.dkr.ecr.eu-west-1.amazonaws.com',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.acme.example',
  'docker.io:443',
  `${openshift}:443`,
  'constructor',
])('%s is a host of no known registry', (host) => {
  expect(recognise(host)).toBeUndefined();
});

test('every preset has one row, and its own host is recognised as it', () => {
  expect(registryTable.flatMap(({ preset }) => preset ?? [])).toEqual([...presetNames]);
  const options = { account: '123456789012', region: 'eu-west-1', name: 'acme', location: 'us' };
  const own = presetNames.filter((preset) => preset !== 'harbor' && preset !== 'artifactory');
  for (const preset of own) {
    const host = Registry.of('r', { preset, ...options })?.host ?? '';
    expect([host, recognise(host)?.row.preset]).toEqual([host, preset]);
  }
});

test('names that a preset answers to are further hosts of its registry', () => {
  const { hosts = [] } = presetRow('openshift') ?? {};
  expect(Registry.of('r', { preset: 'openshift' })?.hosts).toEqual(hosts);
  expect(Registry.of('r', { preset: 'docker-hub' })?.hosts).toEqual(['docker.io']);
});
