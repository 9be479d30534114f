// The accounts that the output declares hand their lists to the pods that are created after them.
import { applyOutput } from '../cluster/apply-output.js';
import { ControlPlane } from '../cluster/control-plane.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { names, namesOf, pod, pullSecretsOf } from '../cluster/objects.js';
import { committedOutputs } from '../outputs.js';
import { eventually } from '../processes/eventually.js';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await ControlPlane.start();
});

afterAll(() => plane?.stop());

/** Those of programs have no list. */
const isAccount = ({ kind, imagePullSecrets }: KubeObject) =>
  kind === 'ServiceAccount' && imagePullSecrets !== undefined;
const outputs = committedOutputs()
  .map(({ folder, manifests }) => ({
    folder,
    manifests,
    accounts: manifests.map(({ object }) => object).filter(isAccount),
  }))
  .filter(({ accounts }) => accounts.length > 0);

describe.each(outputs)('$folder', ({ manifests, accounts }) => {
  beforeAll(async () => {
    expect(await applyOutput(plane.api, manifests)).toEqual([]);
  });

  const rows = accounts.map(({ metadata: { namespace = '', name }, imagePullSecrets }) => ({
    namespace,
    account: name,
    declared: namesOf(imagePullSecrets),
  }));

  test.each(rows)('a pod of $namespace/$account gets $declared', async ({ namespace, account, declared }) => {
    expect(declared).not.toEqual([]);
    // Admission sees an account that was just changed a moment later.
    const listed = await eventually(async () => {
      const created = await plane.api.create(pod(namespace, { serviceAccountName: account }));
      return String(pullSecretsOf(created)) === String(declared) ? pullSecretsOf(created) : undefined;
    });
    expect(listed).toEqual(declared);
  });

  test.each(rows)('a pod of $namespace/$account with a list of its own keeps that', async ({ namespace, account }) => {
    const own = { serviceAccountName: account, imagePullSecrets: names('own') };
    expect(pullSecretsOf(await plane.api.create(pod(namespace, own)))).toEqual(['own']);
  });
});

test('a default account that is deleted comes back without its list: that is why the output protects it', async () => {
  const { manifests, accounts } = outputs[0]!;
  expect(await applyOutput(plane.api, manifests)).toEqual([]);
  const account = accounts.find(({ metadata }) => metadata.name === 'default')!;
  const { metadata } = await plane.api.get(account);
  await plane.api.remove(account);
  const again = await eventually(async () => {
    const found = await plane.api.find(account);
    return found?.metadata.uid === metadata.uid ? undefined : found;
  });
  expect(again.imagePullSecrets).toBeUndefined();
});
