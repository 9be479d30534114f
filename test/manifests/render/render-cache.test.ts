import fs from 'node:fs';
import path from 'node:path';
import { renderCacheFolder } from '../../../src/manifests/render/render-cache.js';
import type { KustomizeBuild, Rendering } from '../../../src/model/topology/rendering.js';
import { Workspace } from './workspace.js';

let space: Workspace;
let cache: string;

beforeEach(() => {
  space = new Workspace();
  cache = path.join(space.folder, 'cache');
  space.write({
    'app/kustomization.yaml': 'resources: [a.yaml, ../base]\n',
    'app/a.yaml': 'kind: A\n',
    'base/kustomization.yaml': 'resources: [b.yaml]\nconfigMapGenerator: [{ name: x, files: [f.txt] }]\n',
    'base/b.yaml': 'kind: B\n',
    'base/f.txt': 'text',
    'chart/Chart.yaml': 'name: web\nversion: 1.0.0\n',
    'chart/templates/a.yaml': 'kind: {{ .Values.kind }}\n',
    'values.yaml': 'kind: A\n',
  });
  prints('kind: Built');
});

afterEach(() => space.remove());

function prints(text: string, version = 'v5.8.1'): void {
  fs.writeFileSync(path.join(space.folder, 'printed'), `${text}\n`);
  const script = `echo ran >> ${space.folder}/notes; /bin/cat ${space.folder}/printed`;
  space.program('kustomize', script, version);
  space.program('helm', script, 'v3.22.0');
}

const build: KustomizeBuild = { by: 'kustomize', folder: 'app' };
const release: Rendering = {
  ...{ by: 'helm', chart: { folder: 'chart' }, release: 'web', namespace: 'shop' },
  values: [{ file: 'values.yaml' }, { inline: { a: 1 } }],
};

/** Renders anew, as another run does; says how many programs were started, and what came of it. */
async function run(rendering: Rendering = build) {
  const before = space.notes().length;
  const [outcome] = await space.render([rendering], { cache });
  return { started: space.notes().length - before, text: outcome?.texts[0]?.text };
}

test.each([
  ['kustomize', build],
  ['helm', release],
])('what %s made is taken from the cache while nothing has changed', async (_what, rendering) => {
  expect(await run(rendering)).toEqual({ started: 1, text: 'kind: Built\n' });
  expect(await run(rendering)).toEqual({ started: 0, text: 'kind: Built\n' });
});

test.each<[string, Rendering, () => void]>([
  ['the kustomization', build, () => space.write({ 'app/kustomization.yaml': 'resources: [a.yaml]\n' })],
  ['a resource', build, () => space.write({ 'app/a.yaml': 'kind: A2\n' })],
  ['the base', build, () => space.write({ 'base/kustomization.yaml': 'resources: [b.yaml]\n' })],
  ['a resource of the base', build, () => space.write({ 'base/b.yaml': 'kind: B2\n' })],
  ['a file of a generator', build, () => space.write({ 'base/f.txt': 'text2' })],
  ['what a link leads to', build, () => swap()],
  ['the version of the renderer', build, () => prints('kind: Built', 'v5.8.2')],
  ['a template', release, () => space.write({ 'chart/templates/a.yaml': 'kind: A\n' })],
  ['a new template', release, () => space.write({ 'chart/templates/b.yaml': 'kind: A\n' })],
  [
    'the name of a template',
    release,
    () => fs.renameSync(`${space.root}/chart/templates/a.yaml`, `${space.root}/chart/templates/b.yaml`),
  ],
  ['values', release, () => space.write({ 'values.yaml': 'kind: B\n' })],
])('a change of %s renders anew', async (_what, rendering, change) => {
  space.link('app/link.yaml', '../one.yaml');
  space.link('app/other.yaml', '../two.yaml');
  space.write({ 'one.yaml': 'kind: One\n', 'two.yaml': 'kind: Two\n' });
  space.write({ 'app/kustomization.yaml': 'resources: [a.yaml, ../base, link.yaml, other.yaml]\n' });
  await run(rendering);
  expect(await run(rendering)).toMatchObject({ started: 0 });
  change();
  expect(await run(rendering)).toMatchObject({ started: 1 });
});

/** The same files, by the same names, in another order. */
function swap(): void {
  for (const [link, target] of [
    ['app/link.yaml', '../two.yaml'],
    ['app/other.yaml', '../one.yaml'],
  ] as const) {
    fs.rmSync(path.join(space.root, link));
    space.link(link, target);
  }
}

test.each<[string, Rendering]>([
  ['what stands around', { ...build, around: { namespace: 'shop' } }],
  ['the restrictions of Flux', { ...build, isFlux: true }],
  ['values of an object', { ...release, values: [{ file: 'values.yaml' }, { inline: { a: 2 } }] }],
  ['the order of values', { ...release, values: [{ inline: { a: 1 } }, { file: 'values.yaml' }] }],
  ['an argument', { ...release, set: [{ flag: '--set', text: 'a=1' }] }],
  ['the release', { ...release, release: 'other' }],
  ['the namespace', { ...release, namespace: 'other' }],
  ['definitions', { ...release, includeCrds: true }],
])('%s is a rendering of its own', async (_what, rendering) => {
  await run(build);
  await run(release);
  expect(await run(rendering)).toMatchObject({ started: 1 });
});

test('what is substituted comes after the cache', async () => {
  prints('kind: Built\nimage: x:$' + '{TAG}');
  const tagged = (tag: string) => ({
    ...build,
    substitute: { values: new Map([['TAG', tag]]), unknown: new Set<string>() },
  });
  expect(await run(tagged('v1'))).toEqual({ started: 1, text: 'kind: Built\nimage: x:v1\n' });
  expect((await run(tagged('v2'))).text).toBe('kind: Built\nimage: x:v2\n');
});

test.each([
  ['a Secret', 'kind: Secret\ndata: {a: aHVudGVyMg==}'],
  ['a Secret in JSON', '{"kind":"Secret","data":{"a":"aHVudGVyMg=="}}'],
  ['a list of Secrets', 'kind: SecretList\nitems: [{data: {a: aHVudGVyMg==}}]'],
  ['a List with a Secret', 'kind: List\nitems:\n- kind: "Secret"\n  stringData: {a: b}'],
  ['the second of two objects', 'kind: A\n---\nkind: Secret\ndata: {a: b}'],
  ['a policy with data of a Secret', 'kind: ClusterPolicy\nspec: {generate: {kind: Secret, data: {a: b}}}'],
  ['a Secret in a text', 'kind: ConfigMap\ndata:\n  a: |\n    kind: Secret\n    data: {a: b}'],
  ['a docker config in a text', 'kind: ConfigMap\ndata: {a: \'{"auths": {}}\'}'],
  ['what cannot be read', 'kind: Secret: :\n  - ['],
])('%s is never kept', async (_what, text) => {
  prints(text);
  await run();
  expect(fs.existsSync(cache) ? fs.readdirSync(cache) : []).toEqual([]);
  expect(await run()).toMatchObject({ started: 1 });
});

test('what only speaks of Secrets is kept', async () => {
  prints('kind: ExternalSecret\nspec: {secretStoreRef: {kind: SecretStore}, ref: {kind: Secret, name: x}}');
  await run();
  expect(await run()).toMatchObject({ started: 0 });
});

test.each([
  ['an unknown field', 'newField: [x]\nresources: [a.yaml]\n'],
  [
    'a kind of transformer that is not known',
    'resources: [a.yaml]\ntransformers: ["{apiVersion: builtin, kind: NewTransformer}"]\n',
  ],
])('where the kustomization has %s, nothing is kept', async (_what, kustomization) => {
  space.write({ 'app/kustomization.yaml': kustomization });
  await run();
  expect(await run()).toMatchObject({ started: 1 });
});

test.each<[string, (file: string) => void]>([
  ['cut off', (file) => fs.truncateSync(file, 70)],
  ['empty', (file) => fs.truncateSync(file, 0)],
  ['changed', (file) => fs.appendFileSync(file, 'kind: Foreign\n')],
  ['of bytes', (file) => fs.writeFileSync(file, Buffer.alloc(100, 0xff))],
  [
    'a folder',
    (file) => {
      fs.rmSync(file);
      fs.mkdirSync(file);
    },
  ],
])('a file of the cache that is %s is none', async (_what, spoil) => {
  await run();
  const [name] = fs.readdirSync(cache);
  spoil(path.join(cache, name!));
  expect(await run()).toEqual({ started: 1, text: 'kind: Built\n' });
});

test('files of the cache are for their owner alone, whole, and few', async () => {
  await run();
  expect(fs.statSync(cache).mode & 0o777).toBe(0o700);
  expect(
    fs
      .readdirSync(cache)
      .map((name) => [/^[0-9a-f]{64}$/.test(name), fs.statSync(path.join(cache, name)).mode & 0o777]),
  ).toEqual([[true, 0o600]]);
});

test('a cache that cannot be written costs nothing but time', async () => {
  fs.writeFileSync(cache, '');
  expect(await run()).toEqual({ started: 1, text: 'kind: Built\n' });
  expect(await run()).toEqual({ started: 1, text: 'kind: Built\n' });
});

test('it lies below node_modules where there is one, else in the cache of the user', () => {
  const [config, root] = [path.join(space.root, 'app'), space.root];
  const environment = { HOME: '/home/me', XDG_CACHE_HOME: '/caches' };
  expect(renderCacheFolder([config, root], environment)).toBe('/caches/image-pull');
  expect(renderCacheFolder([config, root], { HOME: '/home/me' })).toBe('/home/me/.cache/image-pull');
  expect(renderCacheFolder([config, root], { HOME: 'relative', XDG_CACHE_HOME: 'relative' })).toBeUndefined();
  fs.mkdirSync(path.join(root, 'node_modules'));
  expect(renderCacheFolder([config, root], environment)).toBe(`${root}/node_modules/.cache/image-pull`);
});
