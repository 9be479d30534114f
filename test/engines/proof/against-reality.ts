import fc from 'fast-check';
import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../src/model/inventory/tree.js';
import { proveCluster } from '../../../src/model/proof/prove.js';
import type { ListedName, ProvenImage } from '../../../src/model/proof/verdict.js';
import { prod } from '../../support.js';
import { ApiError, type ApiServer } from '../cluster/api-server.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { namespace, namespaceWithAccount, pullSecretsOf } from '../cluster/objects.js';
import type { CredentialAnswer, Oracle } from '../engines/oracle.js';
import { eventually } from '../processes/eventually.js';
import { type NamespaceCase, namespaceCase, objectsBefore, podManifest } from './world.js';

/** How a generated cluster is made. */
export interface RealityOptions {
  readonly seed: number;
  /** The value of labels that policies ask for. */
  readonly wanted: string;
  /** What the names of its namespaces begin with. */
  readonly prefix: string;
  readonly namespaces: number;
  readonly pods: number;
  /** The policies and what comes with them, as they were applied. */
  readonly applied: readonly KubeObject[];
  /** The pull secrets that they are about. */
  readonly pullSecrets: readonly string[];
  /** Waits until what policies do to a namespace by itself is done. */
  settled?(namespace: string, labels: Readonly<Record<string, string>>): Promise<void>;
}

/** What was found out about one pod. */
export interface PodFound {
  readonly name: string;
  /** The list that the pod has, and the one that was proven. */
  readonly real: readonly string[];
  readonly proven: readonly ListedName[];
  readonly images: readonly ProvenImage[];
  /** What the kubelet's own code says of its images with the Secrets that are there. */
  readonly keyring: Keyring;
}

type Keyring = NonNullable<Awaited<ReturnType<Oracle['ask']>>['keyring']>;

/** Generates a cluster, makes it in a real one, and proves it from its manifests alone. */
export async function podsFound(api: ApiServer, oracle: Oracle, options: RealityOptions): Promise<PodFound[]> {
  const cases = fc.sample(namespaceCase(options.pullSecrets, options.pods, options.wanted), {
    seed: options.seed,
    numRuns: options.namespaces,
  });
  const made = new Map<string, KubeObject>();
  const manifests: KubeObject[] = [...options.applied];
  for (const [index, each] of cases.entries()) {
    const name = `${options.prefix}-${index}`;
    manifests.push(...(await makeNamespace(api, name, each, options)));
    for (const [number, pod] of each.pods.entries()) {
      const manifest = podManifest(name, `p${number}`, pod);
      const live = await podOf(api, manifest);
      if (!live) continue;
      manifests.push(manifest);
      made.set(`${name}/${manifest.metadata.name}`, live);
    }
  }
  const images = proofOf(manifests);
  const found: PodFound[] = [];
  for (const [key, live] of made) found.push(await compared(api, oracle, key, live, images.get(key) ?? []));
  return found;
}

/** Answers the manifests that the API server took. */
async function makeNamespace(
  api: ApiServer,
  name: string,
  each: NamespaceCase,
  { settled }: RealityOptions,
): Promise<KubeObject[]> {
  await namespaceWithAccount(api, name, each.labels);
  const taken: KubeObject[] = [namespace(name, each.labels)];
  for (const object of objectsBefore(name, each)) if (await isTaken(() => api.apply(object))) taken.push(object);
  await settled?.(name, each.labels);
  return taken;
}

/** The API server refuses Secrets without their key, and images with spaces. */
async function isTaken(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 422) return false;
    throw error;
  }
}

/** The pod of a manifest as it is in the cluster. */
async function podOf(api: ApiServer, manifest: KubeObject): Promise<KubeObject | undefined> {
  let created: KubeObject | undefined;
  const isMade = await isTaken(async () => {
    created = await api.create(manifest);
  });
  if (!isMade || manifest.kind === 'Pod') return created;
  const { name, namespace: where = '' } = manifest.metadata;
  return eventually(async () => {
    const pods = await api.list('v1', 'Pod', where);
    return pods.find(({ metadata }) => metadata.labels?.app === name);
  });
}

function proofOf(manifests: readonly KubeObject[]): ReadonlyMap<string, readonly ProvenImage[]> {
  const builder = new InventoryBuilder();
  for (const manifest of manifests) builder.add(plainTree(manifest), { keepSecretData: true });
  const images = new Map<string, ProvenImage[]>();
  for (const image of proveCluster({ inventory: builder.build(), cluster: prod({}) }).images) {
    const { namespace: where, workload } = image.pod;
    const key = `${where}/${workload.name}`;
    images.set(key, [...(images.get(key) ?? []), image]);
  }
  return images;
}

async function compared(
  api: ApiServer,
  oracle: Oracle,
  name: string,
  live: KubeObject,
  images: readonly ProvenImage[],
): Promise<PodFound> {
  const real = pullSecretsOf(live);
  const proven = images[0]?.pod.list.names ?? [];
  const isSame = real.length === proven.length && proven.every((each) => real.includes(each.name));
  const secrets = [];
  // The order among several policies is not defined.
  for (const each of isSame ? proven.map((one) => one.name) : real) {
    const metadata = { name: each, namespace: live.metadata.namespace ?? '' };
    const secret = await api.find({ apiVersion: 'v1', kind: 'Secret', metadata });
    if (secret) secrets.push({ name: each, type: secret.type ?? '', data: { ...secret.data } });
  }
  const { keyring = {} } = await oracle.ask({ images: images.map(({ use }) => use.image), secrets });
  return { name, real, proven, images, keyring };
}

/** What was proven of an image, in words that the oracle's answer can be put into, too. */
export function provenText({ verdict, credentials }: ProvenImage): string {
  if (verdict === 'blocked' || verdict === 'invalid') return verdict;
  return credentials.map(({ secret }) => secret).join();
}

/** What the kubelet's code says of the image at a place; of several orders, the one that was proven if it is among them. */
export function kubeletText({ keyring, images }: PodFound, index: number): string {
  const proven = images[index];
  if (keyring.error !== undefined) return proven?.verdict === 'invalid' ? 'invalid' : 'blocked';
  const orders = keyring.lookups?.[index] ?? undefined;
  if (!orders) return 'invalid';
  const texts = orders.map((order: readonly CredentialAnswer[]) => order.map(({ secret }) => secret).join());
  return texts.find((text) => proven && text === provenText(proven)) ?? texts.join(' or ');
}
