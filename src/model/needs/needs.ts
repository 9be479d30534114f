import { ImageReference } from '../image/image-reference.js';
import type { DeclaredImageStream } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { ImageUse, Workload } from '../inventory/workload.js';
import { labelError, subdomainError } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Place, Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { FindingCollector } from './finding-collector.js';
import { type Grant, grantFor, grantsByHand, isShared } from './grants.js';
import { importsOf } from './image-streams.js';
import { InternalImages } from './internal-images.js';
import { Mirrors } from './mirrors.js';
import { type ImageAnswer, type ImageCounts, type Needs, noImages, type OtherImage } from './need.js';
import type { NamespaceLabels } from './pull-secret-choice.js';
import { workloadText } from './puller-text.js';
import { type Puller, RegistryNeeds } from './registry-needs.js';

/**
 * Derives from images and accounts who must be able to pull from which registry, and adds what is said by hand.
 * Pure: the same inventory and cluster give the same answer, in the same order.
 *
 * @example
 * ```ts
 * import { clusterModel, type ImagePullSpec, InventoryBuilder, needs, plainTree } from 'cdk8s-image-pull/model';
 *
 * const spec: ImagePullSpec = {
 *   version: 1,
 *   registries: { ghcr: { preset: 'ghcr', path: 'acme' } },
 *   pullSecrets: { 'ghcr-pull': { registries: ['ghcr'], source: { existing: {} } } },
 *   clusters: { prod: { kubernetes: '1.35' } },
 * };
 * const manifests = new InventoryBuilder();
 * manifests.add(
 *   plainTree({
 *     apiVersion: 'v1',
 *     kind: 'Pod',
 *     metadata: { name: 'web', namespace: 'team-a' },
 *     spec: { containers: [{ name: 'web', image: 'ghcr.io/acme/web:v4' }] },
 *   }),
 * );
 * const [need] = needs(manifests.build(), clusterModel(spec, 'prod')).needs;
 * const who = `${need?.namespace} ${need?.serviceAccount} ${need?.pullSecret.name}`; // team-a default ghcr-pull
 * ```
 */
export function needs(inventory: Inventory, cluster: ClusterModel, { imports = true }: NeedsOptions = {}): Needs {
  return new NeedsReader(inventory, cluster).read(imports);
}

/** Choice of what to derive. */
export interface NeedsOptions {
  /** Whether the image streams of the inventory need what they import, too. @default true */
  readonly imports?: boolean;
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
  readonly #registries: RegistryNeeds;
  readonly #internal: InternalImages;
  readonly #mirrors: Mirrors;
  readonly #grants: Grant[] = [];
  readonly #others: OtherImage[] = [];
  readonly #findings = new FindingCollector();
  readonly #counts: ImageCounts = { ...noImages };

  constructor(inventory: Inventory, cluster: ClusterModel) {
    this.#inventory = inventory;
    this.#cluster = cluster;
    this.#registries = new RegistryNeeds(cluster, namespaceLabels(inventory, cluster), this.#findings);
    this.#internal = new InternalImages(inventory, cluster);
    this.#mirrors = new Mirrors(inventory, cluster);
  }

  read(imports: boolean): Needs {
    for (const workload of this.#inventory.workloads) this.#readWorkload(workload);
    if (imports && this.#cluster.platform === 'openshift')
      for (const stream of this.#inventory.imageStreams) this.#readImports(stream);
    this.#readDeclared();
    this.#registries.addByHand();
    this.#readGrants();
    return {
      needs: this.#registries.all(),
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
    if (wrong) {
      this.#findings.add(wrong);
      return this.#countFindings(workload, namespace);
    }
    for (const image of workload.images) {
      const answer = this.#readImage(workload, namespace, image);
      this.#counts.images++;
      this.#counts[answer]++;
      if (answer !== 'needed') this.#others.push({ namespace, workload, image, answer });
    }
  }

  #countFindings(workload: Workload, namespace: string): void {
    this.#counts.images += workload.images.length;
    this.#counts.findings += workload.images.length;
    for (const image of workload.images) this.#others.push({ namespace, workload, image, answer: 'findings' });
  }

  /** Reads what an image stream imports: the cluster does so with the Secrets of the stream's namespace. */
  #readImports(imageStream: DeclaredImageStream): void {
    const { namespace } = imageStream;
    const imports = importsOf(imageStream);
    if (namespace === undefined) {
      if (imports.length > 0) this.#findings.namespaceUnstated('ImageStream', imageStream);
      return;
    }
    if (imports.length > 0 && labelError(namespace)) {
      this.#findings.add(nameProblem(`ImageStream ${imageStream.name}`, 'namespace', namespace, imageStream.place));
      return;
    }
    for (const { name: image, place } of imports) {
      const use: ImageUse = { image, container: 'spec.tags', field: 'other', ...(place && { place }) };
      this.#readReference({ namespace, serviceAccount: '', listed: false, why: { imageStream, image: use } });
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
  #nameProblem({ kind, name, serviceAccount, place }: Workload, namespace: string): Problem | undefined {
    if (labelError(namespace)) return nameProblem(`${kind} ${name}`, 'namespace', namespace, place);
    if (subdomainError(serviceAccount)) return nameProblem(`${kind} ${name}`, 'service account', serviceAccount, place);
    return undefined;
  }

  /** Answers one image; the name of the count it belongs to. */
  #readImage(workload: Workload, namespace: string, image: ImageUse): ImageAnswer {
    const puller = { namespace, serviceAccount: workload.serviceAccount, listed: true };
    const meaning = this.#internal.meaningOf(workload, namespace, image);
    if ('reference' in meaning) {
      if (meaning.unresolved) this.#findings.streamNotResolved(workload, namespace, image, meaning.unresolved);
      return this.#readReference({ ...puller, why: { workload, image } });
    }
    const answers = meaning.origins.map((origin): ImageAnswer => {
      if ('image' in origin)
        return this.#readReference({ ...puller, why: { workload, image: { ...image, image: origin.image } } });
      if (origin.unknown) this.#findings.streamUnknown(workload, namespace, image, origin.unknown);
      return this.#readInternal(workload, namespace, image, origin.project);
    });
    return gravest.find((answer) => answers.includes(answer)) ?? 'internal';
  }

  /** Answers a reference to a repository, of a pod or of an import. */
  #readReference(puller: Puller): ImageAnswer {
    const { why } = puller;
    const reference = ImageReference.tryParse(why.image.image);
    if ('error' in reference) {
      this.#findings.invalidImage(why, reference.error);
      return 'findings';
    }
    // Of pods: an import keeps its need.
    if ('workload' in why && this.#mirrors.replace(reference)) return 'mirrored';
    const registry = this.#cluster.registryIndex.find(reference);
    if (!registry) {
      if (this.#cluster.nodes.open(reference)) return 'nodes';
      this.#findings.undeclared(why, reference);
      return 'findings';
    }
    if (registry.preset === 'openshift') {
      // An import from another project is checked against whoever applies the stream.
      if (!('workload' in why)) return 'internal';
      return this.#readInternal(why.workload, puller.namespace, why.image, reference.path.split('/')[0] ?? '');
    }
    if (registry.access === 'public') return 'public';
    const answer = this.#registries.answer(puller, registry, reference);
    if (answer !== 'needed') return answer;
    if (registry.offersKeyTo(reference, this.#registries.isOnNodes(puller.namespace, registry))) return answer;
    this.#findings.keyDoesNotMatch(why.image, registry, reference);
    return 'findings';
  }

  #readInternal(workload: Workload, namespace: string, image: ImageUse, from: string): ImageAnswer {
    if (labelError(from)) {
      this.#findings.add(nameProblem(workloadText(workload), 'namespace of an image', from, image.place));
      return 'findings';
    }
    const { grant, refused, excluded } = grantFor(this.#cluster, workload, namespace, image, from);
    if (refused) this.#findings.notShared({ workload, image }, namespace, from);
    if (grant) this.#grants.push(grant);
    return refused ? 'findings' : excluded ? 'excluded' : 'internal';
  }
}

function nameProblem(
  subject: string,
  what: 'namespace' | 'namespace of an image' | 'service account',
  name: string,
  place: Place | undefined,
): Problem {
  const error = what === 'service account' ? subdomainError(name) : labelError(name);
  return At.of(place).find('manifest-name-invalid', words`${subject}: ${what} ${JSON.stringify(name)} ${error}`);
}

/** Of an image by digest, which may come out of any tag of a stream, the answer that asks for most counts. */
const gravest: readonly ImageAnswer[] = ['findings', 'needed', 'excluded', 'anonymous', 'nodes', 'mirrored', 'public'];
