import { durationSeconds } from '../../../src/model/names/duration.js';
import type { GeneratorSpec } from '../../../src/model/vocabulary/generator-spec.js';
import { generatorKinds, generatorName } from '../../../src/model/vocabulary/generators.js';
import { externalSource, generatorOf, referencesOf } from '../../../src/model/vocabulary/sources.js';

const auth = { privateKey: { secretRef: { name: 'app', key: 'pem' } } };
const github = { appID: '1', installID: '2', auth };
const quay = { robotAccount: 'a+b', serviceAccountRef: { name: 'robot' } };
const acr = { registry: 'Acme.azurecr.io', auth: { workloadIdentity: {} } };

test.each<[GeneratorSpec, readonly string[], readonly string[]]>([
  [
    { ecr: { region: 'eu-west-1' } },
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      '123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com',
      '123456789012.dkr-ecr.eu-west-1.on.aws',
    ],
    [
      '123456789012.dkr.ecr.us-east-1.amazonaws.com',
      '12345.dkr.ecr.eu-west-1.amazonaws.com',
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
      'public.ecr.aws',
    ],
  ],
  [{ ecr: { region: 'cn-north-1' } }, ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn'], []],
  [
    { ecr: { region: 'us-east-1', scope: 'public' } },
    ['public.ecr.aws'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com'],
  ],
  [
    { gcr: { projectID: 'p' } },
    ['gcr.io', 'eu.gcr.io', 'europe-west1-docker.pkg.dev', 'us-docker.pkg.dev'],
    ['evilgcr.io', 'a.b.gcr.io.example', 'pkg.dev', 'docker.io'],
  ],
  [{ acr }, ['acme.azurecr.io'], ['other.azurecr.io', 'acme.azurecr.us']],
  [{ github }, ['ghcr.io'], ['github.com', 'containers.shop.example']],
  [{ github: { ...github, url: 'https://git.shop.example/api/v3' } }, ['containers.git.shop.example'], ['ghcr.io']],
  [{ github: { ...github, url: 'https://api.shop.ghe.com' } }, ['containers.shop.ghe.com'], ['ghcr.io']],
  [{ quay }, ['quay.io'], ['quay.shop.example']],
  [{ quay: { ...quay, url: 'https://quay.shop.example' } }, ['quay.shop.example'], ['quay.io']],
])('%j opens its own hosts', (spec, own, others) => {
  const name = generatorName(spec);
  const opens = (host: string) => name !== undefined && generatorKinds[name].opens(spec, host);
  expect(own.filter((host) => !opens(host))).toEqual([]);
  expect(others.filter(opens)).toEqual([]);
});

test.each(Object.entries(generatorKinds))('tokens of %s are there well before others expire', (_, kind) => {
  const seconds = (text: string) => durationSeconds(text) ?? Number.NaN;
  const slowest = seconds(kind.refreshInterval) + seconds(kind.copyInterval);
  expect(slowest).toBeLessThanOrEqual(seconds(kind.lifetime) * 0.85);
});

test('a generator tells to what it refers', () => {
  const references = (spec: GeneratorSpec) => {
    const generator = generatorOf({ source: externalSource({ generator: spec }) });
    return generator && referencesOf(generator);
  };
  const key = { name: 'aws', key: 'id' };
  const secretRef = { accessKeyIDSecretRef: key, secretAccessKeySecretRef: { ...key, key: 'secret' } };
  expect(references({ ecr: { region: 'r', auth: { secretRef } } })).toEqual(['Secret aws']);
  expect(references({ quay })).toEqual(['service account robot']);
  expect(references({ github })).toEqual(['Secret app']);
  expect(references({ acr })).toEqual([]);
  expect(references({ ecr: { region: 'r' } })).toEqual([]);
});

test('several generators are none', () => {
  expect(generatorName({ ecr: { region: 'r' }, quay })).toBeUndefined();
  expect(generatorName({})).toBeUndefined();
});
