// The controller of SealedSecrets opens in a cluster what `seal` and `synth` wrote, and nothing that was moved or changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../../sealing/certificates.js';
import { cli, cliWithStdin, deployment, folderOf } from '../../support.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { namespace, secretRef } from '../cluster/objects.js';
import { kubeseal, sealedSecretsEngines } from '../engines/sealed-secrets.js';
import { SealedSecretsController } from '../engines/sealed-secrets-controller.js';
import { eventually, type Patience } from '../processes/eventually.js';

const passwords = ['plain', 'p\u00e4ss \u{1f511} <&> "\\ \u2028', 'line\nbreak\ttab\u0001', 'x'.repeat(3000)];
const scopes = ['strict', 'namespace-wide', 'cluster-wide'];

const entry = (password: string) => ({
  auth: Buffer.from(`robot:${password}`).toString('base64'),
  password,
  username: 'robot',
});
const dockerConfig = (password: string) => ({
  auths: { 'ghcr.io/acme/': entry(password), 'quay.io/acme/': entry(password) },
});
const given = (password: string) =>
  JSON.stringify({ auths: { 'ghcr.io': { username: 'robot', password }, 'quay.io': { username: 'robot', password } } });

function repository(scope: string, certificate: string, namespaces: readonly string[]): string {
  return folderOf({
    'image-pull.yaml': `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [ghcr, quay], source: { sealed: { scope: ${scope} } } } }
workloads: [apps]
clusters: { prod: { gitops: argocd, sealing: { certificate: prod.pem } } }
`,
    'prod.pem': certificate,
    ...Object.fromEntries(
      namespaces.map((name) => [`apps/${name}.yaml`, deployment(name, 'web', ['ghcr.io/acme/web', 'quay.io/acme/db'])]),
    ),
  });
}

const kept = (inNamespace: string) => `sealed/prod/pull/${inNamespace}.yaml`;
const configOf = ({ data }: KubeObject): unknown =>
  JSON.parse(Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64').toString());

describe.each(sealedSecretsEngines)('the controller of $name', (engine) => {
  let plane: ControlPlane;
  let controller: SealedSecretsController;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    controller = await SealedSecretsController.start(engine, plane);
  });

  afterAll(async () => {
    await controller?.stop();
    await plane?.stop();
  });

  const patience: Patience = { seconds: 60, otherwise: () => controller.logTail() };

  async function sealed(scope: string, password: string, namespaces: readonly string[]): Promise<string> {
    const folder = repository(scope, await controller.certificate(), namespaces);
    expect((await cliWithStdin(folder, given(password), 'seal', 'pull', '--from', '-')).code).toBe(0);
    expect((await cli(folder, 'synth')).code).toBe(0);
    return folder;
  }

  async function applyAll(objects: readonly KubeObject[]): Promise<void> {
    const rank = ({ kind }: KubeObject) => (kind === 'Namespace' ? 0 : 1);
    for (const object of [...objects].sort((a, b) => rank(a) - rank(b))) await plane.api.apply(object);
  }

  const written = (folder: string) => manifestsIn(join(folder, 'dist')).map(({ object }) => object);

  /** The reason why a SealedSecret was not opened. */
  const refusal = (object: KubeObject) =>
    eventually(async () => {
      const { status } = await plane.api.get(object);
      const conditions = (status?.conditions ?? []) as { type: string; status: string; message: string }[];
      const synced = conditions.find(({ type }) => type === 'Synced');
      return synced?.status === 'False' ? synced.message : undefined;
    }, patience);

  test.each(scopes)('opens what was sealed with scope %s, in every namespace', async (scope) => {
    for (const [index, password] of passwords.entries()) {
      const namespaces = [0, 1, 2].map((each) => `${scope}-${index}-${each}`);
      await applyAll(written(await sealed(scope, password, namespaces)));
      for (const each of namespaces) {
        const secret = await eventually(() => plane.api.find(secretRef(each, 'pull')), patience);
        expect(secret.type).toBe('kubernetes.io/dockerconfigjson');
        expect(configOf(secret)).toEqual(dockerConfig(password));
      }
    }
  });

  test('takes up the rotation of one registry, and leaves the other', async () => {
    const folder = await sealed('strict', 'plain', ['rotated']);
    await applyAll(written(folder));
    await eventually(() => plane.api.find(secretRef('rotated', 'pull')), patience);
    const before = readFileSync(join(folder, kept('rotated')), 'utf8');
    const argv = ['seal', 'pull', '--rotate', '--registry', 'ghcr', '--username', 'robot', '--password-stdin'];
    expect((await cliWithStdin(folder, 'another', ...argv)).code).toBe(0);
    const quay = / {4}quay: .*/.exec(before)?.[0] ?? '';
    expect(readFileSync(join(folder, kept('rotated')), 'utf8')).toContain(quay);
    await cli(folder, 'synth');
    await applyAll(written(folder));
    const expected = { auths: { 'ghcr.io/acme/': entry('another'), 'quay.io/acme/': entry('plain') } };
    await eventually(async () => {
      const found = configOf(await plane.api.get(secretRef('rotated', 'pull')));
      return JSON.stringify(found) === JSON.stringify(expected) ? true : undefined;
    }, patience);
  });

  test('does not open it in another namespace, and neither is it placed there', async () => {
    const folder = await sealed('strict', 'plain', ['here', 'there']);
    const moved = readFileSync(join(folder, kept('here')), 'utf8');
    writeFileSync(join(folder, kept('there')), moved);
    const synth = await cli(folder, 'synth');
    expect([synth.code, synth.err]).toEqual([
      1,
      expect.stringContaining('is sealed for here/pull, and opens nowhere else'),
    ]);
    const [object] = written(folder).filter(({ kind }) => kind === 'SealedSecret');
    const elsewhere = JSON.parse(JSON.stringify(object).replaceAll('"here"', '"elsewhere"')) as KubeObject;
    await plane.api.apply(namespace('elsewhere'));
    await plane.api.apply(elsewhere);
    expect(await refusal(elsewhere)).toContain('no key could decrypt');
  });

  test('does not open it with another scope, and neither is it placed', async () => {
    const folder = await sealed('strict', 'plain', ['scoped']);
    const wide = readFileSync(join(folder, kept('scoped')), 'utf8').replace(
      '  annotations:\n',
      '  annotations:\n    sealedsecrets.bitnami.com/cluster-wide: "true"\n',
    );
    writeFileSync(join(folder, kept('scoped')), wide);
    const synth = await cli(folder, 'synth');
    expect([synth.code, synth.err]).toEqual([
      1,
      expect.stringContaining('has scope cluster-wide, the config says strict'),
    ]);
    await applyAll(written(folder));
    const [object] = written(folder).filter(({ kind }) => kind === 'SealedSecret');
    expect(await refusal(object!)).toContain('no key could decrypt');
  });

  test('does not open what was sealed for another key, and that is said', async () => {
    const folder = repository('strict', makeCertificate({ bits: 4096 }).pem, ['keyed']);
    await cliWithStdin(folder, given('plain'), 'seal', 'pull', '--from', '-');
    await cli(folder, 'synth');
    await applyAll(written(folder));
    const [object] = written(folder).filter(({ kind }) => kind === 'SealedSecret');
    expect(await refusal(object!)).toContain('no key could decrypt');
    writeFileSync(join(folder, 'prod.pem'), await controller.certificate());
    expect((await cli(folder, 'synth')).err).toContain('sealed-for-other-key');
    expect((await cliWithStdin(folder, given('plain'), 'seal', 'pull', '--rotate', '--from', '-')).code).toBe(0);
    expect((await cli(folder, 'synth')).err).toBe('');
    await applyAll(written(folder));
    expect(configOf(await eventually(() => plane.api.find(secretRef('keyed', 'pull')), patience))).toEqual(
      dockerConfig('plain'),
    );
  });

  test('opens what kubeseal sealed, as it is placed', async () => {
    const folder = repository('strict', await controller.certificate(), ['foreign']);
    const secret = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      ...{ metadata: { name: 'pull', namespace: 'foreign' }, type: 'kubernetes.io/dockerconfigjson' },
      stringData: { '.dockerconfigjson': JSON.stringify(dockerConfig('plain')) },
    });
    await cliWithStdin(folder, given('plain'), 'seal', 'pull', '--from', '-');
    const text = await kubeseal(engine, secret, '--cert', join(folder, 'prod.pem'), '-o', 'yaml');
    writeFileSync(join(folder, kept('foreign')), text);
    expect((await cli(folder, 'synth')).err).toContain('sealed-unrecorded');
    await applyAll(written(folder));
    expect(configOf(await eventually(() => plane.api.find(secretRef('foreign', 'pull')), patience))).toEqual(
      dockerConfig('plain'),
    );
  });
});
