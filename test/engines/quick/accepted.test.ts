// What the generator writes is valid to the real API server, down to every field.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../../sealing/certificates.js';
import { cli, cliWithStdin, deployment, folderOf } from '../../support.js';
import { applyOutput } from '../cluster/apply-output.js';
import { ControlPlane } from '../cluster/control-plane.js';
import { type Manifest, manifestsOf } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import { committedOutputs } from '../outputs.js';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await ControlPlane.start();
});

afterAll(() => plane?.stop());

const config = `
version: 1
registries:
  ghcr:     { preset: ghcr, path: acme }
  quay:     { preset: quay, path: acme }
  internal: { preset: openshift }
pullSecrets:
  ghcr-pull:
    registries: [ghcr]
    source: { external: { store: vault, storeKind: SecretStore, key: registries/ghcr, email: ops@acme.example } }
    metadata: { labels: { team: platform }, annotations: { acme.example/owner: platform } }
  quay-pull:
    registries: [quay]
    source: { plaintext: { acceptPlaintextInGit: true, username: acme+robot, password: not-a-secret } }
    metadata: { labels: { team: platform }, annotations: { acme.example/owner: platform } }
clusters:
  argo:
    gitops: argocd
    attachment: serviceAccount
    bootstrap: { repository: "https://git.acme.example/access.git", revision: main }
  shift: { openshift: '4.20', gitops: argocd, attachment: serviceAccount }
  custom:
    gitops: argocd
    kustomization: true
    sealing: { certificate: custom.pem }
    pullSecrets: { ghcr-pull: { source: { sealed: {} } } }
  nodes:
    openshift: '4.20'
    attachment: serviceAccount
    globalPullSecret: { current: { plaintext: { file: pull-secret.json, acceptPlaintextInGit: true } } }
    pullSecrets: { quay-pull: { distribution: globalPullSecret, metadata: {} } }
workloads: [apps]
`;

const apps = [
  deployment('team-a', 'web', ['ghcr.io/acme/web:v3', 'quay.io/acme/side:v1']),
  deployment('team-b', 'api', ['image-registry.openshift-image-registry.svc:5000/images/api:v1']),
];

const document = '{"auths":{"cloud.openshift.com":{"auth":"YTpi","email":"ops@acme.example"}}}';

/** Everything that can be written today, for each of the clusters. */
async function writeAll(): Promise<string> {
  const folder = folderOf({
    'image-pull.yaml': config,
    'apps/all.yaml': apps.join('---\n'),
    'pull-secret.json': document,
    'custom.pem': makeCertificate().pem,
  });
  const given = '{"auths":{"ghcr.io":{"username":"robot","password":"not-a-secret"}}}';
  await cliWithStdin(folder, given, 'seal', 'ghcr-pull', '--cluster', 'custom', '--from', '-');
  const { code, err } = await cli(folder, 'synth');
  if (code > 1) throw new Error(err);
  return join(folder, 'dist');
}

test.each(committedOutputs())('all of $folder is accepted', async ({ manifests }) => {
  expect(manifests.length).toBeGreaterThan(0);
  // What SOPS encrypted is no Secret until Flux has decrypted it.
  const open = manifests.filter(({ object }) => !('sops' in object));
  expect(await applyOutput(plane.api, open)).toEqual([]);
});

/** apiVersion and kind of every object that the sources write. */
function writtenKinds(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    // The proof speaks of pods that controllers make.
    (file) => file.endsWith('.ts') && !file.startsWith('model/proof/'),
  );
  const pair = /apiVersion: '([^']+)',\s+kind: '([^']+)'/g;
  const pairs = files.flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(pair)]);
  return [...new Set(pairs.map(([, apiVersion, kind]) => `${apiVersion} ${kind}`))].sort();
}

const kindsOf = (manifests: readonly Manifest[]) =>
  manifests.map(({ object: { apiVersion, kind } }) => `${apiVersion} ${kind}`);

test('every kind that the sources can write is accepted', async () => {
  const dist = await writeAll();
  const manifests = manifestsIn(dist);
  expect(await applyOutput(plane.api, manifests)).toEqual([]);
  const applied = [...committedOutputs().flatMap((output) => output.manifests), ...manifests];
  // Kinds whose version is a choice are not seen in the sources; they are applied all the same.
  expect([...kindsOf(applied), 'kustomize.config.k8s.io/v1beta1 Kustomization']).toEqual(
    expect.arrayContaining(writtenKinds()),
  );
});

test('a folder with a kustomization.yaml is built by kustomize, and the result accepted', async () => {
  const folder = join(await writeAll(), 'custom');
  const built = manifestsOf(await plane.kubectl('kustomize', folder));
  expect(built.map(({ object }) => object)).toEqual(
    expect.arrayContaining(manifestsIn(folder).map(({ object }) => object)),
  );
  expect(await applyOutput(plane.api, built)).toEqual([]);
});

test('a field that no schema knows is refused', async () => {
  const [namespace] = manifestsOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: strict, labells: {} }\n');
  expect(await applyOutput(plane.api, [namespace!])).toEqual([expect.stringContaining('labells')]);
});
