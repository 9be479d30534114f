import type { ModelPath, Problem } from '../problem/problem.js';
import { copySelection, regexList } from '../reach/copy-selection.js';
import { policyScope, type ScopedPullSecret } from '../reach/policy-scope.js';
import {
  type DistributionName,
  distributionOf,
  distributions,
  isCopied,
  originalOf,
} from '../vocabulary/distributions.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/** All annotations of an object hold 256 KiB together (apimachinery, `TotalAnnotationSizeLimitB`), and reflector is told twice. */
const maxLength = 100_000;

/** Problems of annotations that would copy further, and of a scope that reflector or kubernetes-replicator is to be told. */
export function checkCopies(
  what: string,
  pullSecret: ScopedPullSecret,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { distribution, spec } = pullSecret;
  if (!isCopied(pullSecret)) return [];
  const prefixes = Object.values(distributions).flatMap(({ annotationPrefix = [] }) => annotationPrefix);
  const own = Object.keys(spec.metadata?.annotations ?? {}).filter((key) =>
    prefixes.some((each) => key.startsWith(each)),
  );
  const problems = own.map((key) => ownAnnotation(what, key, distribution.name, path));
  const original = originalOf(pullSecret);
  if (distributionOf(pullSecret).scope !== 'namesOrLabels' || original === undefined) return problems;
  return [...problems, ...scopeProblems(what, pullSecret, original, exclude, path)];
}

/** What is worth knowing about a scope that is told as a label selector. */
export function copyWarnings(
  what: string,
  pullSecret: ScopedPullSecret,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { selectorWarning: reason } = distributionOf(pullSecret);
  const original = originalOf(pullSecret);
  if (reason === undefined || original === undefined) return [];
  const selection = copySelection(policyScope(pullSecret, [], exclude), original);
  if (!('selector' in selection)) return [];
  return [{ code: 'combination-warned', message: `${what}: ${reason}`, path }];
}

function scopeProblems(
  what: string,
  pullSecret: ScopedPullSecret,
  original: string,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const selection = copySelection(policyScope(pullSecret, [], exclude), original);
  if ('reason' in selection) {
    const message = `${what}: distribution ${pullSecret.distribution.name} cannot have this scope: ${selection.reason}`;
    return [{ code: 'pull-secret-invalid', message, path, hint: selection.hint }];
  }
  const { length } = 'names' in selection ? regexList(selection.names) : selection.selector;
  if (length <= maxLength) return [];
  return [
    {
      code: 'pull-secret-invalid',
      message: `${what}: the names of its namespaces are ${length} characters, more than an annotation should hold`,
      path,
      hint: 'use patterns with "*", or select the namespaces by `for.labels`',
    },
  ];
}

function ownAnnotation(what: string, key: string, distribution: DistributionName, path: ModelPath): Problem {
  return {
    code: 'metadata-invalid',
    message: `${what}: annotation ${key} would change where distribution ${distribution} copies it`,
    path: [...path, 'metadata', 'annotations', key],
    hint: 'remove it: `for`, `allow` and `exclude` say where',
  };
}
