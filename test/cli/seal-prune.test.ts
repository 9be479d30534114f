import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../sealing/certificates.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const certificate = makeCertificate();
const dockerConfig = JSON.stringify({ auths: { 'ghcr.io': { username: 'robot', password: 'hunter2-of-ghcr' } } });
const config = (more = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { pull: { registries: [ghcr], source: { sealed: {} } } }
workloads: [apps]
clusters: { prod: { gitops: argocd, sealing: { certificate: prod.pem } } }
${more}`;

async function sealed(): Promise<string> {
  const folder = folderOf({
    'image-pull.yaml': config(),
    'prod.pem': certificate.pem,
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
    'apps/b.yaml': deployment('team-b', 'web', ['ghcr.io/acme/web']),
  });
  await cliWithStdin(folder, dockerConfig, 'seal', 'pull', '--from', '-');
  expect((await cli(folder, 'synth')).code).toBe(0);
  return folder;
}

const ofB = 'sealed/prod/pull/team-b.yaml';
const leaves = (folder: string) => {
  rmSync(join(folder, 'apps/b.yaml'));
  return folder;
};

test('ciphertext of a namespace that left stays until its access has left, then it is a finding, and --prune removes it', async () => {
  const folder = leaves(await sealed());
  const stopped = await cli(folder, 'synth');
  expect([stopped.code, stopped.err.includes('sealed-unneeded')]).toEqual([1, false]);
  const early = await cli(folder, 'seal', '--prune');
  expect([early.code, Object.keys(filesOf(folder)).includes(ofB)]).toEqual([2, true]);

  writeFileSync(join(folder, 'image-pull.yaml'), config('retire: [{ namespace: team-b, pullSecret: pull }]\n'));
  const retiring = await cli(folder, 'synth');
  expect([retiring.code, retiring.err.includes('sealed-unneeded')]).toEqual([0, false]);
  expect((await cli(folder, 'seal', '--prune')).out).toContain('0 files removed');
  expect(filesOf(folder)[ofB]).toBeDefined();

  writeFileSync(join(folder, 'image-pull.yaml'), config());
  const left = await cli(folder, 'synth');
  expect(left.code).toBe(1);
  expect(left.err).toContain('sealed/prod/pull holds ciphertext that nothing needs any more: team-b.yaml');
  expect(left.err).toContain('image-pull seal --prune');
  expect(filesOf(folder)[ofB]).toBeDefined();
  expect((await cli(folder, 'seal', '--status')).err).toContain('sealed-unneeded');

  const pruned = await cli(folder, 'seal', '--prune');
  expect([pruned.code, pruned.out]).toEqual([0, `removed ${ofB}\n1 file removed from sealed.\n`]);
  expect(Object.keys(filesOf(folder)).filter((file) => file.startsWith('sealed/'))).toEqual([
    'sealed/prod/pull/team-a.yaml',
  ]);
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test('a pull secret, or a cluster, that left is told the same way', async () => {
  const folder = await sealed();
  const other = filesOf(folder)['sealed/prod/pull/team-a.yaml'] ?? '';
  for (const place of ['prod/gone', 'gone/pull']) {
    const file = `sealed/${place}/team-a.yaml`;
    const { out } = await cliWithStdin(folder, '', 'seal', '--status');
    expect(out).not.toContain('gone');
    require('node:fs').mkdirSync(join(folder, 'sealed', place), { recursive: true });
    writeFileSync(join(folder, file), other);
    expect((await cli(folder, 'synth')).err).toContain(`sealed/${place} holds ciphertext`);
    expect((await cli(folder, 'seal', '--prune')).out).toContain(`removed ${file}`);
  }
});

test('with --cluster only what is of it is looked at, with a name only that pull secret is pruned', async () => {
  const folder = leaves(await sealed());
  await cli(folder, 'synth', '--now');
  expect((await cli(folder, 'seal', 'other', '--prune')).out).toContain('0 files removed');
  expect((await cli(folder, 'seal', 'pull', '--prune', '--cluster', 'prod')).out).toContain('1 file removed');
});

test('where a manifest cannot be read, nobody knows what is needed', async () => {
  const folder = leaves(await sealed());
  await cli(folder, 'synth', '--now');
  writeFileSync(join(folder, 'apps/broken.yaml'), 'a: [');
  expect((await cli(folder, 'synth')).err).not.toContain('sealed-unneeded');
  expect((await cli(folder, 'seal', '--prune')).out).toContain('0 files removed');
});

test('a file that another program wrote is named and stays', async () => {
  const folder = leaves(await sealed());
  await cli(folder, 'synth', '--now');
  writeFileSync(join(folder, ofB), 'kind: SealedSecret\n');
  const { code, out } = await cli(folder, 'seal', '--prune');
  expect([code, out]).toEqual([
    1,
    `left ${ofB}: another program wrote it, so remove it by hand\n0 files removed from sealed.\n`,
  ]);
});

test('the output folder is that of --output: what it still gives keeps its ciphertext', async () => {
  const folder = await sealed();
  await cli(folder, 'synth', '-o', 'deploy');
  rmSync(join(folder, 'dist'), { recursive: true });
  leaves(folder);
  const unseen = await cli(folder, 'seal', '--prune');
  expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining('name the folder that synth writes to')]);
  const early = await cli(folder, 'seal', '--prune', '-o', 'deploy');
  expect([early.code, early.err]).toEqual([2, expect.stringContaining('would leave namespace team-b')]);
  expect((await cli(folder, 'seal', '--status', '--output', 'deploy')).err).not.toContain('sealed-unneeded');
  expect(filesOf(folder)[ofB]).toBeDefined();
  await cli(folder, 'synth', '-o', 'deploy', '--now');
  expect((await cli(folder, 'seal', '--prune', '-o', 'deploy')).out).toContain('1 file removed');
  expect((await cli(folder, 'seal', 'pull', '-o', 'deploy')).err).toContain('--output goes with --status or --prune');
});

test('output among the workloads is none of them', async () => {
  const folder = await sealed();
  writeFileSync(join(folder, 'image-pull.yaml'), config().replace('[apps]', '[.]'));
  expect((await cli(folder, 'seal', '--status')).code).toBe(0);
  leaves(folder);
  await cli(folder, 'synth', '--now');
  expect((await cli(folder, 'seal', '--status')).err).toContain('team-b.yaml [sealed-unneeded]');
  expect((await cli(folder, 'seal', '--prune')).out).toContain(`removed ${ofB}`);
});
