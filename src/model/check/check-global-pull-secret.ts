import { entryPath } from '../docker-config/entry-path.js';
import { durationSeconds } from '../names/duration.js';
import { labelError, subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { type ClusterModel, type ClusterPullSecret, clusterModel } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import { type GlobalPullSecret, globalPullSecretOf, mergedPullSecrets } from '../vocabulary/global-pull-secret.js';
import type {
  CurrentExternalSpec,
  CurrentPlaintextSpec,
  GlobalPullSecretSpec,
  ImagePullSpec,
} from '../vocabulary/spec.js';

/** Problems of the global pull secrets: what clusters say of them, and the pull secrets that go into them. */
export function checkGlobalPullSecrets(spec: ImagePullSpec): Problem[] {
  return Object.keys(spec.clusters)
    .filter((name) => !labelError(name))
    .flatMap((name) => {
      const cluster = clusterModel(spec, name);
      const pathOf = (pullSecret: string) =>
        spec.clusters[name]?.pullSecrets?.[pullSecret]
          ? ['clusters', name, 'pullSecrets', pullSecret]
          : ['pullSecrets', pullSecret];
      return checkGlobalPullSecret(cluster, pathOf);
    });
}

function checkGlobalPullSecret(cluster: ClusterModel, pathOf: PathOf): Problem[] {
  const { name, globalPullSecret } = cluster;
  const path = ['clusters', name, 'globalPullSecret'];
  const shape = globalPullSecret ? shapeProblems(cluster, globalPullSecret, path) : [];
  const onNodes = [...cluster.pullSecrets.values()].filter(isOnNodes);
  const narrowed = onNodes.flatMap((each) => narrowedProblems(cluster, each, pathOf(each.name)));
  if (cluster.platform !== 'openshift' || shape.length > 0) return [...shape, ...narrowed];
  return [...narrowed, ...mergeProblems(cluster, pathOf), ...telemetryProblem(cluster, path)];
}

/** Says one problem: what, at which keys below, and what mends it. */
type Say = (code: Problem['code'], message: string, at?: ModelPath, hint?: string) => void;

function sayTo(problems: Problem[], what: string, path: ModelPath): Say {
  return (code, message, at = [], hint) =>
    problems.push({ code, message: `${what}: ${message}`, path: [...path, ...at], ...(hint && { hint }) });
}

function shapeProblems({ name, platform }: ClusterModel, spec: GlobalPullSecretSpec, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const say = sayTo(problems, `cluster ${name}`, path);
  const { current, hosted, refreshInterval } = spec;
  if (platform !== 'openshift')
    say('cluster-invalid', 'globalPullSecret is what OpenShift puts on its nodes', [], 'openshift: "4.20"');
  if (hosted && current)
    say(
      'cluster-invalid',
      'a hosted control plane owns the global pull secret, so current means nothing',
      ['current'],
      'leave current out: only entries of yours are written, as the additional pull secret',
    );
  if (refreshInterval !== undefined && durationSeconds(refreshInterval) === undefined)
    say(
      'source-invalid',
      `refreshInterval "${refreshInterval}" is no duration`,
      ['refreshInterval'],
      'write 1h, 30m, 1h30m; 0s reads the stores once',
    );
  if (current) {
    const { external, plaintext } = current;
    if ((external === undefined) === (plaintext === undefined))
      say('source-invalid', 'current has one source', ['current'], 'exactly one of external, plaintext');
    else if (external) externalProblems(external, say);
    else if (plaintext) plaintextProblems(plaintext, say);
  }
  return problems;
}

function externalProblems({ store, key, property }: CurrentExternalSpec, say: Say): void {
  const at = ['current', 'external'];
  const storeError = subdomainError(store);
  if (storeError) say('source-invalid', `store "${store}" ${storeError}`, [...at, 'store']);
  if (key === '') say('source-invalid', 'the remote key of current is empty', [...at, 'key']);
  if (property === '') say('source-invalid', 'the property of current is empty', [...at, 'property']);
}

function plaintextProblems({ acceptPlaintextInGit, file, document }: CurrentPlaintextSpec, say: Say): void {
  const at = ['current', 'plaintext'];
  if (acceptPlaintextInGit !== true)
    say(
      'plaintext-not-accepted',
      'current would put every credential of the global pull secret into Git, where base64 hides nothing and history forgets nothing',
      at,
      'use current: { external }; or say acceptPlaintextInGit: true',
    );
  if (file === undefined && !document) say('source-invalid', 'current needs a file', at);
}

/** What is on every node cannot be kept from a namespace, is on no list, and has no object of its own. */
function narrowedProblems({ name: cluster }: ClusterModel, pullSecret: ClusterPullSecret, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const { allow, keep, metadata, for: narrow, source } = pullSecret.spec;
  const say = sayTo(problems, `pull secret ${pullSecret.name} on cluster ${cluster}`, path);
  const toAll = 'it is on every node, so pods of every namespace use it';
  const hint = 'use distribution perNamespace where only some may have it';
  if (allow !== undefined) say('pull-secret-invalid', `allow keeps nobody out: ${toAll}`, ['allow'], hint);
  for (const key of ['namespaces', 'labels'] as const)
    if (narrow?.[key] !== undefined)
      say('pull-secret-invalid', `for.${key} narrows nothing: ${toAll}`, ['for', key], hint);
  if (keep !== undefined) say('pull-secret-invalid', 'keep is about lists, and it is on none', ['keep']);
  if ([metadata?.labels, metadata?.annotations].some((texts) => Object.keys(texts ?? {}).length > 0))
    say('pull-secret-invalid', 'metadata belongs to objects of its own, and it has none', ['metadata']);
  if (source.external?.refreshInterval !== undefined)
    say(
      'source-invalid',
      'its refreshInterval is that of the whole global pull secret',
      ['source', 'external', 'refreshInterval'],
      `clusters: { ${cluster}: { globalPullSecret: { refreshInterval: … } } }`,
    );
  return problems;
}

/** Where a pull secret stands in the spec. */
type PathOf = (pullSecret: string) => ModelPath;

/** Whether the pull secrets go into one document, of which nothing else is lost. */
function mergeProblems(cluster: ClusterModel, pathOf: PathOf): Problem[] {
  const merged = mergedPullSecrets(cluster);
  const global = globalPullSecretOf(cluster);
  if (!global) return merged.slice(0, 1).map((first) => documentMissing(cluster, first, pathOf));
  return [...mixedProblems(cluster, global, merged, pathOf), ...duplicateProblems(cluster, global, pathOf)];
}

function documentMissing(
  { name: cluster }: ClusterModel,
  { name, source }: ClusterPullSecret,
  pathOf: PathOf,
): Problem {
  return {
    code: 'pull-secret-invalid',
    message: `pull secret ${name} on cluster ${cluster}: the global pull secret is one document, and nothing says what else is in it`,
    path: pathOf(name),
    hint: `clusters: { ${cluster}: { globalPullSecret: { current: { ${source}: … } } } }; hosted: true for a hosted control plane; source existing if it has the entry already`,
  };
}

function mixedProblems(
  { name: cluster }: ClusterModel,
  global: GlobalPullSecret,
  merged: readonly ClusterPullSecret[],
  pathOf: PathOf,
): Problem[] {
  const first = global.hosted ? `pull secret ${merged[0]?.name}` : 'current';
  return merged
    .filter(({ source }) => source.name !== global.source)
    .map(({ name, source }) => ({
      code: 'pull-secret-invalid',
      message: `pull secret ${name} on cluster ${cluster}: it has source ${source.name} and ${first} has ${global.source}: one Secret comes from one kind of source`,
      path: [...pathOf(name), 'source'],
    }));
}

/** Entries that two pull secrets have, or that the document has today; of one in a store its template tells. */
function duplicateProblems(cluster: ClusterModel, { entries }: GlobalPullSecret, pathOf: PathOf): Problem[] {
  const document = cluster.globalPullSecret?.current?.plaintext?.document;
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const { pullSecret, registry, key } of entries) {
    const at = ['registries', pullSecret.spec.registries.indexOf(registry.name)];
    const say = sayTo(problems, `pull secret ${pullSecret.name} on cluster ${cluster.name}`, pathOf(pullSecret.name));
    const path = entryPath(key);
    const twin = owners.get(path);
    if (twin !== undefined)
      say(
        'auths-key-duplicate',
        `pull secret ${twin} has the entry ${key} of the global pull secret, too`,
        at,
        'one document has one entry per path',
      );
    else if ((document?.twinsOf(key) ?? []).length > 0)
      say(
        'auths-key-duplicate',
        `the global pull secret as it is today has an entry for ${path}, and which of the two counts would be unclear`,
        at,
        'take the entry out of the file of current, or the registry out of the pull secret',
      );
    owners.set(path, pullSecret.name);
  }
  return problems;
}

function telemetryProblem({ name, globalPullSecret }: ClusterModel, path: ModelPath): Problem[] {
  const document = globalPullSecret?.current?.plaintext?.document;
  if (!document || document.twinsOf('cloud.openshift.com').length > 0) return [];
  return [
    {
      code: 'telemetry-ends',
      message: `cluster ${name}: the file of current has no entry cloud.openshift.com, without which the cluster reports nothing to Telemetry and Insights`,
      path: [...path, 'current', 'plaintext'],
      hint: 'take the entry over from the cluster, if it has one',
    },
  ];
}
