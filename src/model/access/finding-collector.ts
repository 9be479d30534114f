import type { ImageUse, Workload } from '../pods/workload.js';
import type { ModelPath, Place, Problem } from '../problem/problem.js';
import type { ImageReference } from '../reference/image-reference.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterPullSecret } from '../spec/cluster.js';

/** `Deployment team-a/web`. */
export function workloadText(workload: Workload): string {
  return `${workload.kind} ${workload.namespace === undefined ? '' : `${workload.namespace}/`}${workload.name}`;
}

interface Repeated {
  readonly problem: Problem;
  others: number;
}

/** Gathers findings about images; the same finding about many images is said once, with their number. */
export class FindingCollector {
  readonly #problems: Problem[] = [];
  readonly #repeated = new Map<string, Repeated>();

  /** All findings, in the order in which they came up. */
  all(): Problem[] {
    const repeated = [...this.#repeated.values()].map(({ problem, others }) =>
      others === 0 ? problem : { ...problem, message: `${problem.message}, and ${others} more` },
    );
    return [...this.#problems, ...repeated];
  }

  /** A problem as it is, once. */
  add(problem: Problem): void {
    this.#repeat(JSON.stringify([problem.code, problem.message, problem.path]), problem, false);
  }

  namespaceUnstated(kind: string, object: { readonly name: string; readonly place?: Place }): void {
    const file = object.place?.file ?? object.name;
    this.#repeat(`namespace-unstated ${file}`, {
      code: 'namespace-unstated',
      message: `${kind} ${object.name} names no namespace`,
      ...placed(object.place),
      hint: `write metadata.namespace, or in workloads: { path: ${file}, namespace: <name> }`,
    });
  }

  notForCluster(namespace: string, pullSecret: string, cluster: string, path: ModelPath): void {
    this.#problems.push({
      code: 'pull-secret-missing',
      message: `namespace ${namespace} asks for pull secret ${pullSecret}, which is not for cluster ${cluster}`,
      path,
      hint: 'widen its `for.clusters`, or ask for it under one cluster only',
    });
  }

  notSharedByHand(from: string, to: string): void {
    this.#problems.push({
      code: 'not-allowed',
      message: `namespace ${from} does not share its images with ${to}, which a grant names`,
      path: ['share', from],
      hint: `ask the owners of ${from} to add ${to} to share.${from}`,
    });
  }

  invalidImage(workload: Workload, image: ImageUse, error: string): void {
    const shown = image.image.length > 120 ? `${image.image.slice(0, 120)}…` : image.image;
    this.#problems.push({
      code: 'image-reference-invalid',
      message: `${workloadText(workload)}, ${image.container}: image ${JSON.stringify(shown)}: ${error}`,
      ...placed(image.place),
      ...(/[${}]/.test(image.image) && {
        hint: 'a variable or template is left in the manifest: read the rendered output',
      }),
    });
  }

  undeclared(workload: Workload, image: ImageUse, reference: ImageReference): void {
    const organisation = reference.path.includes('/')
      ? reference.path.slice(0, reference.path.indexOf('/'))
      : undefined;
    this.#repeat(`registry-undeclared ${reference.domain} ${organisation ?? ''}`, {
      code: 'registry-undeclared',
      message: `no registry is declared for ${reference.name}, used by ${workloadText(workload)}`,
      ...placed(image.place),
      hint: `registries: { <name>: { host: ${reference.domain}${organisation ? `, path: ${organisation}` : ''} } }, with access: public if it needs no credential`,
    });
  }

  keyDoesNotMatch(image: ImageUse, registry: Registry, reference: ImageReference): void {
    this.#repeat(`key-does-not-match ${registry.name} ${reference.name}`, {
      code: 'key-does-not-match',
      message: `the kubelet does not offer entry ${registry.key} of registry ${registry.name} to ${reference.name}`,
      ...placed(image.place),
      hint: `registries.${registry.name}.key: ${reference.name}`,
    });
  }

  pullSecretMissing(
    workload: Workload,
    image: ImageUse,
    registry: Registry,
    cluster: string,
    narrowed: readonly string[],
  ): void {
    this.#repeat(`pull-secret-missing ${registry.name} ${workload.namespace}`, {
      code: 'pull-secret-missing',
      message: `no pull secret opens ${registry.repository} for namespace ${workload.namespace} on cluster ${cluster}; ${workloadText(workload)} pulls ${image.image}`,
      ...placed(image.place),
      hint:
        narrowed.length > 0
          ? `widen \`for\` of ${narrowed.join(' or ')}`
          : `pullSecrets: { <name>: { registries: [${registry.name}], source: … } }`,
    });
  }

  notAllowed(workload: Workload, image: ImageUse, pullSecret: ClusterPullSecret): void {
    this.#repeat(`not-allowed ${pullSecret.name} ${workload.namespace}`, {
      code: 'not-allowed',
      message: `namespace ${workload.namespace} may not have pull secret ${pullSecret.name}; ${workloadText(workload)} pulls ${image.image}`,
      ...placed(image.place),
      hint: allowHint(pullSecret),
    });
  }

  notAllowedByHand(namespace: string, pullSecret: ClusterPullSecret, path: ModelPath): void {
    this.#problems.push({
      code: 'not-allowed',
      message: `namespace ${namespace} may not have pull secret ${pullSecret.name}`,
      path,
      hint: allowHint(pullSecret),
    });
  }

  notShared(workload: Workload, image: ImageUse, from: string): void {
    this.#repeat(`not-shared ${from} ${workload.namespace}`, {
      code: 'not-allowed',
      message: `namespace ${from} does not share its images with ${workload.namespace}; ${workloadText(workload)} pulls ${image.image || 'from it'}`,
      ...placed(image.place),
      hint: `ask the owners of ${from} to add ${workload.namespace} to share.${from}`,
    });
  }

  #repeat(key: string, problem: Problem, count = true): void {
    const known = this.#repeated.get(key);
    if (!known) this.#repeated.set(key, { problem, others: 0 });
    else if (count) known.others++;
  }
}

function allowHint(pullSecret: ClusterPullSecret): string {
  return `ask whoever owns pullSecrets.${pullSecret.name}.allow (${(pullSecret.spec.allow ?? []).join(', ')}) to add the namespace`;
}

function placed(place: Place | undefined): { place?: Place } {
  return place ? { place } : {};
}
