// The template that merges entries into OpenShift's global pull secret, run by the operator's own engine.
import { join } from 'node:path';
import { Keyring } from '../../../src/model/keyring/keyring.js';
import { cli, folderOf } from '../../support.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { renderExternalSecret } from '../engines/external-secrets.js';

const auth = Buffer.from('user:hunter2').toString('base64');
const config = (registries: string, names: string, rest = '') => `version: 1
registries: { ${registries} }
pullSecrets:
  p:
    registries: [${names}]
    source: { external: { store: vault, keys: { ${names
      .split(', ')
      .map((name) => `${name}: ${name}`)
      .join(', ')} }${rest} } }
    distribution: globalPullSecret
clusters:
  ocp:
    openshift: "4.20"
    globalPullSecret: { current: { external: { store: vault, key: openshift } } }
`;
const two = config('mirror: { host: mirror.example, path: redhat }, hub: { preset: docker-hub }', 'mirror, hub');
const none =
  'version: 1\nclusters: { ocp: { openshift: "4.20", globalPullSecret: { current: { external: { store: vault, key: openshift } } } } }\n';

/** The ExternalSecret of a config. */
async function written(text: string): Promise<KubeObject> {
  const folder = folderOf({ 'image-pull.yaml': text });
  expect(await cli(folder, 'synth')).toMatchObject({ code: 0 });
  const [found] = manifestsIn(join(folder, 'dist')).map(({ object }) => object);
  return found!;
}

const values = {
  mirror_username: 'robot',
  mirror_password: 'p"\u00e4\\ {{ .x }}:<&>\'',
  hub_username: 'u',
  hub_password: 'q',
};
const render = async (text: string, current: string) =>
  renderExternalSecret(await written(text), { ...values, current });

const textOf = ({ data }: KubeObject) => Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64').toString();

const whole = {
  auths: {
    'cloud.openshift.com': { auth, email: 'a@b.example' },
    'quay.io': { auth, identitytoken: null, unknown: { list: [1, 'x', true, { a: '<&>\u2028' }] } },
    'mirror.example': { auth },
    'mirror.example/redhatter': { auth },
    __proto__x: { auth },
  },
  HttpHeaders: { 'X-Team': 'a' },
  credHelpers: { 'gcr.io': 'gcloud' },
};

test('nothing of the document is lost or changed, and the entries of ours open their images', async () => {
  const secret = await render(two, JSON.stringify(whole));
  expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
  const merged = JSON.parse(textOf(secret)) as typeof whole;
  expect(merged).toEqual({ ...whole, auths: { ...merged.auths, ...whole.auths } });
  expect(Object.keys(merged.auths).filter((key) => !(key in whole.auths))).toEqual([
    'https://index.docker.io/v1/',
    'mirror.example/redhat',
  ]);
  const keyring = Keyring.fromSecrets([
    { name: 'p', type: 'kubernetes.io/dockerconfigjson', ...(secret.data && { data: secret.data }) },
  ]);
  const [first] = keyring.lookup('mirror.example/redhat/ubi9').credentials;
  expect([first?.username, first?.password.reveal()]).toEqual([values.mirror_username, values.mirror_password]);
  expect(keyring.lookup('nginx').credentials).toMatchObject([{ username: 'u' }]);
});

test('the same document gives the same bytes', async () => {
  const text = JSON.stringify(whole);
  expect(textOf(await render(two, text))).toBe(textOf(await render(two, text)));
});

test('a document alone passes through', async () => {
  expect(JSON.parse(textOf(await render(none, JSON.stringify(whole))))).toEqual(whole);
});

test('a fixed user name and an e-mail address are texts, whatever is in them', async () => {
  const awkward = '{{ "x" }} "\\ $';
  const text = config(
    'mirror: { host: mirror.example }',
    'mirror',
    `, username: ${JSON.stringify(awkward)}, email: ${JSON.stringify(awkward)}`,
  );
  const { auths } = JSON.parse(textOf(await render(text, '{"auths":{}}'))) as { auths: Record<string, object> };
  expect(auths['mirror.example']).toMatchObject({ username: awkward, email: awkward });
});

test.each([
  ['nothing', '', 'current is not a JSON object'],
  ['no JSON', 'hunter2', 'current is not a JSON object'],
  ['half a document', `{"auths":{"quay.io":{"auth":"${auth}"}}`, 'current is not a JSON object'],
  ['null', 'null', 'current is not a JSON object'],
  ['a list', '["hunter2"]', 'current is not a JSON object'],
  ['no auths', `{"quay.io":{"auth":"${auth}"}}`, 'current has no auths'],
  ['auths that are a list', `{"auths":["${auth}"]}`, 'current has no auths'],
  ['auths that are null', '{"auths":null}', 'current has no auths'],
  ['auths in two spellings', '{"auths":{},"Auths":{"quay.io":{}}}', 'current has auths in two spellings'],
])('%s in the store fails the template, without a word of it', async (_what, current, expected) => {
  const error = await render(two, current).then(
    () => 'rendered',
    (each: unknown) => String(each),
  );
  expect(error).toContain(expected);
  expect(error).not.toContain('hunter2');
  expect(error).not.toContain(auth);
});

test.each([
  ['mirror.example/redhat', 'mirror.example/redhat'],
  ['mirror.example/redhat/', 'mirror.example/redhat'],
  ['https://mirror.example/redhat', 'mirror.example/redhat'],
  ['http://mirror.example/v2/redhat/', 'mirror.example/redhat'],
  ['docker.io', 'docker.io'],
  ['index.docker.io', 'docker.io'],
  ['registry-1.docker.io/', 'docker.io'],
  ['https://index.docker.io/v1/', 'docker.io'],
])('an entry %s that the document has already fails the template', async (key, path) => {
  const current = JSON.stringify({ auths: { 'quay.io': { auth }, [key]: { auth } } });
  await expect(render(two, current)).rejects.toThrow(`current has an entry for ${path} already`);
});

test.each([
  'mirror.example',
  'mirror.example/v1',
  'mirror.example/redhat/ubi9',
  'index.docker.io.example',
  'docker.io/acme',
])('an entry %s is another one', async (key) => {
  const { auths } = JSON.parse(textOf(await render(two, JSON.stringify({ auths: { [key]: { auth } } })))) as {
    auths: object;
  };
  expect(Object.keys(auths)).toHaveLength(3);
});
