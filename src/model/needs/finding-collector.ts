import type { ImageReference } from '../image/image-reference.js';
import type { DeclaredMirrors, MirrorLocation } from '../inventory/declared-object.js';
import type { ImageUse, Workload } from '../inventory/workload.js';
import { At } from '../problem/at.js';
import type { ModelPath, Place, Problem } from '../problem/problem.js';
import { sentence, shown, shownReason, type Words, words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import type { StreamName } from './image-streams.js';
import type { PullReason } from './need.js';
import { pullerText, pullText, workloadText } from './puller-text.js';

interface Unplaced {
  readonly name: string;
  readonly place?: Place;
  readonly ofCluster?: boolean;
}

interface Repeated {
  readonly problem: Problem;
  others: number;
}

/** Lack of a registry that keeps it from being a mirror here. */
export type MirrorGap = { readonly key: string } | { readonly narrowed: readonly string[] };

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
    this.#repeat(JSON.stringify([problem.code, problem.message, problem.at]), problem, false);
  }

  namespaceUnstated(kind: string, object: Unplaced): void {
    const file = object.place?.file ?? object.name;
    this.#repeat(
      `namespace-unstated ${file}`,
      At.of(object.place).find(
        'namespace-unstated',
        object.ofCluster
          ? words`${kind} ${object.name} is in no namespace, and its pull secrets are in one`
          : words`${kind} ${object.name} names no namespace`,
        object.ofCluster
          ? words`say where its operator runs, in workloads: { path: ${file}, namespace: <name> }`
          : words`write metadata.namespace, or ${placing(file)}`,
      ),
    );
  }

  notForCluster(namespace: string, pullSecret: string, cluster: string, path: ModelPath): void {
    this.#problems.push(
      At.of({ path }).find(
        'pull-secret-missing',
        words`namespace ${namespace} asks for pull secret ${pullSecret}, which is not for cluster ${cluster}`,
        'widen its `for.clusters`, or ask for it under one cluster only',
      ),
    );
  }

  notSharedByHand(from: string, to: string): void {
    this.#problems.push(
      At.of({ path: ['share', from] }).find(
        'not-allowed',
        words`namespace ${from} does not share its images with ${to}, which a grant names`,
        words`ask the owners of ${from} to add ${to} to share.${from}`,
      ),
    );
  }

  invalidImage(why: PullReason, error: string): void {
    const { image } = why;
    this.#problems.push(
      At.of(image.place).find(
        'image-reference-invalid',
        words`${pullerText(why)}, ${image.container}: image "${image.image}": ${sentence(shownReason(error, image.image))}`,
        /[${}]/.test(image.image)
          ? words`a variable or template is left in the manifest: read the rendered output; where only a run knows the value: acknowledge: [{ image: ${JSON.stringify(image.image)}, reason: … }]`
          : undefined,
      ),
    );
  }

  undeclared(why: PullReason, reference: ImageReference): void {
    const organisation = reference.path.includes('/')
      ? reference.path.slice(0, reference.path.indexOf('/'))
      : undefined;
    this.#repeat(
      `registry-undeclared ${reference.domain} ${organisation ?? ''}`,
      At.of(why.image.place).find(
        'registry-undeclared',
        words`no registry is declared for ${reference.name}, used by ${pullerText(why)}`,
        words`registries: { <name>: { host: ${reference.domain}${organisation ? words`, path: ${organisation}` : ''} } }, with access: public if it needs no credential`,
      ),
    );
  }

  keyDoesNotMatch(image: ImageUse, registry: Registry, reference: ImageReference): void {
    this.#repeat(
      `key-does-not-match ${registry.name} ${reference.name}`,
      At.of(image.place).find(
        'key-does-not-match',
        words`the kubelet does not offer entry ${registry.key} of registry ${registry.name} to ${reference.name}`,
        words`registries.${registry.name}.key: ${reference.name}`,
      ),
    );
  }

  pullSecretMissing(
    why: PullReason,
    namespace: string,
    registry: Registry,
    cluster: string,
    narrowed: readonly string[],
  ): void {
    this.#repeat(
      `pull-secret-missing ${registry.name} ${namespace}`,
      At.of(why.image.place).find(
        'pull-secret-missing',
        words`no pull secret opens ${registry.repository} for namespace ${namespace} on cluster ${cluster}; ${pullText(why)}`,
        missingHint(registry, narrowed),
      ),
    );
  }

  mirrorUndeclared(mirrors: DeclaredMirrors, { location, place }: MirrorLocation, reference: ImageReference): void {
    const path = location.includes('/') ? location.slice(location.indexOf('/') + 1) : '';
    this.#repeat(
      `mirror-undeclared ${location}`,
      At.of(place ?? mirrors.place).find(
        'registry-undeclared',
        words`no registry is declared for ${location}, a mirror of ${mirrors.source} in ${mirrors.kind} ${mirrors.name}`,
        words`registries: { <name>: { host: ${reference.domain}${path && words`, path: ${path}`} } }, with access: public if it needs no credential`,
      ),
    );
  }

  mirrorNotCovered(
    mirrors: DeclaredMirrors,
    { location, place }: MirrorLocation,
    registry: Registry,
    gap: MirrorGap,
  ): void {
    const lack =
      'key' in gap
        ? `CRI-O does not find the entry ${gap.key} of the global pull secret for it`
        : 'the global pull secret has no credential for it';
    this.#repeat(
      `mirror-not-covered ${registry.name} ${location}`,
      At.of(place ?? mirrors.place).find(
        'mirror-not-covered',
        words`${mirrors.kind} ${mirrors.name} sends pulls of ${mirrors.source} to ${location} (registry ${registry.name}), and ${lack}`,
        'key' in gap
          ? words`leave registries.${registry.name}.key out, or give it whole segments of ${location}`
          : gap.narrowed.length > 0
            ? words`CRI-O sends no pull secret of a pod to a mirror: pullSecrets: { ${gap.narrowed[0]}: { distribution: globalPullSecret } }`
            : words`pullSecrets: { <name>: { registries: [${registry.name}], source: …, distribution: globalPullSecret } }`,
      ),
    );
  }

  notAllowed(why: PullReason, namespace: string, pullSecret: ClusterPullSecret): void {
    this.#repeat(
      `not-allowed ${pullSecret.name} ${namespace}`,
      At.of(why.image.place).find(
        'not-allowed',
        words`namespace ${namespace} may not have pull secret ${pullSecret.name}; ${pullText(why)}`,
        allowHint(pullSecret),
      ),
    );
  }

  notAllowedByHand(namespace: string, pullSecret: ClusterPullSecret, path: ModelPath): void {
    this.#problems.push(
      At.of({ path }).find(
        'not-allowed',
        words`namespace ${namespace} may not have pull secret ${pullSecret.name}`,
        allowHint(pullSecret),
      ),
    );
  }

  streamNotResolved(workload: Workload, namespace: string, image: ImageUse, lack: 'setting' | 'namespace'): void {
    const stream = image.image.split(':')[0] ?? '';
    this.#repeat(
      `image-stream-not-resolved ${namespace}/${stream}`,
      At.of(image.place).warn(
        'image-stream-not-resolved',
        words`${workloadText(workload)} pulls ${shown(image.image)} from Docker Hub, although namespace ${namespace} has an image stream of that name: ${lack === 'setting' ? 'nothing asks OpenShift to resolve it' : 'OpenShift resolves no names in this namespace'}`,
        lack === 'setting'
          ? words`spec.lookupPolicy.local: true on ImageStream ${namespace}/${stream}, or alpha.image.policy.openshift.io/resolve-names: '*' under annotations of the pod template`
          : 'write the whole name of the image, with its registry',
      ),
    );
  }

  streamUnknown(workload: Workload, namespace: string, image: ImageUse, stream: StreamName): void {
    if (stream.namespace === namespace) return;
    const name = `${stream.namespace}/${stream.name}`;
    this.#repeat(
      `image-stream-unknown ${namespace} ${name}`,
      At.of(image.place).warn(
        'image-stream-unknown',
        words`${workloadText(workload)} pulls by image stream ${name}, which no manifest declares: its images are taken for pushed ones`,
      ),
    );
  }

  notShared(why: PullReason, namespace: string, from: string): void {
    this.#repeat(
      `not-shared ${from} ${namespace}`,
      At.of(why.image.place).find(
        'not-allowed',
        words`namespace ${from} does not share its images with ${namespace}; ${pullText(why)}`,
        words`ask the owners of ${from} to add ${namespace} to share.${from}`,
      ),
    );
  }

  #repeat(key: string, problem: Problem, count = true): void {
    const known = this.#repeated.get(key);
    if (!known) this.#repeated.set(key, { problem, others: 0 });
    else if (count) known.others++;
  }
}

/** Who else can give a manifest its namespace: the object that applies it, or its entry of workloads. */
function placing(file: string): Words {
  const [, applier, name] = /^<.* of (Application|Kustomization|HelmRelease) (.*)>$/.exec(file) ?? [];
  if (applier !== undefined)
    return words`${applier === 'Application' ? 'destination.namespace' : 'spec.targetNamespace'} of ${applier} ${name}`;
  const [, folder] = /^<kustomize build (.*)>$/.exec(file) ?? [];
  return words`in workloads: { ${folder === undefined ? words`path: ${file}` : words`kustomize: ${folder}`}, namespace: <name> }`;
}

/** Hint that mends a registry without a pull secret. */
export function missingHint(registry: Registry, narrowed: readonly string[]): Words {
  return narrowed.length > 0
    ? words`widen \`for\` of ${narrowed.join(' or ')}`
    : words`pullSecrets: { <name>: { registries: [${registry.name}], source: … } }`;
}

/** Whom to ask for a pull secret that a namespace may not have. */
export function allowHint(pullSecret: ClusterPullSecret): Words {
  return words`ask whoever owns pullSecrets.${pullSecret.name}.allow (${pullSecret.spec.allow ?? []}) to add the namespace`;
}
