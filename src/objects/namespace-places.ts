import type { AccessPlan } from '../model/plan/access-plan.js';
import { deliveryOfName } from '../model/reach/delivery-names.js';
import { keptSecrets, keptTest, type Retired } from '../model/retire/retired.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { originalOf } from '../model/vocabulary/distributions.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { shardOf } from '../model/vocabulary/shard.js';
import { hubOf } from '../model/vocabulary/sources.js';

/** The file of a namespace, in the stage of namespaces. */
export function namespacePlace(
  cluster: Pick<ClusterModel, 'name' | 'bootstrap'>,
  namespace: string,
  beside?: string,
): FilePlace {
  return {
    cluster: cluster.name,
    stage: 'namespaces',
    shard: shardOf(namespace, cluster.bootstrap?.shards ?? 1),
    file: namespace,
    beside,
  };
}

/** The file of a namespace of source Secrets, or of what a pull secret brings along. */
export function stagePlace(
  { name: cluster }: Pick<ClusterModel, 'name'>,
  stage: 'sources' | 'policies',
  file: string,
): FilePlace {
  return { cluster, stage, file };
}

/** The file of an object that SOPS encrypted, which can decrypt and edit a file with one object. */
export function sopsPlace(at: FilePlace, pullSecret: string): FilePlace {
  return { ...at, file: `${at.file}.${pullSecret}.sops` };
}

/** The namespaces that something of a plan is written into, with the files that they have. */
export class NamespacePlaces {
  readonly #plan: AccessPlan;
  /** Namespaces of source Secrets, in the stage before all others. */
  readonly #sources: ReadonlySet<string>;
  readonly #files = new Map<string, FilePlace>();
  /** The namespaces whose object is written where nobody else declares them, in order. */
  readonly served: readonly string[];

  constructor(plan: AccessPlan, retired: Retired) {
    this.#plan = plan;
    const sources = sourceNamespaces(plan, retired);
    const served = new Set([...sources, ...servedNamespaces(plan, retired)]);
    for (const namespace of lateSources(retired)) {
      if (served.has(namespace)) continue;
      sources.add(namespace);
      served.add(namespace);
    }
    this.#sources = sources;
    this.served = [...served];
  }

  /** Whether a namespace is one of source Secrets. */
  isOfSources(namespace: string): boolean {
    return this.#sources.has(namespace);
  }

  /** The file of a namespace. */
  of(namespace: string): FilePlace {
    const known = this.#files.get(namespace);
    if (known) return known;
    const file = this.#fileOf(namespace);
    this.#files.set(namespace, file);
    return file;
  }

  #fileOf(namespace: string): FilePlace {
    const { cluster, folders } = this.#plan;
    return this.#sources.has(namespace)
      ? stagePlace(cluster, 'sources', namespace)
      : namespacePlace(cluster, namespace, folders.get(namespace));
  }
}

/** Those that the config gives to the sources of pull secrets. */
function sourceNamespaces({ cluster, deliveries }: AccessPlan, retired: Retired): Set<string> {
  const fed = new Set(
    deliveries.flatMap((each) => {
      const { purpose, pullSecret } = deliveryOfName(each) ?? {};
      return purpose === 'source' && pullSecret !== undefined ? [pullSecret] : [];
    }),
  );
  for (const { name } of keptSecrets(retired)) fed.add(name);
  return new Set(
    [...cluster.pullSecrets.values()].flatMap((each) => [
      ...[originalOf(each) ?? []].flat(),
      ...(fed.has(each.name) ? [hubOf(each)?.namespace ?? []].flat() : []),
    ]),
  );
}

function servedNamespaces({ secrets, accounts, asked }: AccessPlan, retired: Retired): string[] {
  const objects = keptSecrets(retired);
  const isKept = keptTest(objects);
  return [
    ...asked,
    ...secrets.flatMap(({ namespace, pullSecret, write }) =>
      write && !isKept(namespace, pullSecret) ? [namespace] : [],
    ),
    ...accounts.flatMap(({ namespace, owner }) => (owner === 'write' ? [namespace] : [])),
    ...objects.flatMap(({ namespace, isSource }) => (isSource ? [] : [namespace])),
  ];
}

/** Namespaces in which only something is left that feeds, or is copied, and stays for one more step. */
function lateSources({ objects }: Retired): string[] {
  return objects.flatMap(({ namespace, isSource, gift }) =>
    namespace !== undefined && isSource && gift.gives !== 'node-entry' ? [namespace] : [],
  );
}
