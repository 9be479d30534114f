// In which order Argo CD applies the objects of one Application, as docs/argocd.md and the findings sync-wave-missing,
// sync-wave-late and pods-too-early say. The pods here run only with a credential.
import { setTimeout as sleep } from 'node:timers/promises';
import { crdFolders, installCrds } from '../../cluster/crds.js';
import type { KubeObject } from '../../cluster/kube-object.js';
import { Kubelet } from '../../cluster/kubelet.js';
import { externalSecretRef, names, namespaceWithAccount } from '../../cluster/objects.js';
import { applicationOf } from '../../gitops/applications.js';
import { ArgoCdStage } from '../../gitops/argocd-stage.js';
import { pullSecret } from '../../gitops/fleet.js';
import { eventually } from '../../processes/eventually.js';
import { noteResult } from '../../results.js';

let stage: ArgoCdStage;
let kubelet: Kubelet;

beforeAll(async () => {
  stage = await ArgoCdStage.start();
  await installCrds(stage.api, crdFolders.externalSecrets);
  kubelet = new Kubelet(stage.api, true);
  kubelet.start();
});

afterAll(async () => {
  await kubelet?.stop();
  await stage?.stop();
});

const note = (subject: string, result: string) =>
  noteResult({ subject, engine: 'Argo CD', property: 'order in one Application', result });

const metadataOf = (name: string, annotations: Readonly<Record<string, string>>) => ({ name, annotations });
const wave = (number: string) => ({ 'argocd.argoproj.io/sync-wave': number });
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image: 'ghcr.io/acme/web:v1' }], imagePullSecrets: names(pullSecret) },
};

const deployment = (annotations = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadataOf('web', annotations),
  spec: { selector: { matchLabels: { app: 'web' } }, template },
});

const job = (annotations = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadataOf('before', annotations),
  spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
});

const external = (annotations = {}) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: metadataOf(pullSecret, annotations),
  spec: {
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
    target: { name: pullSecret, template: { type: 'kubernetes.io/dockerconfigjson' } },
    data: [{ secretKey: 'value', remoteRef: { key: 'registries/ghcr' } }],
  },
});

/** Applies objects into a namespace that exists, all in one Application. */
async function begin(namespace: string, objects: readonly object[]): Promise<string> {
  await namespaceWithAccount(stage.api, namespace);
  const files = objects.map((object, index) => [`${namespace}/${index}.yaml`, JSON.stringify(object)]);
  const commit = await stage.repository.commit(Object.fromEntries(files));
  const application = applicationOf(namespace, namespace);
  const destination = { server: 'https://kubernetes.default.svc', namespace };
  await stage.bootstrap([{ ...application, spec: { ...application.spec, destination } }]);
  return commit;
}

const exists = async (namespace: string) =>
  (await stage.api.find(externalSecretRef(namespace, pullSecret))) !== undefined;

const pods = (namespace: string) =>
  eventually(async () => {
    const found = await stage.api.list('v1', 'Pod', namespace);
    return found.length > 0 ? found : undefined;
  });

test('without waves an ExternalSecret comes after an Ingress, which comes after Deployments', async () => {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: { defaultBackend: backend },
  };
  await begin('unordered', [external(), ingress]);
  await eventually(async () => ((await exists('unordered')) ? true : undefined));
  const written = async (ref: Parameters<typeof stage.api.get>[0]) =>
    Number((await stage.api.get(ref)).metadata.resourceVersion);
  const last = await written({ ...ingress, metadata: { name: 'web', namespace: 'unordered' } });
  expect(await written(externalSecretRef('unordered', pullSecret))).toBeGreaterThan(last);
  note('ExternalSecret without a wave', 'after Deployments');
});

test.each([
  { subject: 'ExternalSecret in a later wave than its pods', pod: deployment(wave('0')), secret: external(wave('1')) },
  {
    subject: 'a pod in a PreSync hook',
    pod: job({ 'argocd.argoproj.io/hook': 'PreSync' }),
    secret: external(wave('-4')),
  },
  { subject: 'a pod in a pre-install hook of Helm', pod: job({ 'helm.sh/hook': 'pre-install' }), secret: external() },
])('$subject waits for ever', async ({ subject, pod, secret }) => {
  const namespace = subject.toLowerCase().replace(/[^a-z]+/g, '-');
  await begin(namespace, [pod, secret]);
  await pods(namespace);
  await sleep(15_000);
  expect(await exists(namespace)).toBe(false);
  expect((await stage.states()).find((each) => each.startsWith(`${namespace} `))).toMatch(/Running: waiting for/);
  note(subject, 'never comes');
});
