import { isExactPattern } from '../names/namespace-pattern.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import type { ScopedPullSecret } from '../reach/policy-scope.js';
import { distributionOf } from '../vocabulary/distributions.js';
import type { ExcludeSpec, PullSecretSpec } from '../vocabulary/spec.js';

/**
 * Refuses a scope that labels cannot express, with distribution clusterExternalSecret: it has label selectors, and a
 * label with a namespace's name, but no patterns.
 *
 * @param exclude entries of the whole spec
 * @param at the pull secret
 */
export function checkSelectable(
  pullSecret: Pick<ScopedPullSecret, 'name' | 'distribution' | 'spec'>,
  exclude: readonly ExcludeSpec[],
  at: At,
): void {
  const { name, spec } = pullSecret;
  if (distributionOf(pullSecret).scope !== 'labels') return;
  const isWrong = at.hears(() => {
    checkNames('for', spec.for?.namespaces, at.key('for', 'namespaces'));
    checkNames('allow', spec.allow, at.key('allow'));
    for (const [index, { namespace = '*', serviceAccount, pullSecret = name }] of exclude.entries())
      if (serviceAccount === undefined && pullSecret === name) checkName(namespace, at.root('exclude', index));
  });
  if (!isWrong && isDisjoint(spec)) at.refuse('scope-empty', '`for` and `allow` leave no namespace');
}

function checkNames(key: string, patterns: readonly string[] | undefined, at: At): void {
  if (patterns?.length === 0)
    at.refuse('scope-empty', words`${key} names no namespace`, 'leave it out for every namespace, or name some');
  for (const [index, pattern] of (patterns ?? []).entries()) checkName(pattern, at.key(index));
}

function checkName(pattern: string, at: At): void {
  if (!isExactPattern(pattern))
    at.refuse(
      'scope-refused',
      words`a ClusterExternalSecret selects namespaces by labels, which "${pattern}" is not`,
      'name the namespaces one by one, or select them with for: { labels }',
    );
}

/** True where no namespace is in both lists. */
function isDisjoint({ allow, for: narrow }: PullSecretSpec): boolean {
  return allow !== undefined && narrow?.namespaces?.some((name) => allow.includes(name)) === false;
}
