import { normalizeKey } from '../docker-config/registry-key.js';
import { textOf } from '../go/byte-string.js';
import { labelError, subdomainError } from '../names/names.js';
import { namespacePatternError } from '../names/namespace-pattern.js';
import type { At } from '../problem/at.js';
import { shown, Words, words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import { daysOf, isDay } from '../sealing/due.js';
import { scopeAnnotationKeys } from '../sealing/sealing-scope.js';
import { clusterModel, picksOf, pullSecretNames, pullSecretOn, registriesOf } from '../vocabulary/cluster.js';
import { combinationOf, compatibility } from '../vocabulary/compatibility.js';
import { managedByLabel } from '../vocabulary/managed-by.js';
import { patcherSpec } from '../vocabulary/picks.js';
import { generatorOf, hubOf, referencesOf } from '../vocabulary/sources.js';
import type { ImagePullSpec, MetadataSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { warnOfCopies } from './check-copies.js';
import { checkAnnotations, checkLabels } from './check-labels.js';
import { warnOfPatcher } from './check-patcher.js';
import { checkPicks } from './check-picks.js';
import { checkSource } from './check-sources.js';

/** Checks the pull secrets, by themselves and on every cluster they are used on. */
export function checkPullSecrets(spec: ImagePullSpec, root: At): void {
  const registries = registriesOf(spec);
  for (const [name, pullSecret] of Object.entries(spec.pullSecrets ?? {}))
    checkPullSecret(name, pullSecret, registries, spec, root.key('pullSecrets', name));
  for (const [cluster, clusterSpec] of Object.entries(spec.clusters)) {
    for (const name of pullSecretNames(spec, cluster)) {
      const effective = pullSecretOn(spec, cluster, name);
      if (!effective || effective.for?.clusters?.includes(cluster) === false) continue;
      const isOwn = clusterSpec.pullSecrets?.[name] !== undefined;
      const at = isOwn ? root.key('clusters', cluster, 'pullSecrets', name) : root.key('pullSecrets', name);
      if (isOwn) checkPullSecret(name, effective, registries, spec, at);
      checkCombination(spec, cluster, name, effective, at.about(words`pull secret ${name} on cluster ${cluster}`));
    }
  }
}

/** Checks one pull secret by itself. */
function checkPullSecret(
  name: string,
  pullSecret: PullSecretSpec,
  registries: ReadonlyMap<string, Registry>,
  spec: ImagePullSpec,
  at: At,
): void {
  const { allow, for: narrow, metadata, keep } = pullSecret;
  const about = at.about(words`pull secret ${name}`);
  at.name('pull secret name', name, subdomainError(name));
  checkEntries(pullSecret, registries, Object.keys(spec.registries ?? {}), about.key('registries'));
  checkSource(pullSecret, registries, about);
  checkRotation(pullSecret, about);
  checkPatterns(allow, at.key('allow'));
  checkPatterns(narrow?.namespaces, at.key('for', 'namespaces'));
  checkLabels(narrow?.labels, at.key('for', 'labels'));
  checkMetadata(metadata, at.key('metadata'));
  for (const [index, each] of (keep ?? []).entries())
    at.key('keep', index).name('kept name', each, subdomainError(each));
  at.key('for', 'clusters').danglingItems('cluster', narrow?.clusters, Object.keys(spec.clusters));
}

function checkRotation({ expires, rotateBefore }: PullSecretSpec, at: At): void {
  if (expires !== undefined && !isDay(expires))
    at.key('expires').refuse(
      'duration-invalid',
      words`expires "${expires}" is no day`,
      'write it as expires: "2027-01-31"',
    );
  if (rotateBefore !== undefined && daysOf(rotateBefore) === undefined)
    at.key('rotateBefore').refuse(
      'duration-invalid',
      words`rotateBefore "${rotateBefore}" is no number of days`,
      'such as 14d',
    );
}

/** Checks labels and annotations: their form, and that none is a mark of this package. */
export function checkMetadata(metadata: MetadataSpec | undefined, at: At): void {
  checkLabels(metadata?.labels, at.key('labels'));
  checkAnnotations(metadata?.annotations, at.key('annotations'));
  // What this package marks its objects with, it reads again in the next run.
  for (const part of ['labels', 'annotations'] as const)
    for (const key of Object.keys(metadata?.[part] ?? {}))
      if (key.startsWith('cdk8s-image-pull/') || (part === 'labels' && key === managedByLabel))
        at.key(part, key).refuse('metadata-reserved', words`${key} is what this tool marks its own objects with`);
      else if (scopeAnnotationKeys.includes(key))
        at.key(part, key).refuse(
          'metadata-reserved',
          words`${key} says what a ciphertext is bound to`,
          'source: { sealed: { scope: … } }',
        );
}

/** Checks patterns of namespaces. */
export function checkPatterns(patterns: readonly string[] | undefined, at: At): void {
  for (const [index, pattern] of (patterns ?? []).entries())
    at.key(index).name('pattern', pattern, namespacePatternError(pattern));
}

/** Checks the registries that a pull secret names: each is an entry of its docker config. */
function checkEntries(
  pullSecret: PullSecretSpec,
  registries: ReadonlyMap<string, Registry>,
  known: readonly string[],
  at: At,
): void {
  if (pullSecret.registries.length === 0) at.refuse('pull-secret-empty', 'it names no registry');
  const owners = new Map<string, string>();
  for (const [index, name] of pullSecret.registries.entries()) {
    const registry = registries.get(name);
    if (registry) checkEntry(registry, owners, at.key(index));
    else if (!known.includes(name)) at.key(index).dangling('registry', name, known);
  }
}

/** @param owners the registries that have an entry so far, by its key */
function checkEntry(registry: Registry, owners: Map<string, string>, at: At): void {
  const ringKey = ringKeyOf(registry);
  const twin = owners.get(ringKey);
  if (registry.preset === 'openshift')
    at.refuse('registry-takes-none', "OpenShift's internal registry takes no pull secret");
  if (twin !== undefined)
    at.refuse('auths-key-duplicate', words`registries ${twin} and ${registry.name} are both entry ${ringKey}`);
  owners.set(ringKey, registry.name);
}

/** Key as the kubelet reads it: `https://quay.io/v1/` and `quay.io` are one. */
function ringKeyOf({ key }: Registry): string {
  const normalized = normalizeKey(key);
  return 'ringKey' in normalized ? textOf(normalized.ringKey) : key;
}

function checkCombination(
  spec: ImagePullSpec,
  cluster: string,
  name: string,
  pullSecret: PullSecretSpec,
  at: At,
): void {
  const clusterSpec = spec.clusters[cluster];
  if (!clusterSpec || labelError(cluster)) return;
  const picks = picksOf(spec, cluster, pullSecret);
  const options = patcherSpec(pullSecret.distribution ?? clusterSpec.distribution ?? 'perNamespace');
  const picked = { name, spec: pullSecret, ...picks };
  const exclude = spec.exclude ?? [];
  if (at.hears(() => checkPicks(picked, options, exclude, at))) return;
  const model = clusterModel({ version: 1, clusters: { [cluster]: clusterSpec } }, cluster);
  const generator = generatorOf(picks);
  const { verdict, reasons } = compatibility({
    ...combinationOf(picks),
    ...(hubOf(picks) && { fanOut: 'hub' }),
    generated: generator !== undefined,
    hasReferences: generator !== undefined && referencesOf(generator).length > 0,
    platform: model.platform,
    gitops: model.gitops,
    versions: model.versions,
  });
  if (verdict === 'refused') return at.refuse('combination-refused', new Words(reasons.map(shown).join('; ')));
  for (const reason of reasons) at.warn('combination-warned', words`${reason}`);
  warnOfCopies(picked, exclude, at);
  if (picks.distribution.name === 'patcher') warnOfPatcher(options, at);
}
