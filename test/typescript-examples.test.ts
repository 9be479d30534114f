// What the examples in TypeScript write gives their pods access, by the kubelet's own rules. That they write it is tested
// with the package (typescript-programs.ts).
import { join } from 'node:path';
import { DockerConfig } from '../src/model/docker-config/docker-config.js';
import { SecretValue } from '../src/model/docker-config/secret-value.js';
import type { PullSecretData } from '../src/model/keyring/keyring.js';
import { LiveCluster } from './sequences/live-cluster.js';
import { deployment, filesOf } from './support.js';

const isPublic = (image: string) => image.startsWith('registry.access.redhat.com/');

/** Where workloads are not part of the output, some that the README speaks of. */
const workloads: Readonly<Record<string, readonly string[]>> = {
  'typescript-first-steps/dist': [
    deployment('billing', 'ledger', ['harbor.acme.example/platform/ledger:v1']),
    deployment('billing', 'monthly', ['harbor.acme.example/platform/invoices:v1'], 'serviceAccountName: invoices,'),
  ],
  'typescript-fleet/dist/eu-prod': [
    deployment('catalog', 'search', ['ghcr.io/acme/search:v7']),
    deployment('checkout', 'cart', ['ghcr.io/acme/cart:v12']),
  ],
  'typescript-fleet/dist/us-prod': [
    deployment('catalog', 'search', ['ghcr.io/acme/search:v7']),
    deployment('checkout', 'cart', ['ghcr.io/acme/cart:v12']),
  ],
  'typescript-team/dist': [],
  'typescript-existing-app/dist': [],
};

/** The Secret that somebody else makes for the app that exists. */
const existing: PullSecretData = {
  name: 'ghcr-pull',
  namespace: 'shop',
  type: 'kubernetes.io/dockerconfigjson',
  data: {
    '.dockerconfigjson': DockerConfig.fromEntries([
      { key: 'ghcr.io/acme/', username: 'shop', password: SecretValue.of('token') },
    ]).toSecretData(),
  },
};

test.each(Object.entries(workloads))('every pod of %s pulls what it runs', (folder, others) => {
  const live = new LiveCluster();
  live.apply([], [...Object.values(filesOf(join('examples', folder))), ...others], [existing]);
  expect(live.failing(isPublic)).toEqual([]);
  expect(Object.values(live.offers()).flat()).not.toEqual([]);
});
