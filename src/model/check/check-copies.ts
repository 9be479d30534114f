import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { copySelection, regexList } from '../reach/copy-selection.js';
import { policyScope, type ScopedPullSecret } from '../reach/policy-scope.js';
import { distributionOf, distributions, isCopied, originalOf } from '../vocabulary/distributions.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/** All annotations of an object hold 256 KiB together (apimachinery, `TotalAnnotationSizeLimitB`), and reflector is told twice. */
const maxLength = 100_000;

/** Refuses annotations that would copy further, and a scope that reflector or kubernetes-replicator cannot be told. */
export function checkCopies(pullSecret: ScopedPullSecret, exclude: readonly ExcludeSpec[], at: At): void {
  const { distribution, spec } = pullSecret;
  if (!isCopied(pullSecret)) return;
  const prefixes = Object.values(distributions).flatMap(({ annotationPrefix = [] }) => annotationPrefix);
  for (const key of Object.keys(spec.metadata?.annotations ?? {}))
    if (prefixes.some((prefix) => key.startsWith(prefix)))
      at.key('metadata', 'annotations', key).refuse(
        'metadata-reserved',
        words`annotation ${key} would change where distribution ${distribution.name} copies it`,
        'remove it: `for`, `allow` and `exclude` say where',
      );
  const original = originalOf(pullSecret);
  if (distributionOf(pullSecret).scope === 'namesOrLabels' && original !== undefined)
    checkScope(pullSecret, original, exclude, at);
}

/** Warns of a scope that is told as a label selector, and of one that is every namespace. */
export function warnOfCopies(pullSecret: ScopedPullSecret, exclude: readonly ExcludeSpec[], at: At): void {
  if (isCopied(pullSecret) && isUnlimited(pullSecret))
    at.warn(
      'scope-unlimited',
      words`distribution ${pullSecret.distribution.name} copies it into every namespace, whoever may read Secrets there`,
      'say where it may be: for: { namespaces: ["team-*"] }, or allow: ["team-*"]',
    );
  const { selectorWarning } = distributionOf(pullSecret);
  const original = originalOf(pullSecret);
  if (selectorWarning === undefined || original === undefined) return;
  if ('selector' in copySelection(policyScope(pullSecret, [], exclude), original))
    at.warn(
      'combination-warned',
      words`${selectorWarning}`,
      'use a newer one, or name the namespaces in `for.namespaces`',
    );
}

function isUnlimited({ spec }: ScopedPullSecret): boolean {
  const { namespaces, labels } = spec.for ?? {};
  return namespaces === undefined && labels === undefined && spec.allow === undefined;
}

function checkScope(pullSecret: ScopedPullSecret, original: string, exclude: readonly ExcludeSpec[], at: At): void {
  const selection = copySelection(policyScope(pullSecret, [], exclude), original);
  if ('reason' in selection)
    return at.refuse(
      'scope-refused',
      words`distribution ${pullSecret.distribution.name} cannot have this scope: ${selection.reason}`,
      words`${selection.hint}`,
    );
  const { length } = 'names' in selection ? regexList(selection.names) : selection.selector;
  if (length > maxLength)
    at.refuse(
      'scope-refused',
      words`the names of its namespaces are ${length} characters, more than an annotation should hold`,
      'use patterns with "*", or select the namespaces by `for.labels`',
    );
}
