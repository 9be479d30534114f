import { normalizeKey } from '../docker-config/registry-key.js';
import { textOf } from '../go/byte-string.js';
import { labelError, qualifiedNameError, subdomainError } from '../names/names.js';
import { namespacePatternError } from '../names/namespace-pattern.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import { clusterModel, picksOf, pullSecretNames, pullSecretOn, registriesOf } from '../vocabulary/cluster.js';
import { combinationOf, compatibility, writableSources } from '../vocabulary/compatibility.js';
import { patcherSpec } from '../vocabulary/picks.js';
import { generatorOf, hubOf, referencesOf } from '../vocabulary/sources.js';
import type { ImagePullSpec, MetadataSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { copyWarnings } from './check-copies.js';
import { labelProblems } from './check-labels.js';
import { patcherWarnings } from './check-patcher.js';
import { checkPicks } from './check-picks.js';
import { checkSource } from './check-sources.js';
import { dangling } from './dangling.js';

/** Problems of the pull secrets, by themselves and on every cluster they are used on. */
export function checkPullSecrets(spec: ImagePullSpec): Problem[] {
  const registries = registriesOf(spec);
  const problems: Problem[] = [];
  for (const [name, pullSecret] of Object.entries(spec.pullSecrets ?? {})) {
    problems.push(...checkPullSecret(name, pullSecret, registries, spec, ['pullSecrets', name]));
  }
  for (const [cluster, clusterSpec] of Object.entries(spec.clusters)) {
    for (const name of pullSecretNames(spec, cluster)) {
      const path = clusterSpec.pullSecrets?.[name] ? ['clusters', cluster, 'pullSecrets', name] : ['pullSecrets', name];
      const effective = pullSecretOn(spec, cluster, name);
      if (!effective || effective.for?.clusters?.includes(cluster) === false) continue;
      if (path[0] === 'clusters') problems.push(...checkPullSecret(name, effective, registries, spec, path));
      problems.push(...checkCombination(spec, cluster, name, effective, path));
    }
  }
  return withoutTwins(problems);
}

/** Problems of one pull secret by itself. */
export function checkPullSecret(
  name: string,
  pullSecret: PullSecretSpec,
  registries: ReadonlyMap<string, Registry>,
  spec: Pick<ImagePullSpec, 'registries' | 'clusters'>,
  path: ModelPath,
): Problem[] {
  const problems: Problem[] = [];
  const nameError = subdomainError(name);
  if (nameError) problems.push({ code: 'name-invalid', message: `pull secret name "${name}" ${nameError}`, path });
  if (pullSecret.registries.length === 0) {
    problems.push({
      code: 'pull-secret-invalid',
      message: `pull secret ${name} names no registry`,
      path: [...path, 'registries'],
    });
  }
  problems.push(...registryProblems(name, pullSecret, registries, spec, path));
  problems.push(...checkSource(name, pullSecret, registries, path));
  problems.push(...patternProblems(pullSecret.allow, [...path, 'allow']));
  problems.push(...patternProblems(pullSecret.for?.namespaces, [...path, 'for', 'namespaces']));
  problems.push(...labelProblems(pullSecret.for?.labels, [...path, 'for', 'labels']));
  problems.push(...checkMetadata(pullSecret.metadata, [...path, 'metadata']));
  for (const [index, keep] of (pullSecret.keep ?? []).entries()) {
    const error = subdomainError(keep);
    if (error) problems.push({ code: 'name-invalid', message: `"${keep}" ${error}`, path: [...path, 'keep', index] });
  }
  for (const [index, cluster] of (pullSecret.for?.clusters ?? []).entries()) {
    if (!Object.hasOwn(spec.clusters, cluster)) {
      problems.push(dangling('cluster', cluster, Object.keys(spec.clusters), [...path, 'for', 'clusters', index]));
    }
  }
  return problems;
}

/** Problems of labels and annotations. */
export function checkMetadata(metadata: MetadataSpec | undefined, path: ModelPath): Problem[] {
  const annotations = Object.keys(metadata?.annotations ?? {}).flatMap((key): Problem[] => {
    const error = qualifiedNameError(key);
    const at = [...path, 'annotations', key];
    return error ? [{ code: 'metadata-invalid', message: `annotation ${key}: ${error}`, path: at }] : [];
  });
  return [...labelProblems(metadata?.labels, [...path, 'labels']), ...annotations, ...ownMarks(metadata, path)];
}

/** What this package marks its objects with, it reads again in the next run. */
function ownMarks(metadata: MetadataSpec | undefined, path: ModelPath): Problem[] {
  return (['labels', 'annotations'] as const).flatMap((part) =>
    Object.keys(metadata?.[part] ?? {})
      .filter((key) => key.startsWith('cdk8s-image-pull/'))
      .map((key) => ({
        code: 'metadata-invalid' as const,
        message: `${key} is what this tool marks its own objects with`,
        path: [...path, part, key],
        hint: 'give it another prefix',
      })),
  );
}

/** Problems of patterns of namespaces. */
export function patternProblems(patterns: readonly string[] | undefined, path: ModelPath): Problem[] {
  return (patterns ?? []).flatMap((pattern, index) => {
    const error = namespacePatternError(pattern);
    return error
      ? [{ code: 'name-invalid' as const, message: `pattern "${pattern}" ${error}`, path: [...path, index] }]
      : [];
  });
}

function registryProblems(
  name: string,
  pullSecret: PullSecretSpec,
  registries: ReadonlyMap<string, Registry>,
  spec: Pick<ImagePullSpec, 'registries'>,
  path: ModelPath,
): Problem[] {
  const problems: Problem[] = [];
  const keys = new Map<string, string>();
  for (const [index, registryName] of pullSecret.registries.entries()) {
    const at = [...path, 'registries', index];
    const registry = registries.get(registryName);
    if (!registry) {
      const known = Object.keys(spec.registries ?? {});
      if (!known.includes(registryName)) problems.push(dangling('registry', registryName, known, at));
      continue;
    }
    if (registry.preset === 'openshift') {
      problems.push({
        code: 'pull-secret-invalid',
        message: `pull secret ${name}: OpenShift's internal registry takes no pull secret`,
        path: at,
        hint: 'access across projects is a grant; it is derived from the images',
      });
    }
    const ringKey = ringKeyOf(registry);
    const twin = keys.get(ringKey);
    if (twin !== undefined) {
      problems.push({
        code: 'auths-key-duplicate',
        message: `pull secret ${name}: registries ${twin} and ${registryName} are both entry ${ringKey}`,
        path: at,
        hint: 'a docker config has one entry per path; use two pull secrets, or give the registries paths that differ',
      });
    }
    keys.set(ringKey, registryName);
  }
  return problems;
}

/** What the kubelet makes of the key: `https://quay.io/v1/` and `quay.io` are one. */
function ringKeyOf({ key }: Registry): string {
  const normalized = normalizeKey(key);
  return 'ringKey' in normalized ? textOf(normalized.ringKey) : key;
}

function checkCombination(
  spec: ImagePullSpec,
  cluster: string,
  name: string,
  pullSecret: PullSecretSpec,
  path: ModelPath,
): Problem[] {
  const clusterSpec = spec.clusters[cluster];
  if (!clusterSpec || labelError(cluster)) return [];
  const picks = picksOf(spec, cluster, pullSecret);
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
  const what = `pull secret ${name} on cluster ${cluster}`;
  const options = patcherSpec(pullSecret.distribution ?? clusterSpec.distribution ?? 'perNamespace');
  const picked = { name, spec: pullSecret, ...picks };
  const exclude = spec.exclude ?? [];
  const wrong = checkPicks(what, picked, options, exclude, path);
  if (wrong.length > 0) return wrong;
  if (verdict === 'refused') {
    return [{ code: 'combination-refused', message: `${what}: ${reasons.join('; ')}`, path }];
  }
  const problems: Problem[] = reasons.map((reason) => ({
    code: 'combination-warned',
    message: `${what}: ${reason}`,
    path,
  }));
  problems.push(...copyWarnings(what, picked, exclude, path));
  if (picks.distribution.name === 'patcher') problems.push(...patcherWarnings(what, options, path));
  if (!writableSources.includes(picks.source.name)) {
    const message = `${what}: source ${picks.source.name} cannot be written by this version`;
    problems.push({ code: 'not-available', message, path });
  }
  return problems;
}

/** The same problem of a pull secret on several clusters is said once. */
function withoutTwins(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const id = JSON.stringify([problem.code, problem.message, problem.path]);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
