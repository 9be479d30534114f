import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SopsEncrypted } from '../../src/sealing/sops.js';
import { decryptSops } from '../sealing/decrypt-sops.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const parties = (async () => {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
})();

const both = JSON.stringify({
  auths: {
    'ghcr.io': { username: 'robot', password: 'hunter2-ghcr' },
    'quay.io': { username: 'robot', password: 'hunter2-quay' },
  },
});

async function repository(files: Readonly<Record<string, string>> = {}, sealing?: string): Promise<string> {
  const { recipient } = await parties;
  return folderOf({
    'image-pull.yaml': `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [ghcr, quay], source: { sops: {} } } }
workloads: [apps]
clusters:
  prod:
    gitops: flux
    ${sealing ?? `sealing: { age: [${recipient}] }`}
    bootstrap: { sourceRef: { name: flux-system } }
`,
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
    'apps/b.yaml': deployment('team-b', 'web', ['ghcr.io/acme/web']),
    'apps/c.yaml': deployment('team-c', 'web', ['ghcr.io/acme/web', 'quay.io/acme/db']),
    ...files,
  });
}

const fileOf = (namespace: string) => `sealed/prod/pull/${namespace}.yaml`;

interface SopsSecret {
  readonly data: Readonly<Record<string, string>>;
  readonly sops: SopsEncrypted['sops'];
}

/** The docker config that a file holds, for whoever has the identity. */
async function decrypted(folder: string, file: string): Promise<unknown> {
  const { data, sops } = parse(readFileSync(join(folder, file), 'utf8')) as SopsSecret;
  const texts = await decryptSops('data', { values: data, sops }, (await parties).identity);
  if (typeof texts === 'string') throw new Error(texts);
  return JSON.parse(Buffer.from(texts['.dockerconfigjson'] ?? '', 'base64').toString());
}

test('one ciphertext serves every namespace with the same registries, and synth places it in files of its own', async () => {
  const folder = await repository();
  const { code, err } = await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  expect([code, err]).toEqual([0, '']);
  const [a, b] = ['team-a', 'team-b'].map((name) => readFileSync(join(folder, fileOf(name)), 'utf8'));
  expect(b).toBe(a?.replace('namespace: team-a', 'namespace: team-b'));
  expect(await decrypted(folder, fileOf('team-c'))).toMatchObject({
    auths: { 'ghcr.io/acme/': { password: 'hunter2-ghcr' }, 'quay.io/acme/': { password: 'hunter2-quay' } },
  });
  const synth = await cli(folder, 'synth');
  expect([synth.code, synth.err]).toEqual([0, '']);
  const placed = 'dist/prod/namespaces/team-a.pull.sops.yaml';
  expect(await decrypted(folder, placed)).toMatchObject({ auths: { 'ghcr.io/acme/': { username: 'robot' } } });
  const files = filesOf(folder);
  expect(files['dist/prod/namespaces/team-a.yaml']).not.toContain('kind: Secret');
  expect(files['dist/prod/bootstrap/kustomizations.yaml']).toContain(
    'decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n',
  );
  expect(Object.values(files).join() + synth.out).not.toContain('hunter2');
  expect((await cli(folder, 'synth', '--check')).code).toBe(0);
  expect((await cli(folder, 'synth', '--stdout')).code).toBe(0);
});

test('a further namespace needs no credential', async () => {
  const folder = await repository();
  await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  writeFileSync(join(folder, 'apps/d.yaml'), deployment('team-d', 'web', ['ghcr.io/acme/web']));
  const before = filesOf(folder);
  const { code, out } = await cli(folder, 'seal', 'pull');
  expect(code).toBe(0);
  expect(out).toContain('1 namespace given what others have, 3 namespaces unchanged');
  const { [fileOf('team-d')]: added = '', ...rest } = filesOf(folder);
  expect(rest).toEqual(before);
  expect(added.replace('team-d', 'team-a')).toBe(before[fileOf('team-a')]);
});

test('a rotation replaces what was given as a whole, and asks for the rest', async () => {
  const folder = await repository();
  await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  const quay = JSON.stringify({ auths: { 'quay.io': { username: 'robot', password: 'hunter2-new' } } });
  const { code, err } = await cliWithStdin(folder, quay, 'seal', 'pull', '--rotate', '--from', '-');
  expect(code).toBe(2);
  expect(err).toContain('prod/team-c needs a credential for ghcr.io/acme');
  await cliWithStdin(folder, both.replace('hunter2-quay', 'hunter2-new'), 'seal', 'pull', '--rotate', '--from', '-');
  expect(await decrypted(folder, fileOf('team-c'))).toMatchObject({
    auths: { 'quay.io/acme/': { password: 'hunter2-new' } },
  });
});

test('recipients come from .sops.yaml where the config names none', async () => {
  const { recipient } = await parties;
  const rules = (text: string) => repository({ '.sops.yaml': `creation_rules:\n${text}` }, 'sealing: {}');
  const run = async (folder: string) => cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  const fits = await rules(
    `  - { path_regex: ^other/, age: age1x }\n  - { path_regex: ^sealed/prod/.*, age: "${recipient}" }\n`,
  );
  expect((await run(fits)).code).toBe(0);
  expect(await decrypted(fits, fileOf('team-a'))).toBeTruthy();
  const fails: readonly (readonly [string, string])[] = [
    [`  - { path_regex: ^other/, age: ${recipient} }\n`, 'has no rule for sealed/prod/pull/team-a.yaml'],
    [`  - { age: ${recipient}, kms: arn }\n`, 'encrypts for more than age recipients: kms'],
    ['  - { age: "" }\n', 'sealing-incomplete'],
    ['  x\n', 'has no list creation_rules'],
  ];
  for (const [text, message] of fails) expect((await run(await rules(text))).err).toContain(message);
  expect((await run(await repository({}, 'sealing: {}'))).err).toContain('sealing-incomplete');
});

test('an identity among the recipients is refused and not said', async () => {
  const { identity } = await parties;
  const folder = await repository({}, `sealing: { age: [${identity}] }`);
  const { code, err } = await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  expect(code).toBe(2);
  expect(err).toContain('recipient 1 is an identity, which is private');
  expect(err).not.toContain(identity);
});

test('other recipients in the config are a finding until it is sealed again', async () => {
  const folder = await repository();
  await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  const other = await identityToRecipient(await generateX25519Identity());
  const config = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  writeFileSync(join(folder, 'image-pull.yaml'), config.replace(/age1\w+/, other));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('is not encrypted for the recipients of the config [sealed-stale]');
});

test('what was edited by hand is found without a key; what SOPS changed is placed', async () => {
  const folder = await repository();
  await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  const file = join(folder, fileOf('team-a'));
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/(data:.{20})(.)/, (_all, kept, one) => `${kept}${one === 'A' ? 'B' : 'A'}`),
  );
  const edited = await cli(folder, 'synth');
  expect(edited.code).toBe(1);
  expect(edited.err).toContain(
    'was edited since it was encrypted, and not by SOPS: its MAC cannot match [sealed-invalid]',
  );
  writeFileSync(file, text.replace(/lastmodified: .*/, 'lastmodified: "2030-01-01T00:00:00Z"'));
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test('a namespace that leaves does so in two steps, in its own file', async () => {
  const folder = await repository();
  await cliWithStdin(folder, both, 'seal', 'pull', '--from', '-');
  await cli(folder, 'synth');
  unlinkSync(join(folder, 'apps/b.yaml'));
  expect((await cli(folder, 'synth')).err).toContain('pull secret pull would leave namespace team-b');
  const config = readFileSync(join(folder, 'image-pull.yaml'), 'utf8');
  writeFileSync(join(folder, 'image-pull.yaml'), `${config}retire: [{ namespace: team-b }]\n`);
  expect((await cli(folder, 'synth')).code).toBe(0);
  const placed = 'dist/prod/namespaces/team-b.pull.sops.yaml';
  expect(filesOf(folder)[placed]).toContain('cdk8s-image-pull/retired: "true"');
  expect(await decrypted(folder, placed)).toBeTruthy();
});
