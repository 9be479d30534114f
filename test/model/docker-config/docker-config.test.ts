import { inspect } from 'node:util';
import fc from 'fast-check';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { apiServerError, kubectlError } from '../../../src/model/docker-config/docker-config-checks.js';
import type { DockerConfigType } from '../../../src/model/docker-config/docker-config-decode.js';
import { maskUser } from '../../../src/model/docker-config/docker-config-entry.js';
import { ImagePullError } from '../../../src/model/problem/problem.js';
import { anyCharacter } from '../../any-character.js';

const seed = Number(process.env.FC_SEED ?? 1);
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

function credentials(config: DockerConfig): string[] {
  return config.entries.map(({ key, username, password }) => `${key} ${username}:${password.reveal()}`);
}

function errorOf(text: string | Uint8Array, type?: DockerConfigType): string {
  try {
    DockerConfig.parse(text, type && { type });
  } catch (error) {
    if (ImagePullError.is(error)) return error.problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
    throw error;
  }
  return 'no error';
}

/** The remarks on entries under `auths`, all of them of one code. */
function remarksOf(entries: Record<string, unknown>, expected: string): string[] {
  const { remarks } = DockerConfig.parse(JSON.stringify({ auths: entries }));
  return remarks.map(({ code, message, hint }) => {
    expect(code).toBe(`docker-config-${expected}`);
    return `${message}; ${hint}`;
  });
}

test.each([
  [
    'auth over user name and password',
    '{"auths":{"r.io":{"username":"a","password":"b","auth":"cGluZzpwb25n"}}}',
    ['r.io ping:pong'],
  ],
  ['user name and password', '{"auths":{"r.io":{"username":"a","password":"b"}}}', ['r.io a:b']],
  [
    'user name and password beside an empty auth',
    '{"auths":{"r.io":{"username":"a","password":"b","auth":""}}}',
    ['r.io a:b'],
  ],
  [
    'the last of two entries of the same key',
    '{"auths":{"r.io":{"username":"a"},"x":{},"r.io":{"password":"b"}}}',
    ['x :', 'r.io :b'],
  ],
  ['the entries of two auths together', '{"auths":{"a":{}},"AUTHS":{"b":{}}}', ['a :', 'b :']],
  ['nothing of what stands before a null', '{"auths":{"a":{}},"auths":null}', []],
  ['fields in any case', '{"AUTH\u017F":{"r.io":{"USERNAME":"a","pa\u017F\u017Fword":"b"}}}', ['r.io a:b']],
  ['an empty entry', '{"auths":{"r.io":{},"s.io":null}}', ['r.io :', 's.io :']],
  ['null as no value', '{"auths":{"r.io":{"username":"a","username":null,"password":"b","auth":null}}}', ['r.io a:b']],
  [
    'special keys of JavaScript',
    '{"auths":{"__proto__":{"username":"a"},"constructor":{}}}',
    ['__proto__ a:', 'constructor :'],
  ],
  ['no entry from an empty document', '{}', []],
  ['no entry from null', 'null', []],
  ['no entry from another shape', '{"r.io":{"username":"a"}}', []],
])('the kubelet reads %s', (_, text, expected) => {
  expect(credentials(DockerConfig.parse(text))).toEqual(expected);
});

test('a dockercfg has its entries at the top', () => {
  const config = DockerConfig.parse('{"r.io":{"auth":"Zm9vOmJhcg=="}}', { type: 'dockercfg' });
  expect(credentials(config)).toEqual(['r.io foo:bar']);
});

test("podman's auth.json is read as it is", () => {
  const text = JSON.stringify({ auths: { 'quay.io/org': { auth: base64('org+robot:token') } } }, null, '\t');
  expect(credentials(DockerConfig.parse(text))).toEqual(['quay.io/org org+robot:token']);
});

const entry = 'credentialprovider.dockerConfigEntryWithAuth';

test.each<[string, string, DockerConfigType]>([
  ['', 'unexpected end of JSON input', 'dockerconfigjson'],
  ['bad', "invalid character 'b' looking for beginning of value", 'dockerconfigjson'],
  ['\uFEFF{}', "invalid character 'ï' looking for beginning of value", 'dockerconfigjson'],
  ['{"auths":{}}}', "invalid character '}' after top-level value", 'dockerconfigjson'],
  ['[]', 'json: cannot unmarshal array into Go value of type credentialprovider.DockerConfigJSON', 'dockerconfigjson'],
  ['[]', 'json: cannot unmarshal array into Go value of type credentialprovider.DockerConfig', 'dockercfg'],
  [
    '{"auths":[]}',
    'json: cannot unmarshal array into Go struct field DockerConfigJSON.auths of type credentialprovider.DockerConfig',
    'dockerconfigjson',
  ],
  [
    '{"auths":{"r":"x"}}',
    `json: cannot unmarshal string into Go struct field DockerConfigJSON.auths of type ${entry}`,
    'dockerconfigjson',
  ],
  ['{"r":"x"}', `json: cannot unmarshal string into Go value of type ${entry}`, 'dockercfg'],
  [
    '{"auths":{"r":{"auth":5}}}',
    'json: cannot unmarshal number into Go struct field DockerConfigJSON.auths.auth of type string',
    'dockerconfigjson',
  ],
  [
    '{"r":{"email":false}}',
    'json: cannot unmarshal bool into Go struct field dockerConfigEntryWithAuth.email of type string',
    'dockercfg',
  ],
  [
    '{"HttpHeaders":[],"auths":{}}',
    'json: cannot unmarshal array into Go struct field DockerConfigJSON.HttpHeaders of type map[string]string',
    'dockerconfigjson',
  ],
  [
    '{"HttpHeaders":{"a":1}}',
    'json: cannot unmarshal number into Go struct field DockerConfigJSON.HttpHeaders of type string',
    'dockerconfigjson',
  ],
  ['{"HttpHeaders":1,"auths":{"r":{"auth":"pants"}}}', 'illegal base64 data at input byte 4', 'dockerconfigjson'],
  [
    '{"auths":{"r":{"auth":"cGFudHM="}}}',
    'unable to parse auth field, must be formatted as base64(username:password)',
    'dockerconfigjson',
  ],
  [
    '{"auths":{"good":{"auth":"Zm9vOmJhcg=="},"bad":{"auth":"Zm9vOi0_Lw=="}}}',
    'illegal base64 data at input byte 7',
    'dockerconfigjson',
  ],
])('the kubelet refuses %s: %s', (text, error, type) => {
  expect(errorOf(text, type)).toBe(`docker-config-invalid: the kubelet cannot read the docker config: ${error}`);
});

test.each([
  ['', 'The document is empty'],
  ['\uFEFF{}', 'Save the document without a byte order mark'],
  [base64('{"auths":{}}'), 'The document is base64: it was encoded once too often'],
  ['{\n  "auths": {},\n}', 'Correct the JSON at line 3, column 1'],
  ['{"auths":[]}', 'Write {"auths": {"<registry>": {"username": ..., "password": ...}}}'],
  [
    '{"auths":{"r.io":{"auth":5}}}',
    'Make the entry "r.io" an object whose username, password, email and auth are strings',
  ],
  [
    '{"auths":{"r.io":{"auth":"pants"}}}',
    'Make the auth of the entry "r.io" the base64 of user:password, padded, in the standard alphabet, or leave it out',
  ],
])('the hint for %j is: %s', (text, hint) => {
  expect(() => DockerConfig.parse(text)).toThrow(hint);
});

test('the hint for a config.json as dockercfg names the other type', () => {
  expect(() => DockerConfig.parse('{"auths":{},"credsStore":"desktop"}', { type: 'dockercfg' })).toThrow(
    'The document is a config.json: use type kubernetes.io/dockerconfigjson',
  );
});

const full = { username: 'u', password: 'p' };

test.each([
  [
    'https://index.docker.io/v1',
    'without the final slash /v1 counts as a repository; Write docker.io, or https://index.docker.io/v1/',
    'key-dead',
  ],
  ['index.docker.io/library', 'images of Docker Hub are looked up as docker.io; Write docker.io/library', 'key-dead'],
  ['registry-1.docker.io', 'Docker Hub are looked up as docker.io; Write docker.io', 'key-dead'],
  ['https://hub.docker.com', 'Docker Hub are looked up as docker.io; Write docker.io', 'key-dead'],
  ['oci://quay.io', 'takes off only https:// and http://, in lower case; Leave out oci://', 'key-dead'],
  ['HTTPS://quay.io', 'takes off only https:// and http://, in lower case; Leave out HTTPS://', 'key-dead'],
  ['QUAY.io', 'whose host is in the same upper case; Write quay.io', 'key-dead'],
  ['reg.io:443', 'only images that name the port 443 themselves; Leave out :443', 'key-dead'],
  ['reg.io/app:v1', 'a tag is not part of what is looked up; Leave out the tag', 'key-dead'],
  ['reg.io/app@sha256:abc', 'a digest is not part of what is looked up; Leave out the digest', 'key-dead'],
  ['reg.io/*/app', 'globs count in the host only; End the key before the *', 'key-dead'],
  ['reg.io/App', 'repositories are in lower case', 'key-dead'],
  ['reg.io//app', 'no repository has an empty path segment', 'key-dead'],
  ['reg.io/a%20b', 'its path holds a character that no repository has', 'key-dead'],
  ['re?.example.com', 'drops everything from the ? on; Use * as the only wildcard', 'key-cut'],
  ['reg.io#x', 'drops everything from the # on', 'key-cut'],
  ['registry', 'a host without dot and port is a namespace of Docker Hub', 'key-dead'],
  ['', 'an entry has an empty key', 'key-dead'],
  ['[fc00::1]', 'without a port the brackets of an IPv6 address count as a glob; Name the port', 'key-dead'],
  ['quay.io/v1', 'only a final slash makes it stand for the host; Write the host alone', 'key-dead'],
  [' quay.io', 'invalid character " " in host name; Remove the white space', 'key-ignored'],
  ['[a-z]*.ex.com', 'invalid port "*.ex.com" after host; Write host labels with * as the only wildcard', 'key-ignored'],
  ['reg.io:*', 'invalid port ":*" after host; Name the port', 'key-ignored'],
  ['quay.io/%zz', 'invalid URL escape "%zz"; Write the key without percent signs', 'key-ignored'],
  ['quay.io:abc', 'invalid port ":abc" after host; Write the key as host[:port][/path]', 'key-ignored'],
])('the key %j is remarked upon: %s, by code docker-config-%s', (key, remark, code) => {
  const remarks = remarksOf({ [key]: full }, code);
  expect(remarks).toHaveLength(1);
  expect(remarks[0]).toContain(remark);
});

test('a key that is a plain prefix is remarked upon, under a code of its own', () => {
  const [remark] = remarksOf({ 'quay.io/org': full }, 'prefix');
  expect(remark).toContain('it also covers repositories whose names only begin with org; End the key with a slash');
});

test.each([
  'docker.io',
  'https://index.docker.io/v1/',
  'quay.io/org/',
  'https://quay.io/v2/org/',
  'localhost',
  'localhost:5000',
  'reg:5000',
  '*.example.com',
  '[::1]:5000',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
])('nothing is said about the key %s', (key) => {
  expect(remarksOf({ [key]: full }, 'none')).toEqual([]);
});

test.each<[unknown, string, string]>([
  [
    { auth: base64('00000000-0000-0000-0000-000000000000:'), identitytoken: 't' },
    'holds an identitytoken, as `az acr login` writes it',
    'token',
  ],
  [{ identitytoken: 't' }, 'holds an identitytoken; the kubelet does not read it', 'token'],
  [{ registrytoken: 't' }, 'holds a registrytoken; the kubelet does not read it', 'token'],
  [{}, 'has no user name and password', 'blank'],
  [null, 'has no user name and password', 'blank'],
  [{ username: 'u' }, 'has no password', 'blank'],
  [{ password: 'p' }, 'has no user name', 'blank'],
  [{ auth: base64('u:p\n') }, 'the password of "r.io" ends in a line break', 'line-break'],
  [{ username: 'u\nv', password: 'p' }, 'the user name of "r.io" holds a line break', 'line-break'],
  [{ username: 'u:v', password: 'p' }, 'holds a colon', 'user-colon'],
])('the entry %j is remarked upon: %s', (value, remark, code) => {
  const remarks = remarksOf({ 'r.io': value }, code);
  expect(remarks).toHaveLength(1);
  expect(remarks[0]).toContain(remark);
});

test('a key file of Google holds line breaks, and nothing is said', () => {
  const password = JSON.stringify({ type: 'service_account', private_key: '-----BEGIN' }, null, 2);
  expect(remarksOf({ 'eu.gcr.io': { username: '_json_key', password } }, 'none')).toEqual([]);
});

test.each<[string, string, string, DockerConfigType]>([
  ['{"auths":{"r.io":{},"s.io":{},"r.io":{}}}', 'line 1, column 11', 'line 1, column 31', 'dockerconfigjson'],
  ['{"auths": {\n  "r.io": {},\n  "r.io": {}\n}}', 'line 2, column 3', 'line 3, column 3', 'dockerconfigjson'],
  ['{"auths":{"r.io":{}},"AUTHS":{"r.io":{}}}', 'line 1, column 11', 'line 1, column 31', 'dockerconfigjson'],
  ['{"r.io":{},\n"r.io":{}}', 'line 1, column 2', 'line 2, column 1', 'dockercfg'],
])('of the key that is twice in %j both places are told', (text, first, again, type) => {
  const { remarks } = DockerConfig.parse(text, { type });
  expect(remarks[0]).toMatchObject({
    code: 'auths-key-duplicate',
    message: `the docker config has the entry "r.io" twice, at ${first} and at ${again}`,
  });
});

test('a key that stands again behind a null is there once', () => {
  const { remarks } = DockerConfig.parse('{"auths":{"r.io":{}},"auths":null,"auths":{"r.io":{"auth":"Zm9vOmJhcg=="}}}');
  expect(remarks).toEqual([]);
});

test('an identitytoken beside user name and password is of no consequence', () => {
  expect(remarksOf({ 'r.io': { ...full, identitytoken: 't' } }, 'none')).toEqual([]);
});

const other = { username: 'v', password: 'q' };

test.each<[Record<string, unknown>, string, string]>([
  [{ 'quay.io': full, 'https://quay.io/v1/': other }, 'duplicate', 'which credential is tried first differs from pull'],
  [
    { 'quay.io/o/': full, 'http://quay.io/o/': other },
    'duplicate',
    'which credential is tried first differs from pull',
  ],
  [
    { 'docker.io': full, 'https://index.docker.io/v1/': other },
    'shadowed',
    'the entry "https://index.docker.io/v1/" is never used',
  ],
  [
    { '*.example.com/team/': full, 'reg.example.com': other },
    'glob',
    'the key "*.example.com/team/" is tried after "reg.example.com", although its path is the longer one',
  ],
])('two entries of which one does something to the other are remarked upon: %j', (entries, code, remark) => {
  const remarks = remarksOf(entries, code);
  expect(remarks).toHaveLength(1);
  expect(remarks[0]).toContain(remark);
});

test.each([
  [{ 'quay.io': full, 'https://quay.io/v1/': full }],
  [{ 'docker.io': full, 'https://index.docker.io/v1/': full }],
  [{ '*.example.com/team/': full, 'reg.example.com': full }],
  [{ '*.example.com': full, 'reg.example.com': other }],
  [{ '*.example.com/team/': full, 'reg.example.com/team/web/': other }],
  [{ '*.example.com/team/': full, 'example.com': other }],
])('nothing is said about the entries %j', (entries) => {
  expect(remarksOf(entries, 'none')).toEqual([]);
});

test('of a key with a user name in it both things are said', () => {
  const { remarks } = DockerConfig.parse(
    JSON.stringify({ auths: { 'quay.io/org/': full, 'https://user@quay.io/org/': other } }),
  );
  expect(remarks.map(({ code }) => code)).toEqual(['docker-config-key-cut', 'docker-config-duplicate']);
});

test.each<[string, string, DockerConfigType, string]>([
  ['{"r.io":{"username":"a","password":"b"}}', 'reads them only under auths', 'dockerconfigjson', 'shape'],
  ['{}', 'holds no entry under auths', 'dockerconfigjson', 'empty'],
  ['{"auths":null}', 'holds no entry under auths', 'dockerconfigjson', 'empty'],
  [
    '{"auths":{"docker.io":{"auth":"Zm9vOmJhcg=="}},"credsStore":"desktop"}',
    'does not read credsStore',
    'dockerconfigjson',
    'helper',
  ],
  [
    '{"auths":{"docker.io":{"auth":"Zm9vOmJhcg=="}},"credHelpers":{"gcr.io":"gcloud"}}',
    'does not read credHelpers',
    'dockerconfigjson',
    'helper',
  ],
  ['{"auths":{"docker.io":{"auth":"Zm9vOmJhcg=="}}}', 'the document is a config.json', 'dockercfg', 'shape'],
])('%s is remarked upon: %s', (text, remark, type, code) => {
  const { remarks } = DockerConfig.parse(text, { type });
  expect(remarks).toHaveLength(1);
  expect(remarks[0]).toMatchObject({ code: `docker-config-${code}`, message: expect.stringContaining(remark) });
});

test.each([
  ['"credsStore":"desktop"', 'log in with an empty credsStore'],
  ['"credHelpers":{"gcr.io":"gcloud"}', 'take the registry out of credHelpers'],
])('%s has a hint of its own', (field, hint) => {
  const { remarks } = DockerConfig.parse(`{"auths":{"r.io":{"auth":"Zm9vOmJhcg=="}},${field}}`);
  expect(remarks).toMatchObject([{ code: 'docker-config-helper', hint: expect.stringContaining(hint) }]);
});

test.each([
  ['https://quay.io/v1/org', 'quay.io/org'],
  ['quay.io/org%2Fapp', 'quay.io/org/app'],
  ['reg.io/%ff', 'reg.io/\uDCFF'],
  ['quay.io:abc', undefined],
])('the entry %s is filed under %s', (key, ringKey) => {
  expect(DockerConfig.fromEntries([{ key, ...full }]).entries[0]?.ringKey).toBe(ringKey);
});

test('an entry that is dropped says why in the words of Go', () => {
  const [made] = DockerConfig.fromEntries([{ key: 'quay.io:abc', ...full }]).entries;
  expect(made?.ignoredBecause).toBe('parse "https://quay.io:abc": invalid port ":abc" after host');
});

test('the document is compact and sorted by the bytes of its keys', () => {
  const config = DockerConfig.fromEntries([
    { key: '\u{1F600}.io', username: 'u', password: 'p' },
    { key: '\uFF5E.io', username: 'ü', password: 'p', email: 'a@b' },
    { key: '__proto__', username: '', password: '' },
    { key: 'b.io', username: 'x', password: 'gone' },
    { key: 'b.io', username: 'x', password: 'y"' },
  ]);
  expect(config.toJson()).toBe(
    '{"auths":{"__proto__":{"auth":"Og==","password":"","username":""},' +
      '"b.io":{"auth":"eDp5Ig==","password":"y\\"","username":"x"},' +
      '"\uFF5E.io":{"auth":"w7w6cA==","email":"a@b","password":"p","username":"ü"},' +
      '"\u{1F600}.io":{"auth":"dTpw","password":"p","username":"u"}}}',
  );
  expect(config.toSecretData()).toBe(base64(config.toJson()));
});

test('a user name with a colon is written without auth, which would cut it', () => {
  const text = DockerConfig.fromEntries([{ key: 'r.io', username: 'a:b', password: 'c' }]).toJson();
  expect(text).toBe('{"auths":{"r.io":{"password":"c","username":"a:b"}}}');
});

test('a password that is not UTF-8 is written back byte for byte', () => {
  const auth = Buffer.from([0x75, 0x3a, 0xff, 0xc3]).toString('base64');
  const config = DockerConfig.parse(JSON.stringify({ auths: { 'r.io': { auth } } }));
  expect(config.toJson()).toContain(`"auth":"${auth}"`);
});

const anyText = fc.string({ unit: anyCharacter, maxLength: 8 });
const anyEntry = fc.record({ key: anyText, username: anyText, password: anyText, email: anyText });

test('what is written is read as the same entries', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 5 }), (entries) => {
      const config = DockerConfig.fromEntries(entries);
      const again = DockerConfig.parse(config.toJson());
      const shown = (parsed: DockerConfig) =>
        parsed.entries
          .map((made) => ({ ...made, password: made.password.reveal() }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
      expect(shown(again)).toEqual(shown(config));
      expect(again.toJson()).toBe(config.toJson());
    }),
    { seed },
  );
});

const marker = 'MARKERvalue';

test.each([
  [`{"auths":{"r.io":{"username":"u","password":"${marker}"`],
  [`{"auths":{"r.io":{"username":["${marker}"]}}}`],
  [`{"auths":{"r.io":{"auth":"${marker}!"}}}`],
  [`{"auths":{"r.io":{"auth":"${base64(marker)}"}}}`],
  [`{"auths":{"r.io":"${marker}"}}`],
  [`{"auths":{"user:${marker}@r.io":{"auth":"pants"}}}`],
  [`{"auths":"${marker}"}`],
  [`"${marker}"`],
])('no value is in the error for %s', (text) => {
  const error = errorOf(text);
  expect(error).toContain('docker-config-invalid');
  expect(error).not.toMatch(/MARKER|TUFSS0VS/);
});

test('no value is in a remark or in the printed config', () => {
  const values = {
    username: 'u',
    password: `${marker}\n`,
    identitytoken: marker,
    registrytoken: marker,
    extra: marker,
  };
  const keys = [
    `https://user:${marker}@r.io/app`,
    `user:${marker}@r.io/app@sha256:abc`,
    `user:${marker}/x@r.io`,
    `u:${marker}@r.io:abc`,
    `u:%${marker}@r.io`,
    `oci://u:${marker}@r.io`,
    'quay.io',
    'https://quay.io',
  ];
  const auths = Object.fromEntries(keys.map((key, index) => [key, { ...values, password: `${marker}${index}` }]));
  const { remarks, entries } = DockerConfig.parse(
    JSON.stringify({
      auths: { ...auths, blank: { ...values, password: '' } },
      credsStore: marker,
      credHelpers: { x: marker },
    }),
  );
  expect(remarks.length).toBeGreaterThan(keys.length);
  expect(inspect(remarks, { depth: null })).not.toContain('MARKER');
  expect(entries.map(({ ignoredBecause }) => ignoredBecause).join()).not.toContain('MARKER');
  const plain = DockerConfig.parse(
    JSON.stringify({ auths: { 'quay.io': values, 'r.io': { auth: base64(`u:${marker}`) } } }),
  );
  expect(inspect(plain, { depth: null, showHidden: true })).not.toContain('MARKER');
  expect(JSON.stringify(plain)).not.toContain('MARKER');
});

test.each<[DockerConfigType, string | undefined, string | undefined]>([
  ['dockerconfigjson', '{"auths":{"r":{"auth":"pants"}}}', undefined],
  ['dockerconfigjson', '{"r.io":{}}', undefined],
  ['dockerconfigjson', 'null', undefined],
  ['dockerconfigjson', '{"auths":[]}', undefined],
  ['dockercfg', '{"auths":{},"credsStore":"x"}', undefined],
  ['dockerconfigjson', undefined, 'data[.dockerconfigjson]: Required value'],
  ['dockercfg', undefined, 'data[.dockercfg]: Required value'],
  [
    'dockerconfigjson',
    '',
    'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
  ],
  [
    'dockercfg',
    'bad',
    'data[.dockercfg]: Invalid value: "<secret contents redacted>": invalid character \'b\' looking for beginning of value',
  ],
  [
    'dockerconfigjson',
    '[]',
    'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
  ],
  ['dockerconfigjson', `{"a":"${'x'.repeat(1_048_569)}"}`, 'data: Too long: may not be more than 1048576 bytes'],
  ['dockerconfigjson', `{"a":"${'x'.repeat(1_048_568)}"}`, undefined],
  [
    'dockerconfigjson',
    ' '.repeat(1_048_577),
    '[data: Too long: may not be more than 1048576 bytes, data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input]',
  ],
])('the API server answers a %s that is %.60s with: %s', (type, payload, error) => {
  expect(apiServerError(type, payload)).toBe(error);
});

test.each([
  [{ name: 'x', fromFile: '{}' }, undefined],
  [{ name: 'x', username: 'u', password: 'p' }, undefined],
  [
    { name: 'x', fromFile: '' },
    'failed to create secret Secret "x" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
  ],
  [
    { name: 'x', username: 'u' },
    'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
  ],
  [
    { name: 'x', username: 'u', password: 'p', server: '' },
    'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
  ],
])('kubectl create secret docker-registry ends for %j with: %s', (args, error) => {
  expect(kubectlError(args)).toBe(error);
});

test.each([
  ['r.io/x?token=hunter2', 'r.io/x?***'],
  ['r.io#hunter2', 'r.io#***'],
  ['bob:hunter2@r.io/x?token=hunter2', '***@r.io/x?***'],
  ['https://bob:hunter2@r.io', 'https://***@r.io'],
  ['r.io/?token=a@hunter2', '***'],
  ['bob:hunter2?x@r.io', '***'],
  ['r.io/x@sha256:0123456789abcdef', 'r.io/x@sha256:0123456789abcdef'],
  ['r.io/x', 'r.io/x'],
  ['r.io/x?', 'r.io/x?'],
])('the key %s is shown as %s, in remarks too', (key, shown) => {
  expect(maskUser(key)).toBe(shown);
  const { remarks, entries } = DockerConfig.parse(JSON.stringify({ auths: { [key]: {}, [`${key}%zz`]: {} } }));
  const told = JSON.stringify([remarks, entries.map((entry) => entry.ignoredBecause)]);
  expect(told).not.toContain('hunter2');
});
