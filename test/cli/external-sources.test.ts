// Generators, the hub and ClusterExternalSecret as the config file says them: what is wrong is said where it stands.
import fc from 'fast-check';
import { cli, deployment, filesOf, folderOf } from '../support.js';

const marker = 'hunter2';

const registries = `{
  ecr:    { preset: ecr, account: "123456789012", region: eu-west-1 },
  public: { host: public.ecr.aws, path: acme },
  gar:    { preset: gar, location: europe-west1 },
  gcr:    { preset: gcr, location: eu },
  acr:    { preset: acr, name: acme },
  ghcr:   { preset: ghcr, path: acme },
  tools:  { preset: ghcr, path: tools },
  quay:   { preset: quay },
  own:    { host: quay.shop.example }
}`;

interface Config {
  readonly registries?: readonly string[];
  readonly external: string;
  readonly more?: string;
  readonly cluster?: string;
  readonly rest?: string;
}

const config = ({ registries: names = ['ecr'], external, more = '', cluster = '', rest = '' }: Config) => `version: 1
registries: ${registries}
pullSecrets:
  p: { registries: [${names.join(', ')}], source: { external: ${external} }${more} }
clusters: { prod: { ${cluster} } }
namespaces: { team-a: { pullSecrets: [p] } }
${rest}
`;

async function problems(given: Config): Promise<string[]> {
  const { err } = await cli(folderOf({ 'image-pull.yaml': config(given) }), 'synth');
  expect(err).not.toContain(marker);
  expect(err).not.toContain('    at ');
  return err.split('\n').filter((line) => /^(error|finding|warning): /.test(line));
}

const ecr = 'ecr: { region: eu-west-1 }';
const gcr = 'gcr: { projectID: acme }';
const acr = 'acr: { registry: acme.azurecr.io, auth: { managedIdentity: { identityId: 0000-1 } } }';
const github = 'github: { appID: "1", installID: "2", auth: { privateKey: { secretRef: { name: app, key: pem } } } }';
const quay = 'quay: { robotAccount: acme+bot, serviceAccountRef: { name: robot } }';
const generator = (...specs: readonly string[]) => `{ generator: { ${specs.join(', ')} } }`;

test.each<[string, Config, RegExp]>([
  ['nothing to read', { external: '{}' }, /needs a store or a generator/],
  ['a store and a generator', { external: `{ store: v, generator: { ${ecr} } }` }, /store belongs to a store; the gen/],
  ['a key beside a generator', { external: `{ key: k, generator: { ${ecr} } }` }, /key belongs to a store/],
  ['a user name beside a generator', { external: `{ username: u, generator: { ${ecr} } }` }, /username belongs to/],
  ['an empty generator', { external: generator() }, /the generator is empty/],
  ['two generators', { external: generator(ecr, gcr) }, /several generators: ecr, gcr/],
  ['a generator that is unknown', { external: generator('gitlab: {}') }, /generator has no key "gitlab"/],
  [
    'an unknown key of a generator',
    { external: generator('ecr: { region: eu-west-1, zone: a }') },
    /has no key "zone"/,
  ],
  [
    'a namespace in a reference, which the operator ignores',
    {
      registries: ['quay'],
      external: generator('quay: { robotAccount: a+b, serviceAccountRef: { name: r, namespace: x } }'),
    },
    /serviceAccountRef has no key "namespace"/,
  ],
  ['an ECR host of another region', { external: generator('ecr: { region: us-east-1 }') }, /not for registry ecr/],
  [
    'ECR for another registry',
    { registries: ['ghcr'], external: generator(ecr) },
    /not for registry ghcr \(ghcr\.io\)/,
  ],
  ['GCR for ECR', { external: generator(gcr) }, /tokens of gcr are for .* not for registry ecr/],
  [
    'a token for one registry and not the other',
    { registries: ['ecr', 'ghcr'], external: generator(ecr) },
    /not for registry ghcr/,
  ],
  [
    'public ECR in another region',
    { registries: ['public'], external: generator('ecr: { region: eu-west-1, scope: public }') },
    /public\.ecr\.aws are made in us-east-1 only/,
  ],
  ['a private token for public ECR', { registries: ['public'], external: generator(ecr) }, /not for registry public/],
  [
    'ACR by its short name',
    {
      registries: ['acr'],
      external: generator('acr: { registry: acme, auth: { managedIdentity: { identityId: x } } }'),
    },
    /registry must be a login server of PublicCloud/,
  ],
  [
    'ACR of another cloud',
    {
      registries: ['acr'],
      external: generator(
        'acr: { registry: acme.azurecr.io, environmentType: ChinaCloud, auth: { managedIdentity: { identityId: x } } }',
      ),
    },
    /registry must be a login server of ChinaCloud/,
  ],
  [
    'another ACR',
    { registries: ['acr'], external: generator('acr: { registry: other.azurecr.io, auth: { workloadIdentity: {} } }') },
    /tokens of acr are for other\.azurecr\.io, not for registry acr \(acme\.azurecr\.io\)/,
  ],
  [
    'two ways to authenticate',
    {
      registries: ['acr'],
      external: generator(
        'acr: { registry: acme.azurecr.io, auth: { workloadIdentity: {}, managedIdentity: { identityId: x } } }',
      ),
    },
    /auth needs exactly one of/,
  ],
  ['GitHub for Quay', { registries: ['quay'], external: generator(github) }, /not for registry quay/],
  ["quay.io for a Quay of one's own", { registries: ['own'], external: generator(quay) }, /not for registry own/],
  [
    'an interval that makes one token',
    { external: `{ refreshInterval: 0s, generator: { ${ecr} } }` },
    /refreshInterval 0s makes one token, and one of ecr lasts 12h/,
  ],
  [
    'an interval as long as a token lasts',
    { external: `{ refreshInterval: 12h, generator: { ${ecr} } }` },
    /refreshInterval 12h is not below the 12h that a token of ecr lasts/,
  ],
  [
    'an interval longer than that, in other units',
    { registries: ['gcr'], external: `{ refreshInterval: 90m, generator: { ${gcr} } }` },
    /refreshInterval 90m is not below the 1h/,
  ],
  [
    'two intervals that are together too long',
    { external: `{ refreshInterval: 11h, fanOut: { hub: { refreshInterval: 1h } }, generator: { ${ecr} } }` },
    /made every 11h and passed on every 1h, together not below the 12h/,
  ],
  [
    'a hub that passes nothing on',
    { external: '{ store: v, key: k, fanOut: { hub: { refreshInterval: 0s } } }' },
    /refreshInterval 0s never passes a new value on/,
  ],
  [
    'an interval that is none',
    { external: `{ refreshInterval: daily, generator: { ${ecr} } }` },
    /"daily" is no duration/,
  ],
  ['a fan-out that is none', { external: '{ store: v, key: k, fanOut: star }' }, /fanOut must be hub or/],
  [
    "a hub's namespace that is none",
    { external: '{ store: v, key: k, fanOut: { hub: { namespace: "a/../b" } } }' },
    /the hub's namespace "a\/\.\.\/b" must be/,
  ],
  [
    'a hub where the provider is read once anyway',
    { external: '{ store: v, key: k, fanOut: hub }', more: ', distribution: kyverno' },
    /the others read it once anyway \[combination-refused\]/,
  ],
  [
    'a credential for a reference',
    {
      external: generator(
        `ecr: { region: eu-west-1, auth: { secretRef: { accessKeyIDSecretRef: { name: "${marker}!", key: k }, secretAccessKeySecretRef: { name: s, key: "${marker}/x" } } } }`,
      ),
    },
    /the reference is no name of an object/,
  ],
  [
    'a private key for its reference',
    {
      registries: ['ghcr'],
      external: generator(`github: { appID: "1", installID: "2", auth: { privateKey: "${marker}" } }`),
    },
    /privateKey must be a mapping, not text/,
  ],
  [
    'a URL with a credential',
    {
      registries: ['ghcr'],
      external: generator(
        `github: { url: "https://u:${marker}@github.shop.example", appID: "1", installID: "2", auth: { privateKey: { secretRef: { name: a, key: k } } } }`,
      ),
    },
    /url must be an https URL without user, password and query/,
  ],
  [
    'a host of Quay with a credential',
    {
      registries: ['own'],
      external: generator(
        `quay: { url: "u:${marker}@quay.shop.example", robotAccount: a+b, serviceAccountRef: { name: r } }`,
      ),
    },
    /url must be a host name/,
  ],
  [
    'a role that is none',
    { external: generator(`ecr: { region: eu-west-1, role: "${marker}" }`) },
    /role must be the ARN of a role/,
  ],
  [
    'permissions that are none',
    {
      registries: ['ghcr'],
      external: generator(github.replace('auth:', `permissions: { packages: "${marker}" }, auth:`)),
    },
    /permissions must be read, write or admin/,
  ],
])('%s is an error', async (_, given, expected) => {
  const found = await problems(given);
  expect(found.filter((line) => expected.test(line))).toHaveLength(1);
  for (const line of found) expect(line).toMatch(/image-pull\.yaml:\d+:\d+: /);
  expect(found.some((line) => line.startsWith('error: '))).toBe(true);
});

test.each<[string, Config]>([
  ['ECR', { external: generator(ecr) }],
  ['public ECR', { registries: ['public'], external: generator('ecr: { region: us-east-1, scope: public }') }],
  ['Artifact Registry and gcr.io', { registries: ['gar', 'gcr'], external: generator(gcr) }],
  ['ACR', { registries: ['acr'], external: generator(acr) }],
  [
    'two organisations by one App',
    { registries: ['ghcr', 'tools'], external: `{ fanOut: hub, generator: { ${github} } }` },
  ],
  ['Quay', { registries: ['quay'], external: `{ fanOut: hub, generator: { ${quay} } }` }],
  [
    "a Quay of one's own",
    {
      registries: ['own'],
      external: `{ fanOut: hub, generator: { ${quay.replace('quay: {', 'quay: { url: "https://quay.shop.example",')} } }`,
    },
  ],
  [
    'intervals that fit',
    { external: `{ refreshInterval: 10h30m, fanOut: { hub: { refreshInterval: 1h29m } }, generator: { ${ecr} } }` },
  ],
])('%s is fine', async (_, given) => {
  expect(await problems(given)).toEqual([]);
});

test.each<[string, Config, RegExp]>([
  [
    'a pattern of namespaces',
    { external: generator(ecr), more: ', distribution: clusterExternalSecret, for: { namespaces: ["team-*"] }' },
    /selects namespaces by labels, which "team-\*" is not \[scope-refused\]/,
  ],
  [
    'a pattern of those that may have it',
    { external: generator(ecr), more: ', distribution: clusterExternalSecret, allow: [team-a, "shop*"]' },
    /which "shop\*" is not/,
  ],
  [
    'an excluded pattern',
    {
      external: generator(ecr),
      more: ', distribution: clusterExternalSecret',
      rest: 'exclude: [{ namespace: "kube-*" }]',
    },
    /which "kube-\*" is not/,
  ],
  [
    'namespaces and allowed ones that have none in common',
    {
      external: generator(ecr),
      more: ', distribution: clusterExternalSecret, for: { namespaces: [team-a] }, allow: [team-b]',
    },
    /`for` and `allow` leave no namespace/,
  ],
  [
    'namespaces of which there are none',
    { external: generator(ecr), more: ', distribution: clusterExternalSecret, allow: []' },
    /allow names no namespace/,
  ],
  [
    "the hub's own namespace",
    {
      external: `{ fanOut: hub, generator: { ${ecr} } }`,
      more: ', distribution: clusterExternalSecret, for: { namespaces: [image-pull] }',
    },
    /`for` names only image-pull, the namespace of the source, which gets no copy/,
  ],
  [
    'a label value that is none',
    { external: generator(ecr), more: ', distribution: clusterExternalSecret, for: { labels: { team: "a b" } }' },
    /label/,
  ],
  [
    'an operator too old',
    { external: generator(ecr), cluster: 'externalSecrets: "0.15"' },
    /served from External Secrets 0\.16 \[combination-refused\]/,
  ],
  [
    'a label key that is none',
    {
      external: generator(ecr),
      cluster: 'distribution: clusterExternalSecret',
      rest: '',
      more: ', metadata: { labels: { "a b": c } }',
    },
    /label/,
  ],
])('a ClusterExternalSecret cannot be for %s', async (_, given, expected) => {
  const found = await problems(given);
  expect(found.join('\n')).toMatch(expected);
  expect(found.some((line) => line.startsWith('error: '))).toBe(true);
});

test('what a generator refers to must be in every namespace, or with a hub in one', async () => {
  const warned = await problems({ registries: ['quay'], external: generator(quay) });
  expect(warned.join()).toMatch(
    /must be in the namespace of the ExternalSecret, .* with fanOut: hub in that of the hub/,
  );
  expect(await problems({ registries: ['quay'], external: `{ fanOut: hub, generator: { ${quay} } }` })).toEqual([]);
});

test('a name that leaves no room for what is written beside it is an error that says by how much', async () => {
  const name = 'p'.repeat(240);
  const text = config({ external: generator(ecr) })
    .replaceAll('  p: {', `  ${name}: {`)
    .replace('[p]', `[${name}]`);
  const { code, err } = await cli(folderOf({ 'image-pull.yaml': text }), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('would be longer than 253 characters');
  expect(err).toContain('shorten the name of the pull secret by 5');
});

test('a Secret of the name of the hub, which a manifest declares, is an error', async () => {
  const declared =
    '{ apiVersion: v1, kind: Secret, metadata: { name: image-pull-source-p, namespace: image-pull }, type: Opaque }\n';
  const text = config({ external: '{ store: v, key: k, fanOut: hub }', rest: 'workloads: [apps]' });
  const { code, err } = await cli(folderOf({ 'image-pull.yaml': text, 'apps/a.yaml': declared }), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('apps/a.yaml:1:1: Secret image-pull/image-pull-source-p is declared by a manifest');
});

test.each([
  ['Secret', 'v1'],
  ['ExternalSecret', 'external-secrets.io/v1'],
])('a %s where a ClusterExternalSecret is to make one is a finding', async (kind, apiVersion) => {
  const declared = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: p, namespace: team-a } }\n`;
  const text = config({
    external: generator(ecr),
    more: ', distribution: clusterExternalSecret',
    rest: 'workloads: [apps]',
  });
  const { code, err } = await cli(folderOf({ 'image-pull.yaml': text, 'apps/a.yaml': declared }), 'synth');
  expect(code).toBe(1);
  expect(err).toContain(
    `${kind} team-a/p is declared by a manifest, where ClusterExternalSecret image-pull-copy-p is to bring pull secret p`,
  );
});

test('more than 100 namespaces that each read the provider are a warning, and none with a hub', async () => {
  const apps = Array.from({ length: 101 }, (_, index) => deployment(`team-${index}`, 'web', ['ghcr.io/acme/x']));
  const run = async (external: string) => {
    const text = config({ registries: ['ghcr'], external, rest: 'workloads: [apps]' });
    return cli(folderOf({ 'image-pull.yaml': text, 'apps/a.yaml': apps.join('---\n') }), 'synth');
  };
  const warned = await run('{ store: v, key: k }');
  expect(warned.code).toBe(0);
  expect(warned.err).toContain(
    'image-pull.yaml:14:3: cluster prod: 102 namespaces would each read the provider of pull secret p',
  );
  const quiet = await run('{ store: v, key: k, fanOut: hub }');
  expect(quiet).toMatchObject({ code: 0, err: '' });
});

test('whatever text stands in a field of a generator, it is refused without being shown, or written as a reference', async () => {
  const fields = ['region', 'role'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), fc.string({ minLength: 8 }), async (field, text) => {
      const spec = JSON.stringify({ ecr: { region: 'eu-west-1', [field]: `~${text}` } });
      const folder = folderOf({ 'image-pull.yaml': config({ external: `{ generator: ${spec} }` }) });
      const { code, out, err } = await cli(folder, 'synth');
      expect(code).toBe(2);
      expect(out + err).not.toContain(`~${text}`);
      expect(Object.keys(filesOf(folder))).toEqual(['image-pull.yaml']);
    }),
    { numRuns: 30 },
  );
});
