// What happens to a service account's list that is declared in Git while OpenShift's controller writes it too.
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namesOf, namespace, pod, pullSecretsOf, serviceAccount } from '../cluster/objects.js';
import { OpenShiftController } from '../cluster/openshift-controller.js';

let plane: ControlPlane;
let controller: OpenShiftController;

const declared = serviceAccount('team-a', 'web', ['ghcr-pull']);
const isDeclared = (name: string) => name === 'team-a/web';

beforeAll(async () => {
  plane = await ControlPlane.start();
  controller = new OpenShiftController(plane.api);
  await plane.api.apply(namespace('team-a'));
});

afterAll(async () => {
  await controller?.stop();
  await plane?.stop();
});

const live = (): Promise<KubeObject> => plane.api.get(declared);

test('the controller adds its Secret to every account and keeps what is there', async () => {
  await plane.api.apply(declared);
  expect(await controller.reconcile()).toContain('team-a/web');
  const { imagePullSecrets, secrets, metadata } = await live();
  const own = metadata.annotations?.['openshift.io/internal-registry-pull-secret-ref'] ?? '';
  expect(own).toMatch(/^web-dockercfg-[bcdfghjklmnpqrstvwxz24-9]{5}$/);
  expect(namesOf(imagePullSecrets)).toEqual(['ghcr-pull', own]);
  expect(namesOf(secrets)).toEqual([own]);
  expect((await controller.reconcile()).filter(isDeclared)).toEqual([]);
});

test('a list declared with server-side apply and the controller undo each other for ever', async () => {
  for (let round = 0; round < 5; round++) {
    expect(namesOf((await plane.api.apply(declared)).imagePullSecrets)).toEqual(['ghcr-pull']);
    expect((await controller.reconcile()).filter(isDeclared)).toEqual(['team-a/web']);
    expect(namesOf((await live()).imagePullSecrets)).toHaveLength(2);
  }
});

test('of secrets, which merge by name, the controller loses nothing', async () => {
  const { secrets } = await live();
  await plane.api.apply(declared);
  expect((await live()).secrets).toEqual(secrets);
});

test('a pod that is created while the list is the declared one lacks the credential of the internal registry', async () => {
  await plane.api.apply(declared);
  expect(pullSecretsOf(await plane.api.create(pod('team-a', { serviceAccountName: 'web' })))).toEqual(['ghcr-pull']);
});

test('a list that nobody declares is left in peace', async () => {
  controller.start();
  const account = serviceAccount('team-a', 'quiet');
  await plane.api.apply(account);
  const { metadata } = await plane.api.until(account, ({ imagePullSecrets }) => namesOf(imagePullSecrets).length === 1);
  const again = await plane.api.apply(account);
  expect(again.metadata.resourceVersion).toBe(metadata.resourceVersion);
});
