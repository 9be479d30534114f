// Whatever is handed in is named and counted: no crash, no value of a Secret, nothing passed over in silence.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { prove } from '../../src/index.js';
import { cli, deployment, folderOf } from '../support.js';

/** A case of the kubelet's own code: Secrets in order, an image, and what comes of them. */
interface Vector {
  readonly secrets: readonly {
    readonly metadata: { readonly name: string };
    readonly data: Readonly<Record<string, string>>;
  }[];
  readonly image: string;
  readonly expect: { readonly found: boolean; readonly error?: string };
}

const vectors: readonly Vector[] = readFileSync('test/vectors/keyring.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

test('Secrets of every form give a pod what the kubelet makes of them, and no value is in the answer', () => {
  const wrong: unknown[] = [];
  for (const { secrets, image, expect: expected } of vectors) {
    const namespace = 'team-a';
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace },
      spec: {
        containers: [{ name: 'c', image }],
        imagePullSecrets: secrets.map(({ metadata: { name } }) => ({ name })),
      },
    };
    const objects = secrets.map((each) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      ...each,
      metadata: { ...each.metadata, namespace },
    }));
    const answer = prove([...objects, pod]);
    const [proven] = answer.images;
    const isBlocked = proven?.verdict === 'blocked' && answer.findings.some(({ code }) => code === 'pull-blocked');
    const isFound = (proven?.credentials.length ?? 0) > 0;
    if (expected.error === 'secret' ? !isBlocked : isBlocked || isFound !== expected.found)
      wrong.push({ image, expected, verdict: proven?.verdict });
    const text = JSON.stringify(answer) + inspect(answer, { depth: 4 });
    for (const value of secrets.flatMap(({ data = {} }) => Object.values(data)))
      if (value.length > 8 && text.includes(value)) wrong.push({ image, leaks: value });
  }
  expect(wrong).toEqual([]);
});

const level = (name: string, of: string) => `${name}: &${name} [${`*${of}, `.repeat(9)}*${of}]\n`;
const marker = 'MARKERhunter2';
const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: a }\ntype: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '{"auths":{"r.io":{"username":"u","password":"${marker}"}}}' }\n`;

test.each([
  ['a cyclic alias', `a: &a { b: *a, password: ${marker} }\n`, 'manifest-alias'],
  [
    'an alias bomb',
    `a: &a [${marker}]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => level(name, 'abcdefgh'[index] ?? 'a')).join('')}`,
    'manifest-alias',
  ],
  ['a template that is not rendered', `password: ${marker}\nimage: {{ .Values.image }}\n`, 'manifest-invalid'],
  ['an object without a name', secret.replace('name: s, ', ''), 'manifest-wrong-type'],
  [
    'a kind that nobody knows, with an image',
    `apiVersion: x.io/v1\nkind: Odd\nmetadata: { name: o }\nspec: { image: "r.io/x:1" }\n`,
    undefined,
  ],
  ['a document that is nested too deeply', `password: ${marker}\na: ${'['.repeat(20_000)}\n`, 'manifest-invalid'],
  ['a Secret that is there twice', `${secret}---\n${secret.replace('r.io', 'q.io')}`, 'secret-declared-twice'],
  ['a document that is no object', `password: ${marker}\nimage: r.io/x\n`, 'manifest-not-an-object'],
])('%s is a finding', async (_what, text, code) => {
  const folder = folderOf({ 'apps/bad.yaml': text, 'apps/web.yaml': deployment('a', 'web', ['registry.k8s.io/x:1']) });
  for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'junit']) {
    const { code: exit, out, err } = await cli(folder, 'verify', 'apps', '--format', format);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(out).not.toContain(marker);
    expect(out).toContain('apps/bad.yaml');
    if (code !== undefined) expect(out).toContain(code);
  }
});

test('bytes that are no text and files that are too large are findings, and the rest is proven', async () => {
  const folder = folderOf({
    'apps/binary.yaml': '',
    'apps/broken.yaml': '',
    'apps/large.yaml': '',
    'apps/web.yaml': deployment('a', 'web', ['registry.k8s.io/x:1']),
  });
  writeFileSync(join(folder, 'apps/binary.yaml'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]));
  writeFileSync(join(folder, 'apps/broken.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xc3, 0x28, 0x0a]));
  truncateSync(join(folder, 'apps/large.yaml'), 65 * 1024 * 1024);
  const { code, out } = await cli(folder, 'verify', 'apps', '--format', 'json');
  const { findings, images } = JSON.parse(out);
  expect(code).toBe(1);
  expect(findings.map(({ code: each, file }: { code: string; file: string }) => `${file} ${each}`)).toEqual([
    'apps/binary.yaml manifest-not-text',
    'apps/broken.yaml manifest-not-text',
    'apps/large.yaml manifest-too-large',
  ]);
  expect(images).toHaveLength(1);
});

test('objects that are there twice are each judged', async () => {
  const web = deployment('a', 'web', ['ghcr.io/acme/web:1']);
  const { out } = await cli(folderOf({ 'apps/1.yaml': web, 'apps/2.yaml': web }), 'verify', 'apps', '--format', 'json');
  expect(JSON.parse(out).images.map(({ file }: { file: string }) => file)).toEqual(['apps/1.yaml', 'apps/2.yaml']);
});
