import { entryPath } from '../docker-config/entry-path.js';
import { durationSeconds } from '../names/duration.js';
import { labelError, subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { type ClusterModel, type ClusterPullSecret, clusterModel } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import { type GlobalPullSecret, globalPullSecretOf, mergedPullSecrets } from '../vocabulary/global-pull-secret.js';
import type {
  CurrentExternalSpec,
  CurrentPlaintextSpec,
  GlobalPullSecretSpec,
  ImagePullSpec,
} from '../vocabulary/spec.js';

/** Checks the global pull secrets: what clusters say of them, and the pull secrets that go into them. */
export function checkGlobalPullSecrets(spec: ImagePullSpec, root: At): void {
  for (const name of Object.keys(spec.clusters)) {
    if (labelError(name)) continue;
    const ofPullSecret = (pullSecret: string) => {
      const isOwn = spec.clusters[name]?.pullSecrets?.[pullSecret] !== undefined;
      const at = isOwn ? root.key('clusters', name, 'pullSecrets', pullSecret) : root.key('pullSecrets', pullSecret);
      return at.about(words`pull secret ${pullSecret} on cluster ${name}`);
    };
    const at = root.key('clusters', name, 'globalPullSecret').about(words`cluster ${name}`);
    checkCluster(clusterModel(spec, name), at, ofPullSecret);
  }
}

/** Where a pull secret stands in the spec. */
type AtOf = (pullSecret: string) => At;

function checkCluster(cluster: ClusterModel, at: At, ofPullSecret: AtOf): void {
  const { globalPullSecret, platform } = cluster;
  const isWrong = at.hears(() => {
    if (globalPullSecret) checkShape(platform, globalPullSecret, at);
  });
  for (const each of cluster.pullSecrets.values())
    if (isOnNodes(each)) checkOnNodes(cluster.name, each, ofPullSecret(each.name));
  if (isWrong || platform !== 'openshift') return;
  checkMerged(cluster, ofPullSecret);
  warnOfTelemetry(globalPullSecret, at.key('current', 'plaintext'));
}

function checkShape(platform: ClusterModel['platform'], spec: GlobalPullSecretSpec, at: At): void {
  const { current, hosted, refreshInterval } = spec;
  if (platform !== 'openshift')
    at.refuse('platform-mismatch', 'globalPullSecret is what OpenShift puts on its nodes', 'openshift: "4.20"');
  const { external, plaintext, sealed, sops } = current ?? {};
  if (hosted && (external ?? plaintext))
    at.key('current').refuse(
      'option-without-effect',
      'a hosted control plane owns the global pull secret, so current means nothing',
      'leave current out: only entries of yours are written, as the additional pull secret',
    );
  if (refreshInterval !== undefined && durationSeconds(refreshInterval) === undefined)
    at.key('refreshInterval').refuse('duration-invalid', words`refreshInterval "${refreshInterval}" is no duration`);
  if (!current) return;
  if ([external, plaintext, sealed, sops].filter((each) => each !== undefined).length !== 1)
    at.key('current').refuse(
      'source-invalid',
      'current has one source',
      'exactly one of external, plaintext, sealed, sops',
    );
  else if (external) checkExternal(external, at.key('current', 'external'));
  else if (plaintext) checkPlaintext(plaintext, at.key('current', 'plaintext'));
}

function checkExternal({ store, key, property }: CurrentExternalSpec, at: At): void {
  at.key('store').name('store', store, subdomainError(store));
  if (key === '')
    at.key('key').refuse('source-incomplete', 'the remote key of current is empty', 'name the value in the store');
  if (property === '')
    at.key('property').refuse('source-incomplete', 'the property of current is empty', 'leave it out, or name a field');
}

function checkPlaintext({ acceptPlaintextInGit, file, document }: CurrentPlaintextSpec, at: At): void {
  if (acceptPlaintextInGit !== true)
    at.refuse(
      'plaintext-not-accepted',
      'current would put every credential of the global pull secret into Git, where base64 hides nothing and history forgets nothing',
      'use current: { external }; or say acceptPlaintextInGit: true',
    );
  if (file === undefined && !document)
    at.refuse('source-incomplete', 'current needs a file', 'file: global-pull-secret.json');
}

/**
 * Checks a pull secret on every node: it cannot be kept from a namespace, is on no list, and has no object of its own.
 */
function checkOnNodes(cluster: string, { spec }: ClusterPullSecret, at: At): void {
  const { allow, keep, metadata, for: narrow, source } = spec;
  const toAll = 'it is on every node, so pods of every namespace use it';
  const hint = 'use distribution perNamespace where only some may have it';
  if (allow !== undefined)
    at.key('allow').refuse('option-without-effect', words`allow keeps nobody out: ${toAll}`, hint);
  for (const key of ['namespaces', 'labels'] as const)
    if (narrow?.[key] !== undefined)
      at.key('for', key).refuse('option-without-effect', words`for.${key} narrows nothing: ${toAll}`, hint);
  if (keep !== undefined) at.key('keep').refuse('option-without-effect', 'keep is about lists, and it is on none');
  if ([metadata?.labels, metadata?.annotations].some((texts) => Object.keys(texts ?? {}).length > 0))
    at.key('metadata').refuse('option-without-effect', 'metadata belongs to objects of its own, and it has none');
  if (source.external?.refreshInterval !== undefined)
    at.key('source', 'external', 'refreshInterval').refuse(
      'option-without-effect',
      'its refreshInterval is that of the whole global pull secret',
      words`clusters: { ${cluster}: { globalPullSecret: { refreshInterval: … } } }`,
    );
}

/** Whether the pull secrets go into one document, of which nothing else is lost. */
function checkMerged(cluster: ClusterModel, ofPullSecret: AtOf): void {
  const merged = mergedPullSecrets(cluster);
  const global = globalPullSecretOf(cluster);
  const [first] = merged;
  if (global) {
    checkSources(global, merged, ofPullSecret);
    checkEntries(cluster, global, ofPullSecret);
  } else if (first)
    ofPullSecret(first.name).refuse(
      'global-pull-secret-incomplete',
      'the global pull secret is one document, and nothing says what else is in it',
      words`clusters: { ${cluster.name}: { globalPullSecret: { current: { ${first.source.name}: … } } } }; hosted: true for a hosted control plane; source existing if it has the entry already`,
    );
}

function checkSources(global: GlobalPullSecret, merged: readonly ClusterPullSecret[], ofPullSecret: AtOf): void {
  const first = global.hosted ? words`pull secret ${merged[0]?.name}` : words`current`;
  for (const { name, source } of merged)
    if (source.name !== global.source)
      ofPullSecret(name)
        .key('source')
        .refuse(
          'global-pull-secret-mixed',
          words`it has source ${source.name} and ${first} has ${global.source}: one Secret comes from one kind of source`,
          words`give it source ${global.source}, or another distribution`,
        );
}

/** Entries that two pull secrets have, or that the document has today; of one in a store its template tells. */
function checkEntries({ globalPullSecret }: ClusterModel, { entries }: GlobalPullSecret, ofPullSecret: AtOf): void {
  const document = globalPullSecret?.current?.plaintext?.document;
  const owners = new Map<string, string>();
  for (const { pullSecret, registry, key } of entries) {
    const at = ofPullSecret(pullSecret.name).key('registries', pullSecret.spec.registries.indexOf(registry.name));
    const path = entryPath(key);
    const twin = owners.get(path);
    if (twin !== undefined)
      at.refuse(
        'auths-key-duplicate',
        words`pull secret ${twin} has the entry ${key} of the global pull secret, too`,
        'one document has one entry per path',
      );
    else if ((document?.twinsOf(key) ?? []).length > 0)
      at.refuse(
        'auths-key-duplicate',
        words`the global pull secret as it is today has an entry for ${path}, and which of the two counts would be unclear`,
        'take the entry out of the file of current, or the registry out of the pull secret',
      );
    owners.set(path, pullSecret.name);
  }
}

function warnOfTelemetry(globalPullSecret: GlobalPullSecretSpec | undefined, at: At): void {
  const document = globalPullSecret?.current?.plaintext?.document;
  if (document?.twinsOf('cloud.openshift.com').length === 0)
    at.warn(
      'telemetry-ends',
      'the file of current has no entry cloud.openshift.com, without which the cluster reports nothing to Telemetry and Insights',
    );
}
