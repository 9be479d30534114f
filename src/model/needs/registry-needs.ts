import type { ImageReference } from '../image/image-reference.js';
import { compareText } from '../names/names.js';
import type { ModelPath } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import type { NamespaceSpec } from '../vocabulary/spec.js';
import { AuthHosts } from './auth-hosts.js';
import type { FindingCollector } from './finding-collector.js';
import type { ImageAnswer, Need, NeedReason, PullReason, SaidByHand } from './need.js';
import { type NamespaceLabels, PullSecretChooser } from './pull-secret-choice.js';

/** Who needs a registry: the part of a need that is known before a pull secret is chosen. */
export interface Puller<Why extends NeedReason = PullReason> extends Pick<Need, 'namespace' | 'serviceAccount'> {
  readonly listed: boolean;
  readonly why: Why;
}

/** Gathers needs for pull secrets: those of private images, and those that the spec says by hand. */
export class RegistryNeeds {
  readonly #cluster: ClusterModel;
  readonly #findings: FindingCollector;
  readonly #chooser: PullSecretChooser;
  readonly #authHosts: AuthHosts;
  readonly #needs: Need[] = [];

  constructor(cluster: ClusterModel, labels: NamespaceLabels, findings: FindingCollector) {
    this.#cluster = cluster;
    this.#findings = findings;
    this.#chooser = new PullSecretChooser(cluster, labels);
    this.#authHosts = new AuthHosts(cluster, this.#chooser, findings);
  }

  all(): readonly Need[] {
    return this.#needs;
  }

  /** Answers a pull from a registry that is not public. */
  answer(puller: Puller, registry: Registry, image: ImageReference): ImageAnswer {
    const { namespace, why } = puller;
    const { pullSecrets, problem } = this.#chooser.choose(registry, namespace);
    if (problem) {
      this.#findings.add(problem);
      return 'findings';
    }
    if (pullSecrets.length === 0) {
      if (this.#cluster.nodes.open(image)) return 'nodes';
      if (registry.access === 'optional') return 'anonymous';
      const narrowed = this.#chooser.names(registry);
      this.#findings.pullSecretMissing(why, namespace, registry, this.#cluster.name, narrowed);
      return 'findings';
    }
    let answer: ImageAnswer = 'excluded';
    const chosen = pullSecrets.flatMap((pullSecret) => this.#chooser.withPartner(pullSecret, namespace));
    for (const pullSecret of new Set(chosen)) {
      if (this.#chooser.isExcluded(pullSecret.name, namespace, puller.serviceAccount)) continue;
      if (!this.#chooser.isAllowed(pullSecret, namespace)) {
        this.#findings.notAllowed(why, namespace, pullSecret);
        return 'findings';
      }
      this.#push(puller, pullSecret, pullSecret.registries.includes(registry) ? [registry] : pullSecret.registries);
      answer = 'needed';
    }
    return answer;
  }

  /** True if every node has a credential for this registry. */
  isOnNodes(namespace: string, registry: Registry): boolean {
    return this.#chooser.choose(registry, namespace).pullSecrets.some(isOnNodes);
  }

  /** Adds what `namespaces` of the spec says. */
  addByHand(): void {
    for (const [namespace, spec] of [...this.#cluster.namespaces].sort(([a], [b]) => compareText(a, b))) {
      const path = [...this.#cluster.namespacePath(namespace), 'namespaces', namespace];
      const ofNamespace = spec.onList === false ? '' : 'default';
      this.#namedByHand(namespace, ofNamespace, spec, path);
      for (const [account, accountSpec] of Object.entries(spec.serviceAccounts ?? {}))
        this.#namedByHand(namespace, account, accountSpec, [...path, 'serviceAccounts', account]);
    }
  }

  #namedByHand(
    namespace: string,
    serviceAccount: string,
    { pullSecrets = [], onList = true }: Pick<NamespaceSpec, 'pullSecrets' | 'onList'>,
    path: ModelPath,
  ): void {
    for (const [index, name] of pullSecrets.entries()) {
      const pullSecret = this.#cluster.pullSecrets.get(name);
      const byHand = [...path, 'pullSecrets', index];
      const why: SaidByHand = { byHand, ...(!onList && { mounted: true }) };
      if (!pullSecret) this.#findings.notForCluster(namespace, name, this.#cluster.name, byHand);
      else if (!this.#chooser.isAllowed(pullSecret, namespace))
        this.#findings.notAllowedByHand(namespace, pullSecret, byHand);
      else this.#pushByHand({ namespace, serviceAccount, listed: onList, why }, pullSecret);
    }
  }

  #pushByHand(puller: Puller<NeedReason>, pullSecret: ClusterPullSecret): void {
    for (const each of this.#chooser.withPartner(pullSecret, puller.namespace)) {
      if (this.#chooser.isExcluded(each.name, puller.namespace, puller.serviceAccount)) continue;
      this.#push(puller, each, each.registries);
    }
  }

  #push(puller: Puller<NeedReason>, pullSecret: ClusterPullSecret, registries: readonly Registry[]): void {
    const { namespace, serviceAccount, listed, why } = puller;
    this.#needs.push(...this.#authHosts.with({ namespace, serviceAccount, pullSecret, registries, listed, why }));
  }
}
