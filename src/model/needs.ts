import type { ClusterModel, ClusterPullSecret } from './cluster.js';
import { FindingCollector } from './finding-collector.js';
import { type Grant, grantFor, grantsByHand } from './grants.js';
import { ImageReference } from './image-reference.js';
import { compareText, labelError, subdomainError } from './names.js';
import { matchesAnyNamespace, matchesNamespace } from './namespace-pattern.js';
import type { ModelPath, Problem } from './problem.js';
import { type NamespaceLabels, PullSecretChooser, withOverlap } from './pull-secret-choice.js';
import type { Registry } from './registry.js';
import type { ImageUse, Inventory, Workload } from './workload.js';

/** A namespace and service account must be able to pull from a registry. */
export interface Need {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly pullSecret: ClusterPullSecret;
  /** The registries of the pull secret that are needed. */
  readonly registries: readonly Registry[];
  /** Why: the image of a workload, or the place in the spec where it is said by hand. */
  readonly why: { readonly workload: Workload; readonly image: ImageUse } | { readonly byHand: ModelPath };
}

/** How the images were answered. Every image is counted once. */
export interface ImageCounts {
  images: number;
  /** Covered by a pull secret. */
  needed: number;
  /** Covered by a grant, or in the own namespace of OpenShift's internal registry. */
  internal: number;
  /** Of a public registry. */
  public: number;
  /** Of an optional registry without a pull secret. */
  anonymous: number;
  /** Taken away by `exclude`. */
  excluded: number;
  /** Named in a finding or error. */
  findings: number;
}

/** What the manifests need. */
export interface Needs {
  readonly needs: readonly Need[];
  readonly grants: readonly Grant[];
  readonly findings: readonly Problem[];
  readonly counts: ImageCounts;
}

/**
 * Derives from images and accounts who must be able to pull from which registry, and adds what is said by hand.
 * Pure: the same inventory and cluster give the same answer, in the same order.
 */
export function needs(inventory: Inventory, cluster: ClusterModel): Needs {
  return new NeedsReader(inventory, cluster).read();
}

/** The labels of every namespace: as manifests declare them, with those of the spec on top. */
export function namespaceLabels(inventory: Inventory, cluster: ClusterModel): NamespaceLabels {
  const labels = new Map<string, Map<string, string>>();
  for (const namespace of inventory.namespaces) labels.set(namespace.name, new Map(namespace.labels));
  for (const [name, spec] of cluster.namespaces) {
    const merged = labels.get(name) ?? new Map<string, string>();
    for (const [key, value] of Object.entries(spec.labels ?? {})) merged.set(key, value);
    labels.set(name, merged);
  }
  return labels;
}

class NeedsReader {
  readonly #inventory: Inventory;
  readonly #cluster: ClusterModel;
  readonly #chooser: PullSecretChooser;
  readonly #streams: ReadonlySet<string>;
  readonly #needs: Need[] = [];
  readonly #grants: Grant[] = [];
  readonly #findings = new FindingCollector();
  readonly #counts: ImageCounts = {
    images: 0,
    needed: 0,
    internal: 0,
    public: 0,
    anonymous: 0,
    excluded: 0,
    findings: 0,
  };

  constructor(inventory: Inventory, cluster: ClusterModel) {
    this.#inventory = inventory;
    this.#cluster = cluster;
    this.#chooser = new PullSecretChooser(cluster, namespaceLabels(inventory, cluster));
    this.#streams = new Set(inventory.imageStreams.map((stream) => `${stream.namespace}/${stream.name}`));
  }

  read(): Needs {
    for (const workload of this.#inventory.workloads) this.#readWorkload(workload);
    this.#readByHand();
    this.#grants.push(...grantsByHand(this.#cluster));
    return { needs: this.#needs, grants: this.#grants, findings: this.#findings.all(), counts: this.#counts };
  }

  #readWorkload(workload: Workload): void {
    const { namespace } = workload;
    if (namespace === undefined) {
      this.#counts.images += workload.images.length;
      this.#counts.findings += workload.images.length;
      if (workload.images.length > 0) this.#findings.namespaceUnstated(workload);
      return;
    }
    const wrong = this.#nameProblem(workload, namespace);
    if (wrong) this.#findings.add(wrong);
    for (const image of workload.images) {
      this.#counts.images++;
      this.#counts[this.#readImage(workload, namespace, image)]++;
    }
  }

  /** The names of a manifest become names of files and objects. */
  #nameProblem(workload: Workload, namespace: string): Problem | undefined {
    const { serviceAccount } = workload;
    const [what, error] = labelError(namespace)
      ? [`namespace ${JSON.stringify(namespace)}`, labelError(namespace)]
      : [`service account ${JSON.stringify(serviceAccount)}`, subdomainError(serviceAccount)];
    if (!error) return undefined;
    return {
      code: 'name-invalid',
      message: `${workload.kind} ${workload.name}: ${what} ${error}`,
      ...(workload.place && { place: workload.place }),
    };
  }

  /** Answers one image; the name of the count it belongs to. */
  #readImage(workload: Workload, namespace: string, image: ImageUse): keyof ImageCounts {
    if (image.imageStream)
      return this.#readInternal(workload, namespace, image, image.imageStream.namespace ?? namespace);
    if (this.#isStreamName(namespace, image.image)) return 'internal';
    const reference = ImageReference.tryParse(image.image);
    if ('error' in reference) {
      this.#findings.invalidImage(workload, image, reference.error);
      return 'findings';
    }
    const registry = this.#cluster.registryIndex.find(reference);
    if (!registry) {
      this.#findings.undeclared(workload, image, reference);
      return 'findings';
    }
    if (registry.preset === 'openshift') {
      return this.#readInternal(workload, namespace, image, reference.path.split('/')[0] ?? '');
    }
    if (registry.access === 'public') return 'public';
    const answer = this.#readPrivate(workload, namespace, image, registry);
    if (answer === 'needed' && !registry.offersKeyTo(reference)) {
      this.#findings.keyDoesNotMatch(image, registry, reference);
      return 'findings';
    }
    return answer;
  }

  #readPrivate(workload: Workload, namespace: string, image: ImageUse, registry: Registry): keyof ImageCounts {
    const { pullSecrets, problem } = this.#chooser.choose(registry, namespace);
    if (problem) {
      this.#findings.add(problem);
      return 'findings';
    }
    if (pullSecrets.length === 0) {
      if (registry.access === 'optional') return 'anonymous';
      this.#findings.pullSecretMissing(workload, image, registry, this.#cluster.name, this.#chooser.names(registry));
      return 'findings';
    }
    let answer: keyof ImageCounts = 'excluded';
    const chosen = [...new Set(pullSecrets.flatMap((pullSecret) => withOverlap(this.#cluster, pullSecret)))];
    for (const pullSecret of chosen) {
      if (this.#isExcluded(namespace, workload.serviceAccount, pullSecret.name)) continue;
      if (!this.#isAllowed(pullSecret, namespace)) {
        this.#findings.notAllowed(workload, image, pullSecret);
        return 'findings';
      }
      const registries = pullSecret.registries.includes(registry) ? [registry] : pullSecret.registries;
      this.#needs.push({
        namespace,
        serviceAccount: workload.serviceAccount,
        pullSecret,
        registries,
        why: { workload, image },
      });
      answer = 'needed';
    }
    return answer;
  }

  #readInternal(workload: Workload, namespace: string, image: ImageUse, from: string): keyof ImageCounts {
    const { grant, refused } = grantFor(this.#cluster, workload, namespace, image, from);
    if (refused) {
      this.#findings.notShared(workload, image, from);
      return 'findings';
    }
    if (grant) this.#grants.push(grant);
    return 'internal';
  }

  /** On OpenShift a short name may be an image stream of the namespace; it then is no Docker Hub image. */
  #isStreamName(namespace: string, image: string): boolean {
    if (this.#cluster.platform !== 'openshift' || image.includes('/')) return false;
    return this.#streams.has(`${namespace}/${image.split(/[:@]/)[0]}`);
  }

  #readByHand(): void {
    for (const [namespace, spec] of [...this.#cluster.namespaces].sort(([a], [b]) => compareText(a, b))) {
      this.#addByHand(namespace, 'default', spec.pullSecrets ?? [], ['namespaces', namespace, 'pullSecrets']);
      for (const [account, accountSpec] of Object.entries(spec.serviceAccounts ?? {})) {
        const path = ['namespaces', namespace, 'serviceAccounts', account, 'pullSecrets'];
        this.#addByHand(namespace, account, accountSpec.pullSecrets ?? [], path);
      }
    }
  }

  #addByHand(namespace: string, serviceAccount: string, names: readonly string[], path: ModelPath): void {
    for (const [index, name] of names.entries()) {
      const pullSecret = this.#cluster.pullSecrets.get(name);
      if (!pullSecret) {
        this.#findings.add({
          code: 'pull-secret-missing',
          message: `namespace ${namespace} asks for pull secret ${name}, which is not for cluster ${this.#cluster.name}`,
          path: [...path, index],
          hint: 'widen its `for.clusters`, or ask for it under that cluster only',
        });
      } else if (!this.#isAllowed(pullSecret, namespace)) {
        this.#findings.notAllowedByHand(namespace, pullSecret, [...path, index]);
      } else if (!this.#isExcluded(namespace, serviceAccount, name)) {
        for (const each of withOverlap(this.#cluster, pullSecret)) {
          this.#needs.push({
            namespace,
            serviceAccount,
            pullSecret: each,
            registries: each.registries,
            why: { byHand: [...path, index] },
          });
        }
      }
    }
  }

  #isAllowed(pullSecret: ClusterPullSecret, namespace: string): boolean {
    return pullSecret.spec.allow === undefined || matchesAnyNamespace(pullSecret.spec.allow, namespace);
  }

  #isExcluded(namespace: string, serviceAccount: string, pullSecret: string): boolean {
    return this.#cluster.exclude.some(
      (exclude) =>
        (exclude.namespace === undefined || matchesNamespace(exclude.namespace, namespace)) &&
        (exclude.serviceAccount === undefined || exclude.serviceAccount === serviceAccount) &&
        (exclude.pullSecret === undefined || exclude.pullSecret === pullSecret),
    );
  }
}
