import { isExactPattern } from '../names/namespace-pattern.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { distributionOf } from '../vocabulary/distributions.js';
import type { ExcludeSpec, PullSecretSpec } from '../vocabulary/spec.js';
import type { PickedPullSecret } from './check-picks.js';

/**
 * Problems of a scope that labels cannot express, with distribution clusterExternalSecret: it has label selectors, and a
 * label with a namespace's name, but no patterns.
 *
 * @param exclude entries of the whole spec
 */
export function checkSelectable(
  what: string,
  pullSecret: Pick<PickedPullSecret, 'name' | 'distribution' | 'spec'>,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { name, spec } = pullSecret;
  if (distributionOf(pullSecret).scope !== 'labels') return [];
  const say = (pattern: string, at: ModelPath): Problem => ({
    code: 'pull-secret-invalid',
    message: `${what}: a ClusterExternalSecret selects namespaces by labels, which "${pattern}" is not`,
    path: at,
    hint: 'name the namespaces one by one, or select them with for: { labels }',
  });
  const wild = (patterns: readonly string[] | undefined, at: ModelPath): Problem[] => {
    if (patterns?.length === 0)
      return [{ code: 'pull-secret-invalid', message: `${what}: ${at.at(-1)} names no namespace`, path: at }];
    return (patterns ?? []).flatMap((pattern, index) =>
      isExactPattern(pattern) ? [] : [say(pattern, [...at, index])],
    );
  };
  const excluded = exclude.flatMap(({ namespace = '*', serviceAccount, pullSecret = name }, index) =>
    serviceAccount === undefined && pullSecret === name && !isExactPattern(namespace)
      ? [say(namespace, ['exclude', index])]
      : [],
  );
  const problems = [
    ...wild(spec.for?.namespaces, [...path, 'for', 'namespaces']),
    ...wild(spec.allow, [...path, 'allow']),
    ...excluded,
  ];
  return problems.length > 0 || !isDisjoint(spec) ? problems : [selectsNothing(what, path)];
}

/** True where no namespace is in both lists. */
function isDisjoint({ allow, for: narrow }: PullSecretSpec): boolean {
  return allow !== undefined && narrow?.namespaces?.some((name) => allow.includes(name)) === false;
}

function selectsNothing(what: string, path: ModelPath): Problem {
  return {
    code: 'pull-secret-invalid',
    message: `${what}: \`for\` and \`allow\` leave no namespace`,
    path,
    hint: 'widen one of them, or remove the pull secret',
  };
}
