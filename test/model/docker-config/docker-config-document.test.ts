import { inspect } from 'node:util';
import fc from 'fast-check';
import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { DockerConfigDocument } from '../../../src/model/docker-config/docker-config-document.js';
import { ImagePullError } from '../../../src/model/problem/problem.js';

const seed = Number(process.env.FC_SEED ?? 1);
const auth = Buffer.from('user:hunter2').toString('base64');
const ours = DockerConfig.fromEntries([
  { key: 'mirror.example', username: 'robot', password: 'p"ä<' },
  { key: 'a.example/x', username: 'robot', password: 'q' },
]);
const ofOurs = JSON.parse(ours.toJson()).auths as Record<string, unknown>;

function problemOf(text: string): string {
  try {
    DockerConfigDocument.parse(text);
    return '';
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    const { code, message, hint = '' } = error.problems[0]!;
    expect(`${message} ${hint}`).not.toContain('hunter2');
    return `${code}: ${message}`;
  }
}

test('what the document held stays as it was written, in its order, and ours comes last', () => {
  const document = DockerConfigDocument.parse(`{
    "experimental": { "big": 12345678901234567890, "e": 1e400 },
    "auths": {
      "z.example": { "email": "ops@acme.example", "auth": "${auth}", "identitytoken": null, "x": [true, {}] },
      "cloud.openshift.com": { "auth": "${auth}" }
    },
    "HttpHeaders": { "X": "1" }
  }`);
  expect(document.withEntries(ours)).toBe(
    `{"experimental":{"big":12345678901234567890,"e":1e400},"auths":{"z.example":{"email":"ops@acme.example","auth":"${auth}","identitytoken":null,"x":[true,{}]},"cloud.openshift.com":{"auth":"${auth}"},${ours.toJson().slice('{"auths":{'.length, -1)},"HttpHeaders":{"X":"1"}}`,
  );
  expect(document.keys).toEqual(['z.example', 'cloud.openshift.com']);
});

test('the entries that a reader may take for another are told', () => {
  const keys = ['https://quay.io/v1/', 'quay.io/acme', 'index.docker.io', 'x.example/a/'];
  const document = DockerConfigDocument.parse(
    JSON.stringify({ auths: Object.fromEntries(keys.map((key) => [key, { auth }])) }),
  );
  expect(document.twinsOf('quay.io')).toEqual(['https://quay.io/v1/']);
  expect(document.twinsOf('quay.io/acme/')).toEqual(['quay.io/acme']);
  expect(document.twinsOf('docker.io')).toEqual(['index.docker.io']);
  expect(document.twinsOf('x.example/a')).toEqual(['x.example/a/']);
  expect(document.twinsOf('x.example')).toEqual([]);
});

const without = 'docker-config-invalid: the docker config has not exactly one `auths` with entries by registry';
test.each([
  ['nothing', '', /^docker-config-invalid: the kubelet cannot read/],
  ['no JSON', 'hunter2', /^docker-config-invalid: the kubelet cannot read/],
  ['base64', Buffer.from('{"auths":{}}').toString('base64'), /^docker-config-invalid: the kubelet cannot read/],
  ['null', 'null', without],
  ['an array', '["hunter2"]', /^docker-config-invalid/],
  ['no auths', '{"quay.io":{"auth":"hunter2"}}', without],
  ['auths that are an array', '{"auths":[{"auth":"hunter2"}]}', /^docker-config-invalid/],
  ['auths that are null', '{"auths":null}', without],
  ['auths twice', '{"auths":{"a.io":{}},"auths":{"b.io":{}}}', without],
  ['auths in another case', '{"Auths":{"a.io":{}}}', without],
  ['auths in two cases', '{"auths":{"a.io":{}},"AUTHS":{"b.io":{}}}', without],
  ['auths with a long s', '{"auths":{"a.io":{}},"auth\u017f":{"b.io":{}}}', without],
  [
    'an entry twice',
    '{"auths":{"a.io":{},"b.io":{},"a.io":{}}}',
    'auths-key-duplicate: the docker config has the entry "a.io" twice, at line 1, column 11 and at line 1, column 31',
  ],
  [
    'a credential where a host should be',
    '{"auths":{"u:hunter2@a.io":{},"u:hunter2@a.io":{}}}',
    /^auths-key-duplicate/,
  ],
  ['an entry that the kubelet does not read', '{"auths":{"a.io":{"auth":"hunter2"}}}', /^docker-config-invalid/],
  [
    'endless nesting',
    `{"auths":{},"x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'docker-config-invalid: the docker config nests deeper than 100 levels',
  ],
])('%s is refused, and nothing of it is quoted', (_what, text, expected) => {
  expect(problemOf(text)).toMatch(expected);
});

test('keys such as __proto__ are keys', () => {
  const document = DockerConfigDocument.parse(
    `{"__proto__":1,"auths":{"__proto__":{"auth":"${auth}"},"constructor":{}}}`,
  );
  expect(document.keys).toEqual(['__proto__', 'constructor']);
  expect(document.withEntries(DockerConfig.fromEntries([]))).toBe(
    `{"__proto__":1,"auths":{"__proto__":{"auth":"${auth}"},"constructor":{}}}`,
  );
});

test('a document of thousands of entries is merged', () => {
  const auths = Object.fromEntries(Array.from({ length: 8000 }, (_, index) => [`r${index}.example`, { auth }]));
  const merged = JSON.parse(DockerConfigDocument.parse(JSON.stringify({ auths })).withEntries(ours)) as {
    auths: object;
  };
  expect(merged.auths).toEqual({ ...auths, ...ofOurs });
});

test('it does not print', () => {
  const document = DockerConfigDocument.parse(`{"auths":{"a.io":{"auth":"${auth}"}}}`);
  for (const text of [
    `${document}`,
    JSON.stringify({ document }),
    inspect(document),
    inspect({ document }, { depth: 9 }),
  ])
    expect(text).not.toContain(auth);
});

const entry = fc.record(
  {
    username: fc.string(),
    password: fc.string(),
    email: fc.string(),
    identitytoken: fc.string(),
    more: fc.jsonValue({ maxDepth: 3 }),
  },
  { requiredKeys: [] },
);
const host = fc.stringMatching(/^[a-z]{1,8}\.(io|example)(:[1-9]\d{0,3})?(\/[a-z]{1,5})?$/);

test('no entry is ever dropped or changed, and nothing beside them', () => {
  fc.assert(
    fc.property(
      fc.dictionary(host, entry, { maxKeys: 20 }),
      fc.dictionary(fc.stringMatching(/^[b-z]{1,9}$/), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
      (auths, beside) => {
        const text = JSON.stringify({ ...beside, auths }, null, 2);
        const merged = DockerConfigDocument.parse(text).withEntries(ours);
        expect(JSON.parse(merged)).toEqual({ ...JSON.parse(text), auths: { ...JSON.parse(text).auths, ...ofOurs } });
        expect(DockerConfigDocument.parse(text).withEntries(ours)).toBe(merged);
      },
    ),
    { seed, numRuns: 300 },
  );
});
