import type { ImageUse, Inventory, Workload } from '../pods/workload.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { ImageReference } from '../reference/image-reference.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../spec/cluster.js';
import { compareText, labelError, subdomainError } from '../spec/names.js';
import { FindingCollector } from './finding-collector.js';
import { type Grant, grantFor, grantsByHand, isShared } from './grants.js';
import { InternalImages } from './internal-images.js';
import type { ImageAnswer, ImageCounts, Need, Needs, OtherImage } from './need.js';
import { type NamespaceLabels, PullSecretChooser } from './pull-secret-choice.js';

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
  readonly #internal: InternalImages;
  readonly #needs: Need[] = [];
  readonly #grants: Grant[] = [];
  readonly #others: OtherImage[] = [];
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
    this.#internal = new InternalImages(inventory, cluster);
  }

  read(): Needs {
    for (const workload of this.#inventory.workloads) this.#readWorkload(workload);
    this.#readDeclared();
    this.#readByHand();
    this.#readGrants();
    return {
      needs: this.#needs,
      grants: this.#grants,
      findings: this.#findings.all(),
      counts: this.#counts,
      others: this.#others,
    };
  }

  #readWorkload(workload: Workload): void {
    const { namespace } = workload;
    if (namespace === undefined) {
      this.#counts.images += workload.images.length;
      this.#counts.findings += workload.images.length;
      if (workload.images.length > 0) this.#findings.namespaceUnstated(workload.kind, workload);
      return;
    }
    const wrong = this.#nameProblem(workload, namespace);
    if (wrong) this.#findings.add(wrong);
    for (const image of workload.images) {
      const answer = this.#readImage(workload, namespace, image);
      this.#counts.images++;
      this.#counts[answer]++;
      if (answer !== 'needed') this.#others.push({ namespace, workload, image, answer });
    }
  }

  /** An account or Secret that names no namespace may be the one that the output would declare. */
  #readDeclared(): void {
    for (const account of this.#inventory.accounts) {
      if (account.namespace === undefined) this.#findings.namespaceUnstated('ServiceAccount', account);
    }
    for (const secret of this.#inventory.secrets) {
      if (secret.namespace === undefined && this.#cluster.pullSecrets.has(secret.name)) {
        this.#findings.namespaceUnstated(secret.kind, secret);
      }
    }
  }

  #readGrants(): void {
    for (const grant of grantsByHand(this.#cluster)) {
      if (isShared(this.#cluster, grant.from, grant.to)) this.#grants.push(grant);
      else this.#findings.notSharedByHand(grant.from, grant.to);
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
  #readImage(workload: Workload, namespace: string, image: ImageUse): ImageAnswer {
    if (image.imageStream)
      return this.#readInternal(workload, namespace, image, image.imageStream.namespace ?? namespace);
    if (this.#internal.isStreamName(namespace, image.image)) return 'internal';
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

  #readPrivate(workload: Workload, namespace: string, image: ImageUse, registry: Registry): ImageAnswer {
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
    let answer: ImageAnswer = 'excluded';
    const chosen = pullSecrets.flatMap((pullSecret) => this.#chooser.withPartner(pullSecret, namespace));
    for (const pullSecret of new Set(chosen)) {
      if (this.#chooser.isExcluded(pullSecret.name, namespace, workload.serviceAccount)) continue;
      if (!this.#chooser.isAllowed(pullSecret, namespace)) {
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

  #readInternal(workload: Workload, namespace: string, image: ImageUse, from: string): ImageAnswer {
    const { grant, refused } = grantFor(this.#cluster, workload, namespace, image, from);
    if (refused) {
      this.#findings.notShared(workload, image, from);
      return 'findings';
    }
    if (grant) this.#grants.push(grant);
    return 'internal';
  }

  #readByHand(): void {
    for (const [namespace, spec] of [...this.#cluster.namespaces].sort(([a], [b]) => compareText(a, b))) {
      const path = [...this.#cluster.namespacePath(namespace), 'namespaces', namespace];
      this.#addByHand(namespace, 'default', spec.pullSecrets ?? [], [...path, 'pullSecrets']);
      for (const [account, accountSpec] of Object.entries(spec.serviceAccounts ?? {})) {
        this.#addByHand(namespace, account, accountSpec.pullSecrets ?? [], [
          ...path,
          'serviceAccounts',
          account,
          'pullSecrets',
        ]);
      }
    }
  }

  #addByHand(namespace: string, serviceAccount: string, names: readonly string[], path: ModelPath): void {
    for (const [index, name] of names.entries()) {
      const pullSecret = this.#cluster.pullSecrets.get(name);
      const byHand = [...path, index];
      if (!pullSecret) this.#findings.notForCluster(namespace, name, this.#cluster.name, byHand);
      else if (!this.#chooser.isAllowed(pullSecret, namespace))
        this.#findings.notAllowedByHand(namespace, pullSecret, byHand);
      else this.#pushByHand(namespace, serviceAccount, pullSecret, byHand);
    }
  }

  #pushByHand(namespace: string, serviceAccount: string, pullSecret: ClusterPullSecret, byHand: ModelPath): void {
    for (const each of this.#chooser.withPartner(pullSecret, namespace)) {
      if (this.#chooser.isExcluded(each.name, namespace, serviceAccount)) continue;
      this.#needs.push({ namespace, serviceAccount, pullSecret: each, registries: each.registries, why: { byHand } });
    }
  }
}
