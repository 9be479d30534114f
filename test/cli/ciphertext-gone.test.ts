// Ciphertext that was placed once and is gone, or cannot be used, takes no access away and holds nothing else up.
import { readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../sealing/certificates.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const certificate = makeCertificate();
const recipient = (async () => identityToRecipient(await generateX25519Identity()))();

const both = JSON.stringify({
  auths: {
    'ghcr.io': { username: 'robot', password: 'hunter2-ghcr' },
    'quay.io': { username: 'robot', password: 'hunter2-quay' },
  },
});

interface Choice {
  readonly source?: 'sealed' | 'sops';
  readonly cluster?: string;
  readonly pullSecret?: string;
}

const config = async ({ source = 'sealed', cluster = '', pullSecret = '' }: Choice = {}) => `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [ghcr, quay], source: { ${source}: {} }${pullSecret} } }
workloads: [apps]
clusters:
  prod: { gitops: argocd, sealing: { certificate: prod.pem, age: [${await recipient}] }${cluster} }
`;

const web = deployment('team-b', 'web', ['ghcr.io/acme/web', 'quay.io/acme/db']);

/** A repository whose pull secret is sealed for two namespaces and placed. */
async function placed(choice: Choice = {}): Promise<string> {
  const folder = folderOf({
    'image-pull.yaml': await config(choice),
    'prod.pem': certificate.pem,
    'apps/a/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
    'apps/b/b.yaml': web,
  });
  expect((await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-')).code).toBe(0);
  expect((await cli(folder, 'synth')).err).not.toMatch(/^(?:error|finding)/m);
  return folder;
}

const gone = 'sealed/prod/pull/team-b.yaml';

/** The files that a run makes, those of one namespace or all. */
const outputOf = (folder: string, part = '') =>
  Object.fromEntries(
    Object.entries(filesOf(folder)).filter(([path]) => /^dist\/|^apps\/.*image-pull/.test(path) && path.includes(part)),
  );

const missing = 'prod: pull secret pull has no ciphertext for namespace team-b [sealed-missing]';

describe.each(['sealed', 'sops'] as const)('with source %s', (source) => {
  test.each<[string, Choice]>([
    ['in the output folder', {}],
    ['beside the workloads', { cluster: ', placement: beside' }],
    ['in shards', { cluster: ', bootstrap: { repository: "https://git.example/x", shards: 3 }' }],
  ])('what was placed stays %s, and the rest is written', async (_where, choice) => {
    const folder = await placed({ source, ...choice });
    writeFileSync(join(folder, 'apps/a/c.yaml'), deployment('team-a', 'db', ['quay.io/acme/db']));
    await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
    const kept = readFileSync(join(folder, gone), 'utf8');
    const before = outputOf(folder);
    unlinkSync(join(folder, gone));
    for (const argv of [['synth', '--check'], ['synth', '--diff'], ['synth'], ['synth', '--now'], ['synth']]) {
      const { code, err } = await cli(folder, ...argv);
      expect([argv, code, err]).toEqual([argv, 1, expect.stringContaining(missing)]);
      expect(err).toContain('run image-pull seal pull');
      expect(err).not.toMatch(/access-leaves|^error/m);
    }
    const after = outputOf(folder);
    expect(after).toMatchObject(outputOf(folder, 'team-b'));
    expect(outputOf(folder, 'team-b')).toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => path.includes('team-b'))),
    );
    expect(outputOf(folder, 'team-a')).not.toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => path.includes('team-a'))),
    );
    writeFileSync(join(folder, gone), kept);
    expect((await cli(folder, 'synth')).err).not.toMatch(/^(?:error|finding)/m);
    expect(outputOf(folder)).toEqual(after);
  });

  test.each([
    'reflector',
    'replicator',
    '{ kyverno: { namespace: image-pull } }',
    'patcher',
  ])('the original and its copies stay with distribution %s', async (distribution) => {
    const folder = await placed({ source, pullSecret: `, distribution: ${distribution}` });
    const before = outputOf(folder);
    rmSync(join(folder, 'sealed'), { recursive: true });
    const { code, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining('[sealed-missing]')]);
    expect(outputOf(folder)).toEqual(before);
  });

  test('the global pull secret stays', async () => {
    const folder = folderOf({
      'image-pull.yaml': (await config({ source, pullSecret: ', distribution: globalPullSecret' })).replace(
        'gitops: argocd,',
        `openshift: "4.20", globalPullSecret: { current: { ${source}: {} } },`,
      ),
      'prod.pem': certificate.pem,
      'apps/b.yaml': web,
      'dump.json': '{"auths":{"registry.redhat.io":{"auth":"dTpw"}}}',
    });
    await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-', '--merge-from', 'dump.json');
    expect((await cli(folder, 'synth')).code).toBe(0);
    const before = outputOf(folder);
    expect(before).toHaveProperty(['dist/prod/sources/global-pull-secret.yaml']);
    rmSync(join(folder, 'sealed'), { recursive: true });
    const { code, out, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining('[sealed-missing]')]);
    expect(err).toContain('run image-pull seal pull --merge-from dump.json');
    expect(out).toMatch(/every node .*dist\/prod\/sources\/global-pull-secret.yaml/);
    expect(outputOf(folder)).toEqual(before);
  });

  test('what is needed again is not marked retired any more', async () => {
    const folder = await placed({ source });
    const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
    const before = outputOf(folder, 'team-b');
    rmSync(join(folder, 'apps/b'), { recursive: true });
    writeFileSync(join(folder, 'image-pull.yaml'), `${text}retire: [{ namespace: team-b }]\n`);
    expect((await cli(folder, 'synth')).code).toBe(0);
    expect(outputOf(folder, 'team-b')).not.toEqual(before);
    writeFileSync(join(folder, 'image-pull.yaml'), text);
    unlinkSync(join(folder, gone));
    require('node:fs').mkdirSync(join(folder, 'apps/b'));
    writeFileSync(join(folder, 'apps/b/b.yaml'), web);
    const { code, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining(missing)]);
    expect(outputOf(folder, 'team-b')).toEqual(before);
  });

  test.each([
    ['a store', 'external: { store: vault, key: registries/all, fanOut: hub }'],
    ['a generator', 'external: { generator: { quay: { robotAccount: a+b, serviceAccountRef: { name: robot } } } }'],
    ['the config itself', 'plaintext: { acceptPlaintextInGit: true, username: robot, password: hunter2-of-config }'],
  ])('what %s gave stays until there is ciphertext, with all that feeds it', async (_what, former) => {
    const text = await config({ source });
    const external = text.replace(`${source}: {}`, former).replace('[ghcr, quay]', '[quay]');
    const folder = folderOf({
      'image-pull.yaml': external,
      'prod.pem': certificate.pem,
      'apps/b.yaml': deployment('team-b', 'web', ['quay.io/acme/db']),
    });
    await cli(folder, 'synth');
    const before = outputOf(folder);
    expect(Object.keys(before)).not.toEqual([]);
    writeFileSync(join(folder, 'image-pull.yaml'), text.replace('[ghcr, quay]', '[quay]'));
    const { code, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining(missing)]);
    const bodies = (files: typeof before) => JSON.stringify(files).replace(/# [^"]*?\\n(?!#)/g, '');
    expect(bodies(outputOf(folder))).toBe(bodies(before));
    expect((await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-')).code).toBe(0);
    expect((await cli(folder, 'synth', '--now')).code).toBe(0);
    expect(outputOf(folder)).not.toEqual(before);
  });

  test('a manifest that cannot be read besides takes nothing away either', async () => {
    const folder = await placed({ source });
    const before = outputOf(folder);
    unlinkSync(join(folder, gone));
    writeFileSync(join(folder, 'apps/b/b.yaml'), 'a: [\n');
    const { code, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining(missing)]);
    expect(outputOf(folder)).toEqual(before);
  });

  test('what was never placed is not written', async () => {
    const folder = await placed({ source });
    writeFileSync(join(folder, 'apps/a/c.yaml'), deployment('team-c', 'web', ['quay.io/acme/web']));
    const { code, err } = await cli(folder, 'synth');
    expect([code, err]).toEqual([1, expect.stringContaining('no ciphertext for namespace team-c [sealed-missing]')]);
    expect(Object.values(outputOf(folder, 'team-c')).join()).not.toMatch(/kind: (?:SealedSecret|Secret)$/m);
  });
});

test('an entry that its ciphertext has lost stays, with the others as they were', async () => {
  const folder = await placed();
  const before = outputOf(folder);
  const text = readFileSync(join(folder, gone), 'utf8');
  writeFileSync(join(folder, gone), text.replace(/^ {4}quay: .*\n/m, ''));
  const { code, err } = await cli(folder, 'synth');
  expect([code, err]).toEqual([1, expect.stringContaining('no ciphertext for namespace team-b (quay)')]);
  expect(outputOf(folder)).toEqual(before);
});

test('an entry that is leaving stays marked', async () => {
  const folder = await placed();
  const text = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  writeFileSync(join(folder, 'apps/b/b.yaml'), deployment('team-b', 'web', ['ghcr.io/acme/web']));
  writeFileSync(join(folder, 'image-pull.yaml'), `${text}retire: [{ pullSecret: pull, namespace: team-b }]\n`);
  await cli(folder, 'synth');
  const before = outputOf(folder);
  expect(JSON.stringify(before)).toContain('cdk8s-image-pull/retired: quay.io/acme/');
  unlinkSync(join(folder, gone));
  const { code, err } = await cli(folder, 'synth');
  expect([code, err]).toEqual([1, expect.stringContaining(missing)]);
  expect(outputOf(folder)).toEqual(before);
});
