// The templates of our ExternalSecrets, rendered by the operator's own engine, give docker configs that the kubelet reads.
import { basename, delimiter, dirname, join } from 'node:path';
import { makeManifests } from '../../../src/app/made-clusters.js';
import { planClusters } from '../../../src/app/plan.js';
import { loadConfig } from '../../../src/config/load.js';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { Keyring, type PullSecretData } from '../../../src/model/keyring/keyring.js';
import { entriesAnnotation } from '../../../src/model/retire/former.js';
import { entriesOfAnnotation } from '../../../src/model/retire/read-object.js';
import { cli, folderOf } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { renderExternalSecret } from '../engines/external-secrets.js';
import { committedOutputs } from '../outputs.js';
import { programPath } from '../session.js';

/** True for what makes a pull secret; that of a hub makes a Secret of raw values. */
function isExternalSecret({ kind, spec }: KubeObject): boolean {
  const { template } = (spec?.target ?? {}) as { template?: { type?: string } };
  return kind === 'ExternalSecret' && template?.type === 'kubernetes.io/dockerconfigjson';
}

/** What merges entries into a document of others is the business of global-pull-secret.test.ts. */
const merges = ({ spec }: KubeObject) =>
  ((spec?.data ?? []) as { secretKey: string }[]).some(({ secretKey }) => secretKey === 'current');

/** The ExternalSecret that a ClusterExternalSecret makes, in no namespace yet. */
function ofCluster(object: KubeObject): KubeObject {
  const { externalSecretName: name, externalSecretSpec: spec } = (object.spec ?? {}) as {
    externalSecretName: string;
    externalSecretSpec: Record<string, unknown>;
  };
  if (object.kind !== 'ClusterExternalSecret') return object;
  return { apiVersion: object.apiVersion, kind: 'ExternalSecret', metadata: { name, namespace: '' }, spec };
}

const awkwardPassword = (name: string) => `p"\u00e4\\ {{ .x }}:<&>'${name}`;

/** A value for each key that the store or a generator is asked for; passwords are hard to quote. */
function valuesFor({ spec }: KubeObject): Record<string, string> {
  const data = (spec?.data ?? []) as { secretKey: string }[];
  const keys = spec?.dataFrom ? ['username', 'password'] : data.map(({ secretKey }) => secretKey);
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)]));
}

function valueFor(key: string): string {
  if (key === 'auth') return Buffer.from(`robot:${awkwardPassword(key)}`).toString('base64');
  return key.endsWith('password') || key === 'token' ? awkwardPassword(key) : `robot+${key}`;
}

const pullSecretData = ({ metadata: { name }, type, data }: KubeObject): PullSecretData => ({
  name,
  ...(type !== undefined && { type }),
  ...(data && { data }),
});

const configOf = (secret: KubeObject) =>
  DockerConfig.parse(Buffer.from(secret.data?.['.dockerconfigjson'] ?? '', 'base64'));

/**
 * The images that this pull secret opens: those of its namespace, or of all namespaces that get copies of it. None for
 * the partner of an overlap, for an auth host and for what is retired.
 */
async function imagesFor(folder: string, example: string, { metadata }: KubeObject): Promise<string[]> {
  const config = loadConfig(join(example, 'image-pull.yaml'));
  const PATH = [dirname(programPath('kustomize')), dirname(programPath('helm'))].join(delimiter);
  const made = await makeManifests(config, { environment: { PATH } }, [basename(folder)]);
  const { clusters } = planClusters({ config, clusters: [basename(folder)], made });
  const needs = clusters.flatMap(({ plan }) => plan.needs);
  const merged = entriesOfAnnotation(metadata.annotations?.[entriesAnnotation]).map(({ pullSecret }) => pullSecret);
  const named = needs.filter(({ pullSecret }) => [metadata.name, ...merged].includes(pullSecret.name));
  const here = named.filter(({ namespace }) => namespace === metadata.namespace);
  return (here.length > 0 ? here : named).flatMap(({ why, registries }) => {
    const image = 'image' in why ? why.image.image : '';
    const reference = ImageReference.tryParse(image);
    return !('error' in reference) && registries.some((registry) => registry.matches(reference)) ? [image] : [];
  });
}

const migration = (step: string, name: string) =>
  ['search', 'shop'].map((namespace) => `examples/registry-migration/${step}/dist/prod ${namespace}/${name}`);
/** An auth host, a need said by hand, the partners of an overlap, and what is retired. */
const opensNothing = new Set([
  'examples/native-pod-policy/dist/prod vendor/quay-pull',
  'examples/delegated-authentication/dist/ocp lab/lab-sso',
  ...migration('1-overlap', 'harbor-pull'),
  ...migration('2-images', 'quay-pull'),
  ...migration('3-retire', 'quay-pull'),
]);

const rows = committedOutputs().flatMap(({ folder, example, manifests }) =>
  manifests
    .map(({ object }) => ofCluster(object))
    .filter((object) => isExternalSecret(object) && !merges(object))
    .map((object) => ({ folder, example, namespace: object.metadata.namespace, name: object.metadata.name, object })),
);

test.each(rows)('$name in $namespace of $folder opens the images it is written for', async (row) => {
  const values = valuesFor(row.object);
  const secret = await renderExternalSecret(row.object, values);
  const { entries, remarks } = configOf(secret);
  expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
  expect(remarks).toEqual([]);
  expect(entries.length).toBeGreaterThan(0);
  const passwords = Object.keys(values).map((key) => (key === 'auth' ? awkwardPassword(key) : values[key]));
  for (const { password } of entries) expect(passwords).toContain(password.reveal());
  const keyring = Keyring.fromSecrets([pullSecretData(secret)]);
  const images = await imagesFor(row.folder, row.example, row.object);
  if (!opensNothing.has(`${row.folder} ${row.namespace}/${row.name}`)) expect(images.length).toBeGreaterThan(0);
  for (const image of images) {
    expect({ image, found: keyring.lookup(image).credentials.length }).toEqual({ image, found: 1 });
  }
});

const reader = 'serviceAccountRef: { name: reader }';
const secretRef = 'secretRef: { name: app, key: pem }';
const later = '1800000000';

/** What each generator gives (pkg/generator), and who that is. */
const generators: readonly [string, string, string, Readonly<Record<string, string>>, string][] = [
  [
    'ECR',
    '{ preset: ecr, account: "123456789012", region: eu-west-1 }',
    `ecr: { region: eu-west-1, auth: { jwt: { ${reader} } } }`,
    {
      username: 'AWS',
      password: 'aws=="',
      proxy_endpoint: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      expires_at: later,
    },
    'AWS:aws=="',
  ],
  [
    'GAR',
    '{ preset: gar, location: europe-west1 }',
    'gcr: { projectID: acme }',
    { username: 'oauth2accesstoken', password: 'ya29.a', expiry: later },
    'oauth2accesstoken:ya29.a',
  ],
  [
    'ACR',
    '{ preset: acr, name: acme }',
    'acr: { registry: acme.azurecr.io, auth: { workloadIdentity: {} } }',
    { username: '00000000-0000-0000-0000-000000000000', password: 'eyJ.a.b' },
    '00000000-0000-0000-0000-000000000000:eyJ.a.b',
  ],
  [
    'GitHub',
    '{ preset: ghcr, path: acme }',
    `github: { appID: "1", installID: "2", auth: { privateKey: { ${secretRef} } } }`,
    { token: 'ghs_x' },
    'x-access-token:ghs_x',
  ],
  [
    'Quay',
    '{ preset: quay, path: acme }',
    `quay: { robotAccount: acme+bot, ${reader} }`,
    { registry: 'quay.io', auth: Buffer.from('acme+bot:eyJ.c').toString('base64'), expiry: later },
    'acme+bot:eyJ.c',
  ],
];

test.each(
  generators,
)('what the generator of %s gives becomes its docker config', async (_, registry, generator, values, expected) => {
  const config = `
version: 1
registries: { reg: ${registry} }
pullSecrets: { pull: { registries: [reg], source: { external: { generator: { ${generator} } } } } }
clusters: { prod: {} }
namespaces: { team-a: { pullSecrets: [pull] } }
`;
  const folder = folderOf({ 'image-pull.yaml': config });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const [object] = manifestsIn(join(folder, 'dist')).flatMap((each) =>
    isExternalSecret(each.object) ? [each.object] : [],
  );
  const { entries, remarks } = configOf(await renderExternalSecret(object!, values));
  expect(remarks).toEqual([]);
  expect(entries.map(({ username, password }) => `${username}:${password.reveal()}`)).toEqual([expected]);
});

const awkward = [
  '{{ .password }}',
  '{{',
  '}}',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  '%s',
  '$',
  '<&>',
  '\u00e4\u2028',
  '{{ "x" | upper }}',
];

/** The one ExternalSecret of a config whose fixed texts hold another text. */
async function writtenWith(text: string): Promise<KubeObject> {
  const quoted = JSON.stringify(text);
  const config = `
version: 1
registries: { reg: { host: reg.example, path: team } }
pullSecrets:
  pull:
    registries: [reg]
    source: { external: { store: vault, key: reg, username: ${quoted}, email: ${quoted} } }
    metadata: { annotations: { acme.example/note: ${quoted} } }
clusters: { prod: {} }
namespaces: { team-a: { pullSecrets: [pull] } }
`;
  const folder = folderOf({ 'image-pull.yaml': config });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const [found] = manifestsIn(join(folder, 'dist')).flatMap(({ object }) => (isExternalSecret(object) ? [object] : []));
  return found!;
}

test.each(awkward)('a fixed text %j reaches user name, e-mail and annotation as it is', async (text) => {
  const secret = await renderExternalSecret(await writtenWith(text), { password: text });
  const [entry] = configOf(secret).entries;
  expect([entry?.username, entry?.password.reveal(), entry?.email]).toEqual([text, text, text]);
  expect(secret.metadata.annotations).toEqual({ 'acme.example/note': text });
});
