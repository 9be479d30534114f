// The templates of our ExternalSecrets, rendered by the operator's own engine, give docker configs that the kubelet reads.
import { basename, join } from 'node:path';
import { planClusters } from '../../../src/app/plan.js';
import { loadConfig } from '../../../src/config/load.js';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { Keyring, type PullSecretData } from '../../../src/model/docker-config/keyring.js';
import { ImageReference } from '../../../src/model/reference/image-reference.js';
import { cli, folderOf } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { renderExternalSecret } from '../engines/external-secrets.js';
import { committedOutputs } from '../outputs.js';

const isExternalSecret = ({ kind }: KubeObject) => kind === 'ExternalSecret';

/** A value for each key that the store is asked for; passwords are hard to quote. */
function valuesFor({ spec }: KubeObject): Record<string, string> {
  const data = (spec?.data ?? []) as { secretKey: string }[];
  return Object.fromEntries(
    data.map(({ secretKey }) => [
      secretKey,
      secretKey.endsWith('password') ? `p"\u00e4\\ {{ .x }}:<&>'${secretKey}` : `robot+${secretKey}`,
    ]),
  );
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
function imagesFor(folder: string, example: string, { metadata }: KubeObject): string[] {
  const config = loadConfig(join(example, 'image-pull.yaml'));
  const { clusters } = planClusters({ config, clusters: [basename(folder)] });
  const needs = clusters.flatMap(({ plan }) => plan.needs);
  const named = needs.filter(({ pullSecret }) => pullSecret.name === metadata.name);
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
    .map(({ object }) => object)
    .filter(isExternalSecret)
    .map((object) => ({ folder, example, namespace: object.metadata.namespace, name: object.metadata.name, object })),
);

test.each(rows)('$name in $namespace of $folder opens the images it is written for', async (row) => {
  const values = valuesFor(row.object);
  const secret = await renderExternalSecret(row.object, values);
  const { entries, remarks } = configOf(secret);
  expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
  expect(remarks).toEqual([]);
  expect(entries.length).toBeGreaterThan(0);
  for (const { password } of entries) expect(Object.values(values)).toContain(password.reveal());
  const keyring = Keyring.fromSecrets([pullSecretData(secret)]);
  const images = imagesFor(row.folder, row.example, row.object);
  if (!opensNothing.has(`${row.folder} ${row.namespace}/${row.name}`)) expect(images.length).toBeGreaterThan(0);
  for (const image of images) {
    expect({ image, found: keyring.lookup(image).credentials.length }).toEqual({ image, found: 1 });
  }
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
