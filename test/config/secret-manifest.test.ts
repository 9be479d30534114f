import { parseConfig } from '../../src/config/load.js';
import { problemText } from '../../src/model/problem/problem.js';
import { Registry } from '../../src/model/registry/registry.js';
import { plaintextDockerConfig } from '../../src/model/vocabulary/plaintext.js';
import { folderOf } from '../support.js';

const auth = JSON.stringify({ auths: { 'r.io': { username: 'bot', password: 'hunter2' } } });
const dockercfg = JSON.stringify({ 'r.io': { username: 'bot', password: 'hunter2' } });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What a config gives whose plaintext source names a file with this text. */
function read(text: string, file = 'secret.yaml') {
  const config = `version: 1\nregistries: { r: { host: r.io } }\npullSecrets:\n  p: { registries: [r], source: { plaintext: { acceptPlaintextInGit: true, file: ${file} } } }\nclusters: { prod: {} }\n`;
  const { spec, problems } = parseConfig(config, 'c.yaml', folderOf({ [file]: text }));
  const { dockerConfig } = spec.pullSecrets?.p?.source.plaintext ?? {};
  const found = problems.filter(({ code }) => code !== 'combination-warned');
  return { dockerConfig, codes: found.map(({ code }) => code), text: found.map(problemText).join('\n') };
}

const secret = (type: string, fields: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...(type && { type }), ...fields });

test.each<[string, string, string[]]>([
  [
    'kubernetes.io/dockerconfigjson',
    secret('kubernetes.io/dockerconfigjson', { data: { '.dockerconfigjson': base64(auth) } }),
    [],
  ],
  ['kubernetes.io/dockercfg', secret('kubernetes.io/dockercfg', { data: { '.dockercfg': base64(dockercfg) } }), []],
  [
    'kubernetes.io/podmanconfigjson',
    secret('kubernetes.io/podmanconfigjson', { data: { 'auth.json': base64(auth) } }),
    ['secret-type-converted'],
  ],
  ['Opaque, with config.json', secret('Opaque', { stringData: { 'config.json': auth } }), ['secret-type-converted']],
  ['none, with .dockercfg', secret('', { data: { '.dockercfg': base64(dockercfg) } }), ['secret-type-converted']],
  [
    'podmanconfigjson, as YAML',
    `# made by oc\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ntype: kubernetes.io/podmanconfigjson\ndata:\n  auth.json: ${base64(auth)}\n`,
    ['secret-type-converted'],
  ],
])('a Secret manifest of type %s is read as the docker config in it', (_, text, codes) => {
  const result = read(text);
  expect(result.codes).toEqual(codes);
  const registry = Registry.of('r', { host: 'r.io' });
  const { dockerConfig } = result;
  if (!registry || !dockerConfig) throw new Error('not read');
  const written = plaintextDockerConfig({ dockerConfig }, [registry]).toJson();
  expect(JSON.parse(written)).toEqual({
    auths: { 'r.io': { auth: base64('bot:hunter2'), password: 'hunter2', username: 'bot' } },
  });
  expect(result.text).not.toContain('hunter2');
});

test('the warning says what the type was and that the kubelet ignores it', () => {
  const { text } = read(secret('kubernetes.io/podmanconfigjson', { data: { 'auth.json': base64(auth) } }));
  expect(text).toContain('type kubernetes.io/podmanconfigjson, which the kubelet passes over without a word');
  expect(text).toContain("OpenShift's docs name this type for an auth.json");
});

test.each<[string, string, string]>([
  [
    'no docker config',
    secret('Opaque', { data: { password: base64('hunter2') } }),
    'without the key .dockerconfigjson, .dockercfg, auth.json, config.json',
  ],
  [
    'the key of another type',
    secret('kubernetes.io/dockerconfigjson', { data: { 'auth.json': base64(auth) } }),
    'without the key .dockerconfigjson',
  ],
  [
    'two docker configs',
    secret('Opaque', { stringData: { 'auth.json': auth, 'config.json': auth } }),
    'several docker configs: auth.json, config.json',
  ],
  [
    'no base64',
    secret('Opaque', { data: { 'auth.json': 'hunter2 hunter2' } }),
    'whose value under auth.json is not base64',
  ],
  [
    'a value that is no text',
    secret('Opaque', { data: { 'auth.json': { hunter2: 1 } } }),
    'whose data is not a map of texts',
  ],
  ['data that is no map', secret('Opaque', { data: ['hunter2'] }), 'whose data is not a map of texts'],
  [
    'SOPS ciphertext',
    secret('Opaque', { data: { 'auth.json': 'ENC[hunter2]' }, sops: { mac: 'x' } }),
    'SOPS ciphertext',
  ],
  [
    'two documents',
    `${secret('Opaque', { stringData: { 'auth.json': auth } })}\n---\n{ hunter2: 1 }\n`,
    'holds several manifests',
  ],
  ['YAML that is none', 'apiVersion: v1\nkind: Secret\ndata: { auth.json: ]hunter2 }\n', 'is not valid YAML'],
  ['a key twice', 'apiVersion: v1\nkind: Secret\ndata: { hunter2: a, hunter2: b }\n', 'is not a valid manifest'],
  [
    'another kind',
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', data: { hunter2: auth } }),
    'something else than a Secret',
  ],
  ['deep nesting', `apiVersion: v1\nkind: Secret\ndata: ${'['.repeat(20_000)}`, 'nested too deeply'],
])('a manifest with %s is refused, and nothing of it is shown', (_, text, reason) => {
  const result = read(text);
  expect(result.codes).toEqual(['docker-config-invalid']);
  expect(result.text).toContain('secret.yaml ');
  expect(result.text).toContain(reason);
  expect(result.text).not.toContain('hunter2');
});

test('a broken docker config inside of a Secret is refused with the words of the kubelet', () => {
  const { codes, text } = read(
    secret('Opaque', { stringData: { 'auth.json': '{"auths":{"r.io":{"auth":"hunter2"}}}' } }),
  );
  expect(codes).toEqual(['docker-config-invalid']);
  expect(text).not.toContain('hunter2');
});

test('a docker config is no manifest, whatever its registries are called', () => {
  const config = JSON.stringify({
    auths: { 'r.io': { username: 'u', password: 'hunter2', email: '{apiVersion: v1, kind: Secret}' } },
  });
  expect(read(config, 'config.json').codes).toEqual([]);
});

test('a docker config with a key twice is refused, with both places', () => {
  const { codes, text } = read(
    '{\n"auths": {\n  "r.io": { "auth": "dTpodW50ZXIy" },\n  "r.io": { "auth": "dTpodW50ZXIz" }\n}}',
    'd.json',
  );
  expect(codes).toEqual(['auths-key-duplicate']);
  expect(text).toContain('c.yaml:4:');
  expect(text).toContain('the docker config has the entry "r.io" twice, at line 3, column 3 and at line 4, column 3');
});

test('of the file, only what reaches the output is warned about: its keys do not', () => {
  const auths = { 'r.io/team': { username: '_json_key', password: '{\n}' }, 'r.io': { username: 'u', password: 'p' } };
  expect(read(JSON.stringify({ auths }), 'd.json').codes).toEqual([]);
});
