import { parseAllDocuments } from 'yaml';
import type { Inventory } from '../../src/model/inventory/found-inventory.js';
import { Keyring, type PullSecretData } from '../../src/model/keyring/keyring.js';
import { inventoryOf } from '../support.js';

/** A pod that was made once, with the list that it then got and keeps. */
interface Pod {
  readonly title: string;
  readonly namespace: string;
  readonly images: readonly string[];
  readonly list: readonly string[];
}

interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly target: { readonly name: string; readonly template: { readonly type: string; readonly data?: object } };
  };
}

/** Runs the template of an ExternalSecret with values that tell where they come from. */
function filled(template: string): string {
  return template
    .replace(/\{\{ printf "%s:%s" \S+ \S+ \| b64enc \}\}/g, () => Buffer.from('user:secret').toString('base64'))
    .replace(/\{\{ \.\S*username \| toJson \}\}/g, '"user"')
    .replace(/\{\{ \.\S*password \| toJson \}\}/g, '"secret"');
}

/** The Secret that an object is or becomes. */
function secretOf({ kind, metadata, type, data, spec }: LiveObject): PullSecretData[] {
  if (kind === 'Secret') return [{ ...metadata, ...(type && { type }), ...(data && { data }) }];
  if (kind !== 'ExternalSecret' || !spec) return [];
  const texts = Object.entries(spec.target.template.data ?? {}).map(
    ([key, text]) => [key, filled(String(text))] as const,
  );
  return [
    { ...metadata, name: spec.target.name, type: spec.target.template.type, stringData: Object.fromEntries(texts) },
  ];
}

/**
 * What a cluster holds after Argo CD has applied the output and the manifests: accounts that left Git are deleted, but
 * for `default`, which is never pruned and keeps the list that was applied last; a Secret is there while the output or
 * somebody else makes it; pods keep the list that they were made with.
 */
export class LiveCluster {
  readonly #lists = new Map<string, readonly string[]>();
  #secrets = new Map<string, PullSecretData>();
  #inventory: Inventory | undefined;
  /** Pods that were made and not yet replaced. */
  #pods: Pod[] = [];

  /** Applies everything and makes a pod of every workload; pods from before stay until {@link replacePods}. */
  apply(output: readonly string[], manifests: readonly string[], others: readonly PullSecretData[]): void {
    const objects = [...output, ...manifests].flatMap((text) =>
      [...parseAllDocuments(text)].map((document) => document.toJS() as LiveObject),
    );
    const accounts = objects.filter((object) => object?.kind === 'ServiceAccount');
    const keyOf = ({ metadata }: LiveObject) => `${metadata.namespace}/${metadata.name}`;
    const named = new Set(accounts.map(keyOf));
    for (const key of this.#lists.keys()) if (!named.has(key) && !key.endsWith('/default')) this.#lists.delete(key);
    for (const account of accounts)
      this.#lists.set(
        keyOf(account),
        (account.imagePullSecrets ?? []).map((entry) => entry.name),
      );
    this.#inventory = inventoryOf(manifests.join('---\n'));
    const made = objects.flatMap((object) => (object ? secretOf(object) : []));
    const secrets = [...made, ...this.#clones(objects, made), ...others];
    this.#secrets = new Map(secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
    this.#pods.push(...this.#made());
  }

  /** The rollout is over, and every pod has been made anew. */
  replacePods(): void {
    this.#pods = this.#made();
  }

  /** The pods, old and new, that could not pull one of their images again. */
  failing(isPublic: (image: string) => boolean): string[] {
    return this.#pods.flatMap((pod) =>
      pod.images
        .filter((image) => !isPublic(image) && this.#offered(pod, image).length === 0)
        .map((image) => `${pod.title} cannot pull ${image} with [${pod.list.join(', ')}]`),
    );
  }

  /** What the kubelet offers for every image of the pods that are made now: the Secrets in the order they are tried. */
  offers(): Record<string, readonly string[]> {
    const entries = this.#made().flatMap((pod) =>
      pod.images.map((image) => [`${pod.title} ${image}`, this.#offered(pod, image)] as const),
    );
    return Object.fromEntries(entries);
  }

  /** The list of an account as it is in the cluster; undefined where there is no such account. */
  list(account: string): readonly string[] | undefined {
    return this.#lists.get(account);
  }

  /** Names of the Secrets that exist, with their namespaces, sorted. */
  get secrets(): string[] {
    return [...this.#secrets.keys()].sort();
  }

  /** What Kyverno clones and keeps as the source is. What stays when a policy has gone is not counted on. */
  #clones(objects: readonly LiveObject[], made: readonly PullSecretData[]): PullSecretData[] {
    const namespaces = new Set(this.#inventory?.workloads.map(({ namespace = '' }) => namespace));
    const cloned = objects.flatMap((object) =>
      object?.kind === 'GeneratingPolicy' ? [object.metadata.name.replace('image-pull-clone-', '')] : [],
    );
    return made
      .filter(({ name, namespace }) => cloned.includes(name) && namespace === 'image-pull')
      .flatMap((source) => [...namespaces].map((namespace) => ({ ...source, namespace })));
  }

  #made(): Pod[] {
    return (this.#inventory?.workloads ?? []).map((workload) => {
      const { namespace = '', serviceAccount, pullSecrets } = workload;
      const list = this.#lists.get(`${namespace}/${serviceAccount}`);
      if (!list && serviceAccount !== 'default')
        throw new Error(`no pod of ${workload.name}: ${serviceAccount} is gone`);
      return {
        title: `${namespace}/${workload.name}`,
        namespace,
        images: workload.images.map(({ image }) => image),
        list: pullSecrets.names.length > 0 ? pullSecrets.names : (list ?? []),
      };
    });
  }

  #offered({ namespace, list }: Pod, image: string): string[] {
    // The kubelet asks the keyring of the pod, and behind it that of the node.
    const rings = [list.map((name) => `${namespace}/${name}`), ['kube-system/additional-pull-secret']];
    return rings.flatMap((names) => {
      const secrets = names.flatMap((name) => this.#secrets.get(name) ?? []);
      return Keyring.fromSecrets(secrets)
        .lookup(image)
        .credentials.map(({ secret }) => secret);
    });
  }
}
