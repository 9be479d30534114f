import fs from 'node:fs';
import path from 'node:path';
import type { Rendering } from '../../../src/model/topology/rendering.js';
import { Workspace } from './workspace.js';

let space: Workspace;

beforeEach(() => {
  space = new Workspace();
});

afterEach(() => space.remove());

const overlay: Rendering = { by: 'kustomize', folder: 'app' };
const release: Rendering = { by: 'helm', chart: { folder: 'chart' }, release: 'web', namespace: 'shop', values: [] };
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const files = {
  'app/kustomization.yaml': 'resources: [cm.yaml]\n',
  'app/cm.yaml': configMap,
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
};
/** Prints an object with the arguments in it. */
const echo = 'echo "kind: Args # $*"';

test('what a program prints is the text of the rendering, with the label that messages have', async () => {
  space.write(files);
  space.program('kustomize', echo);
  space.program('helm', echo, 'v3.22.0');
  const [built, templated] = await space.render([overlay, release]);
  expect(built).toMatchObject({
    texts: [{ file: '<kustomize build app>', text: `kind: Args # build -- ${space.root}/app\n` }],
    problems: [],
    reached: ['app', 'app/cm.yaml', 'app/kustomization.yaml'],
  });
  expect(templated).toMatchObject({
    texts: [
      {
        file: '<helm template web chart>',
        text: `kind: Args # template --namespace=shop -- web ${space.root}/chart\n`,
      },
    ],
    problems: [],
    reached: ['chart', 'chart/Chart.yaml'],
  });
});

test('a chart sees the cluster that is known, in the arguments', async () => {
  space.write(files);
  space.program('helm', echo, 'v3.22.0');
  const capabilities = { kubeVersion: '1.33', apiVersions: ['route.openshift.io/v1', 'a.io/v1/A'] };
  const cache = path.join(space.folder, 'cache');
  const outcomes = await space.render([release, { ...release, capabilities }, release], { cache });
  expect(outcomes.map(({ texts }) => texts[0]?.text.replace(` -- web ${space.root}/chart`, ''))).toEqual([
    'kind: Args # template --namespace=shop\n',
    'kind: Args # template --namespace=shop --kube-version=1.33.0 --api-versions=route.openshift.io/v1 --api-versions=a.io/v1/A\n',
    'kind: Args # template --namespace=shop\n',
  ]);
  expect(fs.readdirSync(cache)).toHaveLength(2);
});

test('kubectl stands in for kustomize, and says the version of its own', async () => {
  space.write(files);
  space.program('kubectl', echo, 'Client Version: v1.32.4; echo Kustomize Version: v5.5.0');
  const [built] = await space.render([overlay]);
  expect(built?.texts).toEqual([
    { file: '<kustomize build app>', text: `kind: Args # kustomize -- ${space.root}/app\n` },
  ]);
  const [pinned] = await space.render([overlay], { pins: { kustomize: '5.8' } });
  expect(pinned?.problems[0]).toContain('kubectl on PATH renders with kustomize 5.5.0, and renderers.kustomize is 5.8');
});

test.each([
  ['5', undefined],
  ['5.8', undefined],
  ['v5.8.1', undefined],
  ['5.8.10', 'renderer-version'],
  ['5.1', 'renderer-version'],
  ['4', 'renderer-version'],
])('kustomize 5.8.1 for the pin %s: %s', async (pin, code) => {
  space.write(files);
  space.program('kustomize', echo);
  const [outcome] = await space.render([overlay], { pins: { kustomize: pin } });
  expect(outcome?.codes).toEqual(code === undefined ? [] : [code]);
  expect(outcome?.texts).toHaveLength(code === undefined ? 1 : 0);
});

test('a renderer that is missing is said in the same words for each rendering', async () => {
  space.write({ ...files, 'other/kustomization.yaml': 'resources: [cm.yaml]\n', 'other/cm.yaml': configMap });
  const outcomes = await space.render([overlay, { by: 'kustomize', folder: 'other' }, release]);
  expect(new Set(outcomes.flatMap(({ problems }) => problems))).toHaveProperty('size', 2);
  expect(outcomes.map(({ codes, texts }) => [codes, texts])).toEqual(Array(3).fill([['renderer-missing'], []]));
});

test('a program that hangs is ended with what it has started, and the others go on', async () => {
  space.write({ ...files, 'hangs/kustomization.yaml': 'resources: [cm.yaml]\n', 'hangs/cm.yaml': configMap });
  space.program(
    'kustomize',
    `case "$3" in *hangs) (trap '' TERM; while :; do /bin/sleep 1; echo alive >> ${space.folder}/notes; done) & wait;; *) ${echo};; esac`,
  );
  const [hung, built] = await space.render([{ by: 'kustomize', folder: 'hangs' }, overlay], {
    limits: { timeoutMs: 500 },
  });
  expect(hung?.problems).toEqual([
    expect.stringContaining('kustomize build hangs did not end within 0.5 s and was stopped [rendering-failed]'),
  ]);
  expect(built?.problems).toEqual([]);
  const before = space.notes().length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(space.notes()).toHaveLength(before);
});

test('a program that prints without end is ended', async () => {
  space.write(files);
  space.program('kustomize', 'while :; do echo "kind: Endless"; done');
  const [outcome] = await space.render([overlay], { limits: { mostBytes: 1024 * 1024 } });
  expect(outcome?.problems).toEqual([expect.stringContaining('printed more than 1 MiB and was stopped')]);
  expect(outcome?.texts).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['comments', 'echo "# Source: web"; echo ---; echo; echo "  # more"'],
])('a rendering of %s is a finding', async (_what, script) => {
  space.write(files);
  space.program('kustomize', script);
  const [outcome] = await space.render([overlay]);
  expect(outcome?.codes).toEqual(['rendering-empty']);
});

test('a failure shows its last lines, and nothing that is secret or steers a terminal', async () => {
  space.write({
    ...files,
    'app/kustomization.yaml': `resources: [cm.yaml, secret.yaml]
secretGenerator: [{ name: x, literals: [PASS=hunter22222] }]
`,
    'app/secret.yaml': 'kind: Secret\nstringData: {key: tops3cret}\ndata: {other: b3RoZXJzZWNyZXQ=}\n',
  });
  space.program(
    'kustomize',
    `echo first >&2; echo second >&2
printf 'tops3cret b3RoZXJzZWNyZXQ= othersecret hunter22222 https://me:pw@host/x password: abc\\033[2J\\n' >&2
echo 'trouble with config: \`secret of mine\`: the reason' >&2; exit 3`,
  );
  const [outcome] = await space.render([overlay]);
  const [text = ''] = outcome?.problems ?? [];
  expect(text).toContain('kustomize build app failed (exit code 3): second / ');
  expect(text).toContain('with config: `***`: the reason');
  expect(text).not.toMatch(/first|tops3cret|b3Ro|othersecret|hunter2|me:pw|abc|mine|\u001b/);
});

test('nothing of the environment reaches a program but PATH', async () => {
  space.write(files);
  space.program('kustomize', '/usr/bin/env | /usr/bin/sort | /bin/sed "s/^/kind_/; s/=/: /"');
  const environment = { PATH: space.programs, HOME: '/root', KUBECONFIG: '/k', HELM_DRIVER: 'x', TOKEN: 'hunter2' };
  const [outcome] = await space.render([overlay], { environment });
  const names = (outcome?.texts[0]?.text ?? '').split('\n').map((line) => line.split(':')[0]);
  expect(names.filter((name) => !/proxy|GIT|^kind_(?:PWD|_|SHLVL)?$/i.test(name ?? ''))).toEqual([
    ...['kind_HOME', 'kind_LANG', 'kind_PATH', 'kind_TMPDIR'],
    '',
  ]);
  expect(outcome?.texts[0]?.text).not.toMatch(/hunter2|: \/root$/m);
});

test('results come in the order of the renderings, however long each takes, and no more run at once than allowed', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `app${index}`);
  for (const name of names)
    space.write({ [`${name}/kustomization.yaml`]: 'resources: [cm.yaml]\n', [`${name}/cm.yaml`]: configMap });
  space.program(
    'kustomize',
    `echo begin >> ${space.folder}/notes; case "$3" in *[02468]) /bin/sleep 0.2;; esac; echo "kind: $3"; echo end >> ${space.folder}/notes`,
  );
  const heard: string[] = [];
  const outcomes = await space.render(
    names.map((folder) => ({ by: 'kustomize', folder })),
    { limits: { parallel: 3 }, progress: (done, of) => heard.push(`${done}/${of}`) },
  );
  expect(outcomes.map(({ texts }) => texts[0]?.text)).toEqual(names.map((name) => `kind: ${space.root}/${name}\n`));
  expect(heard).toEqual(names.map((_, index) => `${index + 1}/12`));
  let running = 0;
  const most = Math.max(...space.notes().map((note) => (running += note === 'begin' ? 1 : -1)));
  expect(most).toBeLessThanOrEqual(3);
});

test('the same rendering is made once', async () => {
  space.write(files);
  space.program('kustomize', `echo ran >> ${space.folder}/notes; ${echo}`);
  const outcomes = await space.render([overlay, { ...overlay }]);
  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(space.notes()).toEqual(['ran']);
});

test('a signal ends what runs, and nothing stays behind', async () => {
  space.write(files);
  space.program('kustomize', `while :; do /bin/sleep 0.1; echo alive >> ${space.folder}/notes; done`);
  let stop: (() => void) | undefined;
  let isKept = false;
  const interrupted = (first: () => void) => {
    stop = first;
    return () => {
      isKept = true;
    };
  };
  const outcomes = space.render([overlay], { interrupted });
  while (space.notes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  stop?.();
  expect((await outcomes)[0]?.problems).toEqual([
    expect.stringContaining('kustomize build app was stopped before it ended [rendering-failed]'),
  ]);
  expect(isKept).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = space.notes().length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(space.notes()).toHaveLength(before);
});

test.each([
  ['well', 'echo "kind: X"'],
  ['badly', 'exit 1'],
  ['late', '/bin/sleep 60'],
])('nothing stays behind where a program ends %s', async (_how, script) => {
  space.write(files);
  const temporary = path.join(space.folder, 'temporary');
  fs.mkdirSync(temporary);
  space.program(
    'kustomize',
    `/bin/mkdir -p "$HOME/left"; echo x > "$HOME/left/x"; /bin/chmod 500 "$HOME/left"; ${script}`,
  );
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  try {
    await space.render([{ ...overlay, around: { namespace: 'x' } }], { limits: { timeoutMs: 300 } });
    expect(fs.readdirSync(temporary)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});
