import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const config = `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
  k8s: { host: registry.k8s.io, access: public }
pullSecrets:
  ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }
clusters:
  prod: {}
workloads: [apps]
`;

const web = (namespace: string) => deployment(namespace, 'web', ['ghcr.io/acme/web:v3']);

const project = (files: Record<string, string> = {}) =>
  folderOf({ 'image-pull.yaml': config, 'apps/team-a.yaml': web('team-a'), ...files });

test('synth writes a file per namespace and says who gets what', async () => {
  const folder = project({ 'apps/web.yaml': deployment('web', 'x', ['registry.k8s.io/pause']) });
  expect(await cli(folder, 'synth')).toEqual({
    code: 0,
    err: '',
    out: [
      'prod   team-a   default           ghcr-pull   dist/prod/namespaces/team-a.yaml',
      'prod   web      nothing private',
      'prod: read 2 objects in 2 files.',
      'prod: 2 image references: 1 with a pull secret, 1 public.',
      '3 objects in 1 file: 1 new.',
      "1 namespace declared: team-a. Where another application declares one too, each takes the other's labels away:",
      'say namespaces: { team-a: { declare: false } }, or declareNamespaces: false for all of a cluster.',
      'Argo CD takes away labels that kubectl apply once put on them: plan --live names these.',
      '',
    ].join('\n'),
  });
});

test('synth run again changes nothing on disk', async () => {
  const folder = project();
  await cli(folder, 'synth');
  const file = join(folder, 'dist/prod/namespaces/team-a.yaml');
  const before = statSync(file).mtimeMs;
  const { out } = await cli(folder, 'synth');
  expect(out).toContain('1 unchanged');
  expect(statSync(file).mtimeMs).toBe(before);
});

test('synth --why explains every line', async () => {
  const { out } = await cli(project(), 'synth', '--why');
  expect(out).toContain('    Deployment team-a/web pulls ghcr.io/acme/web:v3 (apps/team-a.yaml:1:');
  expect(out).toContain('ghcr-pull opens ghcr.io/acme');
});

test('synth reads rendered manifests from standard input', async () => {
  const folder = project({ 'image-pull.yaml': config.replace('[apps]', '["-"]') });
  const { code, out } = await cliWithStdin(folder, web('piped'), 'synth');
  expect(code).toBe(0);
  expect(out).toContain('dist/prod/namespaces/piped.yaml');
});

test('synth --cluster leaves the files of other clusters alone', async () => {
  const folder = project({ 'image-pull.yaml': config.replace('prod: {}', 'prod: {}\n  staging: {}') });
  await cli(folder, 'synth');
  writeFileSync(join(folder, 'apps/team-b.yaml'), web('team-b'));
  await cli(folder, 'synth', '--cluster', 'staging');
  expect(Object.keys(filesOf(join(folder, 'dist'))).sort()).toEqual([
    'prod/namespaces/team-a.yaml',
    'staging/namespaces/team-a.yaml',
    'staging/namespaces/team-b.yaml',
  ]);
});

describe('synth --check', () => {
  test('is content with what synth wrote', async () => {
    const folder = project();
    await cli(folder, 'synth');
    expect(await cli(folder, 'synth', '--check')).toEqual({ code: 0, out: '', err: '' });
  });

  test('says which file is missing and why, and writes nothing', async () => {
    const folder = project();
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'apps/team-c.yaml'), web('team-c'));
    const before = filesOf(folder);
    const { code, out } = await cli(folder, 'synth', '--check');
    expect(code).toBe(1);
    expect(out).toContain(
      'dist/prod/namespaces/team-c.yaml is missing: Deployment team-c/web pulls ghcr.io/acme/web:v3',
    );
    expect(filesOf(folder)).toEqual(before);
  });

  test('says which file was edited, and which is left over', async () => {
    const folder = project({ 'apps/team-b.yaml': web('team-b') });
    await cli(folder, 'synth');
    const edited = join(folder, 'dist/prod/namespaces/team-a.yaml');
    writeFileSync(edited, `${filesOf(folder)['dist/prod/namespaces/team-a.yaml']}# edited\n`);
    rmSync(join(folder, 'apps/team-b.yaml'));
    const { code, out } = await cli(folder, 'synth', '--check');
    expect(code).toBe(1);
    expect(out).toContain('dist/prod/namespaces/team-a.yaml differs');
    expect(out).toContain('dist/prod/namespaces/team-b.yaml is no longer needed');
  });

  test('counts a list in a manifest of the user that lacks a name', async () => {
    const account = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: team-a\n';
    const folder = project({ 'apps/sa.yaml': account });
    expect((await cli(folder, 'synth')).out).toContain('attach: apps/sa.yaml:2 declares it');
    const { code, out } = await cli(folder, 'synth', '--check');
    expect(code).toBe(1);
    expect(out).toContain('apps/sa.yaml:2:1: ServiceAccount team-a/default lacks ghcr-pull');
    writeFileSync(join(folder, 'apps/sa.yaml'), `${account}imagePullSecrets:\n  - name: ghcr-pull\n`);
    expect((await cli(folder, 'synth', '--check')).code).toBe(0);
  });
});

test('synth --diff shows what would change, and writes nothing', async () => {
  const folder = project();
  await cli(folder, 'synth');
  writeFileSync(join(folder, 'image-pull.yaml'), config.replace('registries/ghcr', 'registries/new'));
  const before = filesOf(folder);
  const { code, out } = await cli(folder, 'synth', '--diff');
  expect(code).toBe(1);
  expect(out).toContain('-        key: registries/ghcr');
  expect(out).toContain('+        key: registries/new');
  expect(filesOf(folder)).toEqual(before);
});

describe('a credential in plain text', () => {
  const plain = (password: string) =>
    config.replace(
      'external: { store: vault, key: registries/ghcr }',
      `plaintext: { username: bot, password: ${password}, acceptPlaintextInGit: true }`,
    );

  test('never appears in any answer', async () => {
    const folder = project({ 'image-pull.yaml': plain('hunter2-old') });
    const runs = [await cli(folder, 'synth', '--why')];
    writeFileSync(join(folder, 'image-pull.yaml'), plain('hunter2-new'));
    runs.push(
      await cli(folder, 'synth', '--diff'),
      await cli(folder, 'synth', '--check'),
      await cli(folder, 'synth', '--stdout'),
    );
    writeFileSync(join(folder, 'image-pull.yaml'), plain('hunter2-new').replace('bot', '[bot]'));
    runs.push(await cli(folder, 'synth'));
    const text = runs.map(({ out, err }) => out + err).join('\n');
    for (const secret of ['hunter2', 'hunter2-old', 'hunter2-new'].flatMap((each) => [
      each,
      Buffer.from(each).toString('base64').slice(0, 8),
    ])) {
      expect(text).not.toContain(secret);
    }
    expect(runs.map(({ code }) => code)).toEqual([0, 1, 1, 2, 2]);
  });

  test('is not printed by --stdout', async () => {
    const { code, out, err } = await cli(project({ 'image-pull.yaml': plain('x') }), 'synth', '--stdout');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--stdout would print a credential');
  });
});

test('synth --stdout prints every object as a document of its own, and writes nothing', async () => {
  const folder = project({ 'apps/b.yaml': web('team-b') });
  const { code, out } = await cli(folder, 'synth', '--stdout');
  expect(code).toBe(0);
  expect(out.match(/^---$/gm)).toHaveLength(6);
  expect(out).not.toContain('#');
  expect(Object.keys(filesOf(folder))).not.toContain('dist/prod/namespaces/team-a.yaml');
});

describe('access that would leave', () => {
  async function leaving() {
    const folder = project({ 'apps/team-b.yaml': web('team-b') });
    await cli(folder, 'synth');
    rmSync(join(folder, 'apps/team-b.yaml'));
    return folder;
  }

  test('stops the run before anything is written', async () => {
    const folder = await leaving();
    const before = filesOf(folder);
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('prod: pull secret ghcr-pull would leave namespace team-b');
    expect(err).toContain('prod: service account default of namespace team-b would lose ghcr-pull');
    expect(filesOf(folder)).toEqual(before);
  });

  test('goes with --now', async () => {
    const folder = await leaving();
    expect((await cli(folder, 'synth', '--now')).code).toBe(0);
    expect(Object.keys(filesOf(join(folder, 'dist')))).toEqual(['prod/namespaces/team-a.yaml']);
  });

  test('does not stop a change that takes nothing away', async () => {
    const folder = project();
    await cli(folder, 'synth');
    writeFileSync(
      join(folder, 'image-pull.yaml'),
      config.replace('prod: {}', 'prod: { bootstrap: { repository: "https://g/x.git", shards: 4 } }'),
    );
    expect((await cli(folder, 'synth')).code).toBe(0);
  });

  test('everything at once is an error', async () => {
    const folder = await leaving();
    writeFileSync(join(folder, 'image-pull.yaml'), config.replace('[apps]', '[]'));
    const { code, err } = await cli(folder, 'synth');
    expect([code, err.includes('[prunes-everything]')]).toEqual([2, true]);
    expect((await cli(folder, 'synth', '--now')).err).toMatch(/\[no-pods\][\s\S]*1 finding\n$/);
    expect(filesOf(join(folder, 'dist'))).toEqual({});
  });
});

test('findings are said, the rest is written, and the code is 1', async () => {
  const folder = project({ 'apps/x.yaml': deployment('team-x', 'x', ['quay.io/other/x']) });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('finding: apps/x.yaml:1:');
  expect(err).toContain('[registry-undeclared]');
  expect(Object.keys(filesOf(join(folder, 'dist')))).toEqual(['prod/namespaces/team-a.yaml']);
});

test('foreign files in the output folder stay', async () => {
  const folder = project({ 'dist/prod/namespaces/mine.yaml': 'kind: Mine\n', 'dist/README.md': 'mine' });
  await cli(folder, 'synth');
  expect(filesOf(join(folder, 'dist'))).toMatchObject({
    'prod/namespaces/mine.yaml': 'kind: Mine\n',
    'README.md': 'mine',
  });
});

test('a kustomization.yaml for every folder, when asked for', async () => {
  const folder = project({
    'image-pull.yaml': config.replace('prod: {}', 'prod: { kustomization: true }'),
    'apps/b.yaml': web('b'),
  });
  await cli(folder, 'synth');
  const files = filesOf(join(folder, 'dist/prod'));
  expect(files['kustomization.yaml']).toContain('resources:\n  - namespaces\n');
  expect(files['namespaces/kustomization.yaml']).toContain('resources:\n  - b.yaml\n  - team-a.yaml\n');
});

describe('broken input', () => {
  const broken: [string, Record<string, string>, RegExp][] = [
    ['no config', { 'image-pull.yaml': '' }, /config-invalid/],
    [
      'a config that is not YAML',
      { 'image-pull.yaml': 'version: 1\n  x: [\n' },
      /image-pull\.yaml:\d+:\d+: .*\[config-invalid\]/,
    ],
    ['two documents', { 'image-pull.yaml': `${config}---\n${config}` }, /more than one document/],
    ['a list', { 'image-pull.yaml': '- version: 1\n' }, /not a mapping/],
    [
      'an unknown key',
      { 'image-pull.yaml': `${config}workload: [apps]\n` },
      /image-pull\.yaml:10:1: the file has no key "workload" \[config-unknown-key\]/,
    ],
    [
      'an unknown key deep inside',
      { 'image-pull.yaml': config.replace('key: registries/ghcr', 'kex: x') },
      /6:\d+: .*has no key "kex"/,
    ],
    [
      'an unknown preset',
      { 'image-pull.yaml': config.replace('preset: ghcr', 'preset: github') },
      /registries\.ghcr\.preset must be one of docker-hub/,
    ],
    [
      'a number for a version',
      { 'image-pull.yaml': config.replace('prod: {}', 'prod: { kubernetes: 1.30 }') },
      /must be text, not a number[\s\S]*quote it/,
    ],
    [
      'a wrong type',
      { 'image-pull.yaml': config.replace('[ghcr]', 'ghcr') },
      /pullSecrets\.ghcr-pull\.registries must be a list, not text/,
    ],
    ['version 2', { 'image-pull.yaml': config.replace('version: 1', 'version: 2') }, /version must be 1/],
    [
      'a dangling name',
      { 'image-pull.yaml': config.replace('[ghcr]', '[gcr]') },
      /6:\d+: registry gcr does not exist[\s\S]*known: ghcr, k8s/,
    ],
    [
      'a key that reaches into JavaScript',
      { 'image-pull.yaml': `${config}namespaces: { __proto__: { pullSecrets: [ghcr-pull] } }\n` },
      /10:15: this key is not allowed/,
    ],
    [
      'a cluster that leaves the folder',
      { 'image-pull.yaml': config.replace('prod: {}', '"../../x": {}') },
      /cluster name "\.\.\/\.\.\/x" must be/,
    ],
    ['an alias that is unknown', { 'image-pull.yaml': `${config}exclude: *nothing\n` }, /config-invalid/],
    ['an alias that loops', { 'image-pull.yaml': `${config}exclude: &a [*a]\n` }, /config-(invalid|wrong-type)/],
    [
      'aliases that multiply',
      {
        'image-pull.yaml': `${config}x0: &x0 [1,1,1,1,1,1,1,1,1]\n${[1, 2, 3, 4, 5, 6, 7, 8].map((i) => `x${i}: &x${i} [${Array(9).fill(`*x${i - 1}`)}]`).join('\n')}\n`,
      },
      /aliases multiply/,
    ],
    [
      'a combination that is refused',
      { 'image-pull.yaml': config.replace('prod: {}', 'prod: { distribution: patcher, attachment: podTemplate }') },
      /combination-refused/,
    ],
    [
      'plaintext that nobody accepted',
      { 'image-pull.yaml': config.replace(/external: .*} }/, 'plaintext: { username: u, password: p } } }') },
      /plaintext-not-accepted/,
    ],
    [
      'a docker config that is not there',
      {
        'image-pull.yaml': config.replace(
          /external: .*} }/,
          'plaintext: { file: no.json, acceptPlaintextInGit: true } } }',
        ),
      },
      /no\.json does not exist/,
    ],
    ['an output that is a file', { dist: 'mine' }, /output-not-writable/],
    [
      'a foreign file where ours must be',
      { 'dist/prod/namespaces/team-a.yaml': 'kind: Mine\n' },
      /output-foreign-file/,
    ],
  ];

  test.each(
    broken,
  )('%s: code 2, a message with place and code, and every file as it was', async (_, files, message) => {
    const folder = project(files);
    const before = filesOf(folder);
    const { code, out, err } = await cli(folder, 'synth');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(filesOf(folder)).toEqual(before);
  });

  const unread: [string, Record<string, string>, RegExp][] = [
    [
      'a pattern that matches nothing',
      { 'image-pull.yaml': config.replace('[apps]', '[apps, nope/**]') },
      /"nope\/\*\*" matches no file \[no-manifests\]/,
    ],
    [
      'a manifest that is not YAML',
      { 'apps/bad.yaml': 'a: [b\nc: d\n' },
      /apps\/bad\.yaml:\d+:\d+: .*\[manifest-invalid\]/,
    ],
    [
      'a manifest that is no object',
      { 'apps/values.yaml': 'replicas: 3\n' },
      /apps\/values\.yaml:1:1: .*\[manifest-not-an-object\]/,
    ],
    [
      'a namespace that leaves the folder',
      { 'apps/x.yaml': deployment('../../x', 'x', ['ghcr.io/acme/x']) },
      /apps\/x\.yaml:1:1: .*namespace "\.\.\/\.\.\/x" must be/,
    ],
    [
      'a namespace that reaches into JavaScript',
      { 'apps/x.yaml': deployment('__proto__', 'x', ['ghcr.io/acme/x']) },
      /manifest-name-invalid/,
    ],
    ['a binary', { 'apps/bin.yaml': 'a: \u0000\u0001' }, /manifest-not-text/],
    [
      'a base',
      { 'apps/kustomization.yaml': 'resources: [team-a.yaml]\n' },
      /manifest-is-a-base[\s\S]*\{ kustomize: apps \}/,
    ],
    ['a chart', { 'apps/Chart.yaml': 'name: x\n' }, /manifest-is-a-base[\s\S]*\{ helm: apps, release/],
  ];

  test.each(unread)('%s: code 1, a finding with place and code, and the rest is written', async (_, files, message) => {
    const folder = project(files);
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at |^error/m);
    const isBase = Object.keys(files).some((file) => /kustomization|Chart/.test(file));
    expect(Object.keys(filesOf(folder)).filter((file) => file.startsWith('dist/'))).toEqual(
      isBase ? [] : ['dist/prod/namespaces/team-a.yaml'],
    );
    expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 1, out: '' });
  });

  test('all problems of a run are said together', async () => {
    const text = config
      .replace('[ghcr]', '[gcr]')
      .replace('prod: {}', 'prod: { kubernetes: latest }')
      .replace('path: acme', 'path: /acme');
    const { err } = await cli(project({ 'image-pull.yaml': text }), 'synth');
    expect(err.match(/^error: /gm)).toHaveLength(3);
    expect(err).toContain('3 errors');
  });

  test('what is wrong with the config and with the manifests is said together', async () => {
    const text = `${config.replace('[ghcr]', '[gcr]')}bogus: 1\n`;
    const { code, err } = await cli(project({ 'image-pull.yaml': text, 'apps/bad.yaml': 'a: [' }), 'synth');
    expect(code).toBe(2);
    for (const each of ['config-unknown-key', 'name-dangling', 'manifest-invalid']) expect(err).toContain(`[${each}]`);
  });

  test('all broken manifests are said together', async () => {
    const { err } = await cli(
      project({ 'apps/b1.yaml': 'a: [', 'apps/b2.yaml': 'kind: X\n', 'apps/b3.json': '{"a": }' }),
      'synth',
    );
    for (const file of ['b1.yaml:1', 'b2.yaml:1', 'b3.json:1']) expect(err).toContain(file);
  });

  test('a loop of links is told once and does not hang', async () => {
    const folder = project();
    mkdirSync(join(folder, 'apps/deep'));
    symlinkSync(join(folder, 'apps'), join(folder, 'apps/deep/loop'));
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err.match(/manifest-unreadable/g)).toHaveLength(1);
  });

  test.each([
    [['synth', '--check', '--diff'], 'exclude each other'],
    [['synth', '--nope'], "unknown option '--nope'"],
    [['nope'], "unknown command 'nope'"],
    [['synth', '--cluster', 'nope'], 'cluster nope does not exist'],
    [['synth', '--config', 'nope.yaml'], 'nope.yaml does not exist'],
    [['synth', 'extra'], 'too many arguments'],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await cli(project(), ...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

test('text of manifests cannot steer the terminal', async () => {
  const folder = project({ 'apps/x.yaml': deployment('team-x', 'x', ['\u001b]0;owned\u0007ghcr.io/x']) });
  const { out, err } = await cli(folder, 'synth', '--why');
  expect(out + err).not.toContain('\u001b');
});

test('the same manifests give the same bytes, however files are named and ordered', async () => {
  const documents = ['a', 'b', 'c'].map((name) => web(name));
  const one = folderOf({ 'image-pull.yaml': config, 'apps/all.yaml': documents.join('---\n') });
  const many = folderOf({
    'image-pull.yaml': config,
    'apps/z/1.yaml': documents[0]!,
    'apps/0.json': JSON.stringify(parse(documents[2]!)),
    'apps/m.yml': documents[1]!,
  });
  await cli(one, 'synth');
  await cli(many, 'synth');
  expect(filesOf(join(many, 'dist'))).toEqual(filesOf(join(one, 'dist')));
});

describe('access that would leave unseen', () => {
  async function then(change: (text: string) => string, files: Record<string, string> = {}) {
    const folder = project(files);
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'image-pull.yaml'), change(config));
    const before = filesOf(folder);
    const ran = await cli(folder, 'synth');
    return { ...ran, kept: JSON.stringify(filesOf(folder)) === JSON.stringify(before) };
  }

  test('an ExternalSecret that gives way to a Secret of somebody else stops the run', async () => {
    const ran = await then((text) => text.replace(/external: .*} }/, 'existing: {} } }'));
    expect(ran).toMatchObject({ code: 1, kept: true });
    expect(ran.err).toContain('prod: pull secret ghcr-pull would leave namespace team-a');
  });

  test('an entry that a docker config would lose stops the run', async () => {
    const two = (text: string) =>
      text
        .replace('{ preset: ghcr, path: acme }', '{ preset: ghcr, path: acme }\n  quay: { preset: quay, path: acme }')
        .replace('registries: [ghcr]', 'registries: [ghcr, quay]')
        .replace('key: registries/ghcr', 'keys: { ghcr: g, quay: q }');
    const folder = project({
      'image-pull.yaml': two(config),
      'apps/q.yaml': deployment('team-a', 'q', ['quay.io/acme/q']),
    });
    await cli(folder, 'synth');
    rmSync(join(folder, 'apps/q.yaml'));
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('pull secret ghcr-pull of namespace team-a would lose its entry quay.io/acme/');
  });

  test('the finding that explains it is said with it', async () => {
    const folder = project();
    await cli(folder, 'synth');
    writeFileSync(join(folder, 'apps/team-a.yaml'), deployment('team-a', 'web', ['ghrc.io/acme/web:v3']));
    writeFileSync(join(folder, 'apps/team-b.yaml'), web('team-b'));
    const { code, err } = await cli(folder, 'synth');
    expect(code).toBe(1);
    expect(err).toContain('[registry-undeclared]');
    expect(err).toContain('[access-leaves]');
  });

  test('a file of ours that somebody broke counts as access', async () => {
    const folder = project();
    await cli(folder, 'synth');
    const file = join(folder, 'dist/prod/namespaces/team-a.yaml');
    writeFileSync(
      file,
      filesOf(folder)['dist/prod/namespaces/team-a.yaml']!.replace(
        'imagePullSecrets:',
        '<<<<<<< ours\nimagePullSecrets:',
      ),
    );
    expect(await cli(folder, 'synth')).toMatchObject({ code: 1 });
    expect(await cli(folder, 'synth', '--now')).toMatchObject({ code: 0 });
  });

  test.each([
    'imagePullSecrets: [null]',
    'imagePullSecrets: 5',
    'imagePullSecrets: { a: b }',
    'x: &a [1]\ny: *a',
  ])('odd content of a file of ours is no crash: %s', async (text) => {
    const folder = project();
    await cli(folder, 'synth');
    const file = join(folder, 'dist/prod/namespaces/team-a.yaml');
    writeFileSync(
      file,
      filesOf(folder)['dist/prod/namespaces/team-a.yaml']!.replace(/imagePullSecrets:[\s\S]*$/, `${text}\n`),
    );
    expect((await cli(folder, 'synth', '--now')).code).toBe(0);
  });
});

test('a pull secret that is for several clusters is written on each', async () => {
  const text = config
    .replace('key: registries/ghcr } } }', 'key: registries/ghcr } }, for: { clusters: [prod, staging] } }')
    .replace('prod: {}', 'prod: {}\n  staging: {}');
  const folder = project({ 'image-pull.yaml': text });
  expect((await cli(folder, 'synth')).code).toBe(0);
  expect(Object.keys(filesOf(join(folder, 'dist'))).sort()).toEqual([
    'prod/namespaces/team-a.yaml',
    'staging/namespaces/team-a.yaml',
  ]);
});

test('clusters that need different pull secrets on one manifest are an error', async () => {
  const text = config.replace('prod: {}', 'prod: {}\n  staging: { attachment: podTemplate }');
  const { code, err } = await cli(project({ 'image-pull.yaml': text }), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('apps/team-a.yaml:1:1: Deployment web is one manifest for several clusters');
  expect(err).toContain('prod nothing; staging ghcr-pull');
});

test('an empty standard input is a finding: the command before the pipe may have failed', async () => {
  const folder = project({ 'image-pull.yaml': config.replace('[apps]', '[apps, "-"]') });
  const { code, err } = await cliWithStdin(folder, '', 'synth');
  expect(code).toBe(1);
  expect(err).toMatch(/^finding: standard input, .* is empty \[no-manifests\]$/m);
  expect(Object.keys(filesOf(join(folder, 'dist')))).toEqual(['prod/namespaces/team-a.yaml']);
});

test('a namespace may be called constructor', async () => {
  const folder = project({ 'apps/c.yaml': web('constructor') });
  expect((await cli(folder, 'synth')).code).toBe(0);
  expect(Object.keys(filesOf(join(folder, 'dist')))).toContain('prod/namespaces/constructor.yaml');
});

test('a namespace whose images are in findings, or excluded, is not said to need nothing', async () => {
  const text = `${config}exclude: [{ namespace: left-out }]\n`;
  const folder = project({
    'image-pull.yaml': text,
    'apps/x.yaml': deployment('wrong', 'x', ['quay.io/x/y']),
    'apps/y.yaml': web('left-out'),
  });
  const { out } = await cli(folder, 'synth');
  expect(out).toMatch(/prod +wrong +nothing yet: see findings/);
  expect(out).toMatch(/prod +left-out +nothing: excluded/);
});

test('--why names the images that need nothing, and the place of what is said by hand', async () => {
  const text = `${config}namespaces: { team-b: { pullSecrets: [ghcr-pull] } }\n`;
  const folder = project({
    'image-pull.yaml': text,
    'apps/p.yaml': deployment('team-a', 'p', ['registry.k8s.io/pause']),
  });
  const { out } = await cli(folder, 'synth', '--why');
  expect(out).toContain('Deployment team-a/p pulls registry.k8s.io/pause (apps/p.yaml:1:');
  expect(out).toContain('from a public registry');
  expect(out).toContain('image-pull.yaml:10:39');
});

test('--diff says what manifests of the user lack, and that counts as a difference', async () => {
  const account = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: team-a\n';
  const folder = project({ 'apps/sa.yaml': account });
  await cli(folder, 'synth');
  const { code, out } = await cli(folder, 'synth', '--diff');
  expect(code).toBe(1);
  expect(out).toContain('ServiceAccount team-a/default lacks ghcr-pull');
});
