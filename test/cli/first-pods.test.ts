import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, folderOf } from '../support.js';

const config = (cluster: string, pullSecret = '') => `
version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } }${pullSecret} } }
clusters: { prod: ${cluster} }
workloads: [apps]
`;
const web = (namespace: string) => deployment(namespace, 'web', ['ghcr.io/acme/web:v1']);
const argo = 'Argo CD orders nothing between two Applications that exist already';

/** A folder whose output has namespace a, to whose workloads those of others came. */
async function grown(cluster: string, namespaces: readonly string[], pullSecret?: string): Promise<string> {
  const folder = folderOf({ 'image-pull.yaml': config(cluster, pullSecret), 'apps/a/a.yaml': web('a') });
  expect((await cli(folder, 'synth')).out).not.toContain('first pods');
  for (const name of namespaces) writeFileSync(join(folder, 'apps/a', `${name}.yaml`), web(name));
  return folder;
}

describe('a namespace that the output did not have', () => {
  test('is named once, with what its first pods need', async () => {
    const folder = await grown('{}', ['b']);
    const { out } = await cli(folder, 'synth');
    expect(out).toContain(
      `prod: b is new: its first pods must be made after what is written here has synced.\n${argo}`,
    );
    expect((await cli(folder, 'synth')).out).not.toContain('is new');
  });

  test('is named by --check, which writes nothing', async () => {
    const folder = await grown('{}', ['b', 'c']);
    for (const round of [1, 2]) {
      const { code, out } = await cli(folder, 'synth', '--check');
      expect({ round, code, isSaid: out.includes('b, c are new: their first pods') }).toEqual({
        round,
        code: 1,
        isSaid: true,
      });
    }
  });

  test.each([
    ['a policy names namespaces', '{ kubernetes: "1.36", attachment: { podPolicy: native } }', argo],
    ['with Flux somebody else says what comes first', '{ gitops: flux }', 'Let the Kustomization of the workloads'],
    [
      'a policy appends to accounts that Flux cannot order',
      '{ gitops: flux, bootstrap: { sourceRef: { name: platform } }, kubernetes: "1.36", attachment: { serviceAccountPolicy: native } }',
      'Kubernetes makes account default with its namespace',
    ],
  ])('is named where %s', async (_, cluster, expected) => {
    const { out } = await cli(await grown(cluster, ['b']), 'synth');
    expect(out).toContain('b is new');
    expect(out).toContain(expected);
  });

  test.each([
    ['Flux orders both', '{ gitops: flux, bootstrap: { sourceRef: { name: platform } } }', ''],
    [
      'Flux orders a policy and pods',
      '{ gitops: flux, bootstrap: { sourceRef: { name: platform } }, kubernetes: "1.36", attachment: { podPolicy: native } }',
      '',
    ],
    ['one application orders both', '{ placement: beside }', ''],
    ['the names are on templates', '{ attachment: podTemplate }', ''],
    [
      'a policy for namespaces that come stands already',
      '{ kyverno: "1.19", distribution: kyverno, attachment: { podPolicy: kyverno } }',
      ', for: { namespaces: ["*"] }',
    ],
  ])('is not named where %s', async (_, cluster, pullSecret) => {
    const { out } = await cli(await grown(cluster, ['b'], pullSecret), 'synth');
    expect(out).not.toContain('is new');
  });

  test('is one of at most twenty that are named', async () => {
    const names = Array.from({ length: 22 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    const { out } = await cli(await grown('{}', names), 'synth');
    expect(out).toContain('n18, n19 and 2 more are new: their first pods');
  });

  test('is none where the output folder is empty: everything is new', async () => {
    const folder = await grown('{}', ['b']);
    rmSync(join(folder, 'dist'), { recursive: true });
    expect((await cli(folder, 'synth')).out).not.toContain('is new');
  });
});
