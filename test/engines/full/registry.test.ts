// A real registry is asked with the credential that the proof names first, for a pod of each verdict.
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../src/model/inventory/tree.js';
import { proveCluster } from '../../../src/model/proof/prove.js';
import type { ProvenImage, Verdict } from '../../../src/model/proof/verdict.js';
import { clusterModel } from '../../../src/model/vocabulary/cluster.js';
import { RunningRegistry, registryUser } from '../engines/registry.js';
import { type Login, pull, push } from '../registry/client.js';
import { RunningTokenService } from '../registry/token-service.js';

interface PodCase {
  readonly what: string;
  /** The pull secrets of the pod: the type, and the docker config for the host of the registry. */
  readonly secrets: readonly { readonly type?: string; readonly config: (host: string) => string }[];
  readonly verdict: Verdict;
  /** The answer of the registry. */
  readonly status: number;
}

const entry = (key: string, { username, password }: Login = registryUser) =>
  DockerConfig.fromEntries([{ key, username, password }]).toJson();
const wrong = { username: registryUser.username, password: 'another' };

const cases: readonly PodCase[] = [
  { what: 'an entry for the host', secrets: [{ config: (host) => entry(host) }], verdict: 'covered', status: 200 },
  {
    what: 'an entry for the path',
    secrets: [{ config: (host) => entry(`${host}/acme/`) }],
    verdict: 'covered',
    status: 200,
  },
  {
    what: 'the longer path first, the wrong one behind it',
    secrets: [{ config: (host) => entry(host, wrong) }, { config: (host) => entry(`${host}/acme`) }],
    verdict: 'covered',
    status: 200,
  },
  {
    what: 'a credential that the registry does not take',
    secrets: [{ config: (host) => entry(host, wrong) }],
    verdict: 'covered',
    status: 401,
  },
  {
    what: 'an entry for another path',
    secrets: [{ config: (host) => entry(`${host}/other/`) }],
    verdict: 'missing',
    status: 401,
  },
  { what: 'no pull secret', secrets: [], verdict: 'missing', status: 401 },
  {
    what: 'a Secret of another type',
    secrets: [{ type: 'Opaque', config: (host) => entry(host) }],
    verdict: 'inert',
    status: 401,
  },
  {
    what: 'a blank credential',
    secrets: [{ config: (host) => `{"auths":{"${host}":{}}}` }],
    verdict: 'missing',
    status: 401,
  },
];

describe.each(['user name and password', 'tokens'])('a registry that asks for %s', (kind) => {
  let tokens: RunningTokenService | undefined;
  let registry: RunningRegistry;
  let image: string;

  beforeAll(async () => {
    tokens = kind === 'tokens' ? await RunningTokenService.start() : undefined;
    registry = await RunningRegistry.start(tokens?.service);
    image = `${registry.host}/acme/web:v1`;
    await push(image, registryUser);
  });

  afterAll(async () => {
    await registry?.stop();
    await tokens?.stop();
  });

  test.each(cases)('a pod with $what is $verdict, and the registry answers $status', async ({
    secrets,
    verdict,
    status,
  }) => {
    const configs = new Map(secrets.map(({ config }, index) => [`s${index}`, config(registry.host)]));
    const proven = proof(
      image,
      registry.host,
      secrets.map(({ type }, index) => ({ name: `s${index}`, type, config: configs.get(`s${index}`) ?? '' })),
    );
    expect(proven?.verdict).toBe(verdict);
    expect(await pull(image, firstLogin(proven, configs))).toBe(status);
  });
});

/** The proof of a pod that lists these Secrets, in a cluster whose config declares the registry private. */
function proof(
  image: string,
  host: string,
  secrets: readonly { readonly name: string; readonly type: string | undefined; readonly config: string }[],
): ProvenImage | undefined {
  const builder = new InventoryBuilder();
  const metadata = { name: 'web', namespace: 'team-a' };
  const imagePullSecrets = secrets.map(({ name }) => ({ name }));
  builder.add(
    plainTree({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { imagePullSecrets, containers: [{ name: 'web', image }] },
    }),
  );
  for (const { name, type = 'kubernetes.io/dockerconfigjson', config } of secrets) {
    const data = { '.dockerconfigjson': Buffer.from(config).toString('base64') };
    builder.add(plainTree({ apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata, name }, type, data }), {
      keepSecretData: true,
    });
  }
  const cluster = clusterModel({ version: 1, registries: { test: { host } }, clusters: { prod: {} } }, 'prod');
  return proveCluster({ inventory: builder.build(), cluster }).images[0];
}

/** The value of the credential that the proof names first; a blank one is none. */
function firstLogin(proven: ProvenImage | undefined, configs: ReadonlyMap<string, string>): Login | undefined {
  const first = proven?.credentials.find(({ isBlank }) => !isBlank);
  const entries = first && DockerConfig.parse(configs.get(first.secret) ?? '').entries;
  const found = entries?.find(({ key }) => key === first?.key);
  return found && { username: found.username, password: found.password.reveal() };
}
