// The programs of sealed-secrets, SOPS and age open what `seal` wrote, and what they wrote is read.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SopsEncrypted } from '../../../src/sealing/sops.js';
import { makeCertificate } from '../../sealing/certificates.js';
import { decryptSops } from '../../sealing/decrypt-sops.js';
import { cli, cliWithStdin, deployment, folderOf } from '../../support.js';
import { ageDecrypt } from '../engines/age.js';
import { kubeseal, sealedSecretsEngines } from '../engines/sealed-secrets.js';
import { sops } from '../engines/sops.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const controller = makeCertificate({ bits: 4096 });
const key = controller.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const namespaces = ['team-a', 'team-b', 'team-c'];
const passwords = ['plain', 'p\u00e4ss \u{1f511} <&> "\\ \u2028', 'line\nbreak\ttab\u0001', 'x'.repeat(3000)];

const dockerConfig = (password: string) => ({
  auths: {
    'ghcr.io/acme/': { auth: Buffer.from(`robot:${password}`).toString('base64'), password, username: 'robot' },
    'quay.io/acme/': { auth: Buffer.from(`robot:${password}`).toString('base64'), password, username: 'robot' },
  },
});
const given = (password: string) =>
  JSON.stringify({
    auths: { 'ghcr.io': { username: 'robot', password }, 'quay.io': { username: 'robot', password } },
  });

function repository(source: string, sealing: string, files: Readonly<Record<string, string>> = {}): string {
  return folderOf({
    'image-pull.yaml': `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [ghcr, quay], source: { ${source} } } }
workloads: [apps]
clusters: { prod: { gitops: flux, sealing: { ${sealing} } } }
`,
    'prod.pem': controller.pem,
    'prod.key': key,
    ...Object.fromEntries(
      namespaces.map((name) => [`apps/${name}.yaml`, deployment(name, 'web', ['ghcr.io/acme/web', 'quay.io/acme/db'])]),
    ),
    ...files,
  });
}

interface Secret {
  readonly type: string;
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data: Readonly<Record<string, string>>;
}

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const configOf = ({ data }: Secret): unknown =>
  JSON.parse(Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString());
const kept = (namespace: string) => `sealed/prod/pull/${namespace}.yaml`;

/** The SealedSecret of a file of the output. */
function placed(folder: string, namespace: string): string {
  const documents = read(folder, `dist/prod/namespaces/${namespace}.yaml`).split('---\n');
  return documents.find((text) => text.includes('kind: SealedSecret')) ?? '';
}

describe.each(sealedSecretsEngines)('$name', (engine) => {
  const open = async (folder: string, text: string) =>
    JSON.parse(
      await kubeseal(
        engine,
        text,
        '--recovery-unseal',
        '--recovery-private-key',
        join(folder, 'prod.key'),
        '-o',
        'json',
      ),
    ) as Secret;

  test.each(['strict', 'namespace-wide', 'cluster-wide'])('opens what was sealed with scope %s', async (scope) => {
    for (const password of passwords) {
      const folder = repository(`sealed: { scope: ${scope} }`, 'certificate: prod.pem');
      expect((await cliWithStdin(folder, given(password), 'seal', 'pull', '--from', '-')).code).toBe(0);
      expect((await cli(folder, 'synth')).code).toBe(0);
      for (const namespace of namespaces)
        for (const text of [read(folder, kept(namespace)), placed(folder, namespace)]) {
          const secret = await open(folder, text);
          expect([secret.type, secret.metadata.namespace]).toEqual(['kubernetes.io/dockerconfigjson', namespace]);
          expect(configOf(secret)).toEqual(dockerConfig(password));
        }
    }
  });

  test('does not open it elsewhere, and neither is it placed there', async () => {
    const folder = repository('sealed: {}', 'certificate: prod.pem');
    await cliWithStdin(folder, given('plain'), 'seal', 'pull', '--from', '-');
    const moved = read(folder, kept('team-a')).replaceAll('team-a', 'team-x');
    await expect(open(folder, moved)).rejects.toThrow(/no key could decrypt/);
    writeFileSync(join(folder, kept('team-b')), read(folder, kept('team-a')));
    expect((await cli(folder, 'synth')).err).toContain('is sealed for team-a/pull, and opens nowhere else');
    const other = makeCertificate({ bits: 4096 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    writeFileSync(join(folder, 'prod.key'), other);
    await expect(open(folder, read(folder, kept('team-a')))).rejects.toThrow(/no key could decrypt/);
  });

  test.each([
    'strict',
    'namespace-wide',
    'cluster-wide',
  ])('what it sealed with scope %s is placed and still opens', async (scope) => {
    const secret = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'pull', namespace: 'team-a' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': JSON.stringify(dockerConfig('plain')) },
    });
    const folder = repository(`sealed: { scope: ${scope} }`, 'certificate: prod.pem');
    const sealed = await kubeseal(engine, secret, '--cert', join(folder, 'prod.pem'), '--scope', scope, '-o', 'yaml');
    const named = repository(`sealed: { scope: ${scope} }`, 'certificate: prod.pem', { [kept('team-a')]: sealed });
    expect((await cli(named, 'synth')).err).toContain('what is in it is not known [sealed-unrecorded]');
    expect(configOf(await open(named, placed(named, 'team-a')))).toEqual(dockerConfig('plain'));
  });
});

describe('SOPS', () => {
  const parties = (async () => {
    const identity = await generateX25519Identity();
    return { identity, recipient: await identityToRecipient(identity) };
  })();

  async function encrypted(
    password: string,
  ): Promise<{ readonly folder: string; readonly env: { SOPS_AGE_KEY_FILE: string } }> {
    const { identity, recipient } = await parties;
    const folder = repository('sops: {}', `age: [${recipient}]`, { 'age.key': `${identity}\n` });
    expect((await cliWithStdin(folder, given(password), 'seal', 'pull', '--from', '-')).code).toBe(0);
    return { folder, env: { SOPS_AGE_KEY_FILE: join(folder, 'age.key') } };
  }

  test('decrypts what was encrypted, as it is kept and as it is placed', async () => {
    for (const password of passwords) {
      const { folder, env } = await encrypted(password);
      expect((await cli(folder, 'synth')).code).toBe(0);
      for (const namespace of namespaces)
        for (const file of [kept(namespace), `dist/prod/namespaces/${namespace}.pull.sops.yaml`]) {
          const secret = parse(await sops(['decrypt', join(folder, file)], { env })) as Secret;
          expect(secret.metadata).toMatchObject({ name: 'pull', namespace });
          expect(configOf(secret)).toEqual(dockerConfig(password));
        }
    }
  });

  test('edits it, and what it edited is placed and decrypts', async () => {
    const { folder, env } = await encrypted('plain');
    const value = Buffer.from(JSON.stringify(dockerConfig('edited'))).toString('base64');
    await sops(['set', join(folder, kept('team-a')), '["data"][".dockerconfigjson"]', JSON.stringify(value)], { env });
    expect((await cli(folder, 'synth')).err).not.toContain('sealed-invalid');
    const file = join(folder, 'dist/prod/namespaces/team-a.pull.sops.yaml');
    expect(configOf(parse(await sops(['decrypt', file], { env })) as Secret)).toEqual(dockerConfig('edited'));
  });

  test('refuses what was edited by hand, and so do we, without a key', async () => {
    const { folder, env } = await encrypted('plain');
    const file = join(folder, kept('team-a'));
    writeFileSync(
      file,
      read(folder, kept('team-a')).replace(/(data:.{20})(.)/, (_all, head, one) => head + (one === 'A' ? 'B' : 'A')),
    );
    await expect(sops(['decrypt', file], { env })).rejects.toThrow();
    expect((await cli(folder, 'synth')).err).toContain('was edited since it was encrypted');
  });

  test('what it encrypted is decrypted, its checksum included', async () => {
    const { identity, recipient } = await parties;
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: team-a }\ndata: { .dockerconfigjson: ${Buffer.from('{}').toString('base64')} }\n`;
    const rules = `creation_rules: [{ age: ${recipient}, encrypted_regex: "^(data|stringData)$", mac_only_encrypted: true }]\n`;
    const folder = folderOf({ 'plain.yaml': secret, '.sops.yaml': rules });
    const text = await sops(['encrypt', 'plain.yaml'], { cwd: folder });
    const { data, sops: block } = parse(text) as { data: Record<string, string>; sops: SopsEncrypted['sops'] };
    expect(await decryptSops('data', { values: data, sops: block }, identity)).toEqual({ '.dockerconfigjson': 'e30=' });
    expect(await decryptSops('data', { values: {}, sops: block }, identity)).toBe('changed');
  });

  test('age decrypts its key', async () => {
    const { folder } = await encrypted('plain');
    const { sops: block } = parse(read(folder, kept('team-a'))) as { sops: { age: { enc: string }[] } };
    const { enc = '' } = block.age[0] ?? {};
    expect(await ageDecrypt(enc, join(folder, 'age.key'))).not.toBe('');
  });
});
