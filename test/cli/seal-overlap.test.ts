// A sealed credential is replaced by another one of the same registry, while pods run: commit by commit.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { makeCertificate } from '../sealing/certificates.js';
import { openValue } from '../sealing/open-value.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const certificate = makeCertificate();
const pullSecret = (name: string) => `  ${name}: { registries: [ghcr], source: { sealed: {} } }\n`;
const config = (names: readonly string[], more = '') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets:
${names.map(pullSecret).join('')}workloads: [apps]
clusters: { prod: { gitops: argocd, sealing: { certificate: prod.pem } } }
${more}`;

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly encryptedData: Readonly<Record<string, string>> };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

/** The list of the account, and the passwords that the controller would make Secrets of, in a namespace of the output. */
function given(folder: string): { readonly list: string[]; readonly passwords: Record<string, unknown> } {
  const text = filesOf(folder)['dist/prod/namespaces/team-a.yaml'] ?? '';
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Written);
  const list = objects.flatMap(({ imagePullSecrets = [] }) => imagePullSecrets.map(({ name }) => name));
  const passwords = objects.flatMap(({ metadata: { name }, spec }) => {
    const sealed = spec?.encryptedData.ghcr;
    if (sealed === undefined) return [];
    const { password } = JSON.parse(openValue(certificate.privateKey, sealed, `team-a/${name}`)) as {
      password: string;
    };
    return [[name, password] as const];
  });
  return { list, passwords: Object.fromEntries(passwords) };
}

test('two credentials of one registry overlap, and the old one leaves in two steps', async () => {
  const folder = folderOf({
    'image-pull.yaml': config(['old']),
    'prod.pem': certificate.pem,
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
  });
  const write = (names: readonly string[], more?: string) =>
    writeFileSync(join(folder, 'image-pull.yaml'), config(names, more));
  const seal = (name: string) =>
    cliWithStdin(folder, `hunter2-${name}`, 'seal', name, '--username', 'robot', '--password-stdin');
  const synth = async () => expect(await cli(folder, 'synth')).toMatchObject({ code: 0, err: '' });

  await seal('old');
  await synth();
  expect(given(folder)).toEqual({ list: ['old'], passwords: { old: 'hunter2-old' } });
  const before = filesOf(folder)['sealed/prod/old/team-a.yaml'];

  write(['old', 'new'], 'overlap: [new, old]\n');
  expect((await cli(folder, 'synth')).err).toContain('run image-pull seal new');
  await seal('new');
  await synth();
  expect(filesOf(folder)['sealed/prod/old/team-a.yaml']).toBe(before);
  expect(given(folder)).toEqual({ list: ['new', 'old'], passwords: { new: 'hunter2-new', old: 'hunter2-old' } });

  write(['new'], 'retire: [{ pullSecret: old }]\n');
  await synth();
  expect(given(folder)).toEqual({ list: ['new'], passwords: { new: 'hunter2-new', old: 'hunter2-old' } });
  expect((await cli(folder, 'seal', '--prune')).out).toContain('0 files removed');

  write(['new']);
  expect((await cli(folder, 'synth')).err).toContain('sealed/prod/old holds ciphertext that nothing needs any more');
  expect(given(folder)).toEqual({ list: ['new'], passwords: { new: 'hunter2-new' } });
  expect((await cli(folder, 'seal', '--prune')).out).toContain('1 file removed');
  await synth();
});
