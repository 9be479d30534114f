import { ImageReference } from '../image/image-reference.js';
import { isHook } from '../inventory/hook.js';
import type { Workload } from '../inventory/workload.js';
import { sortedUnique } from '../names/names.js';
import type { Need } from '../needs/need.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { originalOf } from '../vocabulary/distributions.js';
import type { FilePlace } from '../vocabulary/file-place.js';
import { globalPullSecretFile } from '../vocabulary/global-pull-secret.js';
import { hubOf } from '../vocabulary/sources.js';
import type { AccessPlan } from './access-plan.js';

/** For whom a file of the output is: nothing in it changes with the version of an image. */
export interface FilePurpose {
  /** The objects whose pods pull, as `Deployment team-a/web`, sorted. Empty where it is for whatever pulls. */
  readonly pullers: readonly string[];
  /** The repositories that they pull, without tag and digest, sorted; with `/*` behind it all of a registry. */
  readonly repositories: readonly string[];
}

/** A file that is for none. */
export const noPurpose: FilePurpose = { pullers: [], repositories: [] };

interface Gathered {
  readonly pullers: string[];
  readonly repositories: string[];
}

/** For whom each file of a plan is. A file of many namespaces names no workload: it would change with each that comes. */
export class FilePurposes {
  readonly #plan: AccessPlan;
  readonly #namespaces = new Map<string, Gathered>();

  constructor(plan: AccessPlan) {
    this.#plan = plan;
    for (const need of plan.needs) this.#add(need.namespace, pullerOf(need), repositoriesOf(need));
    for (const { from, to, serviceAccount } of plan.grants) {
      const puller = serviceAccount === undefined ? `Namespace ${to}` : `ServiceAccount ${to}/${serviceAccount}`;
      this.#add(from, puller, [`${from}/*`]);
    }
  }

  /** For whom a file is. */
  of({ stage, file }: FilePlace): FilePurpose {
    // A file of ciphertext is named after its namespace and pull secret.
    const [namespace = file] = file.endsWith('.sops') ? file.split('.') : [];
    if (stage === 'namespaces') return sorted(this.#namespaces.get(namespace));
    const { cluster, globalPullSecret } = this.#plan;
    const pullSecrets = [...cluster.pullSecrets.values()].filter((each) => liesIn(each, namespace));
    const ofNodes = stage === 'sources' && file === globalPullSecretFile ? (globalPullSecret?.entries ?? []) : [];
    const registries = [...pullSecrets.flatMap((each) => each.registries), ...ofNodes.map(({ registry }) => registry)];
    return sorted({ pullers: [], repositories: registries.map(wholeRegistry) });
  }

  #add(namespace: string, puller: string, repositories: readonly string[]): void {
    const known = this.#namespaces.get(namespace) ?? { pullers: [], repositories: [] };
    this.#namespaces.set(namespace, known);
    known.pullers.push(puller);
    known.repositories.push(...repositories);
  }
}

function liesIn(pullSecret: ClusterPullSecret, file: string): boolean {
  return pullSecret.name === file || originalOf(pullSecret) === file || hubOf(pullSecret)?.namespace === file;
}

function pullerOf({ namespace, serviceAccount, why }: Need): string {
  if ('workload' in why) return `${why.workload.kind} ${namespace}/${stableName(why.workload)}`;
  if ('imageStream' in why) return `ImageStream ${namespace}/${why.imageStream.name}`;
  return serviceAccount === '' ? `Namespace ${namespace}` : `ServiceAccount ${namespace}/${serviceAccount}`;
}

/** Charts often give their hooks another name each time they are rendered. */
function stableName({ name, annotations }: Workload): string {
  return isHook(annotations) ? '*' : name;
}

/** The repository of the image; of what is said by hand all of the registries. */
function repositoriesOf({ why, registries }: Need): string[] {
  if ('byHand' in why) return registries.map(wholeRegistry);
  const reference = ImageReference.tryParse(why.image.image);
  return 'error' in reference ? [] : [reference.name];
}

function wholeRegistry({ repository }: { readonly repository: string }): string {
  return `${repository}/*`;
}

function sorted({ pullers, repositories }: FilePurpose = noPurpose): FilePurpose {
  return { pullers: sortedUnique(pullers), repositories: sortedUnique(repositories) };
}
