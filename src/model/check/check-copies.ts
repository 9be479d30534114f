import type { ModelPath, Problem } from '../problem/problem.js';
import { copySelection, regexList } from '../reach/copy-selection.js';
import { policyScope, type ScopedPullSecret } from '../reach/policy-scope.js';
import { type DistributionName, isCopied } from '../vocabulary/picks.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/** The prefixes of the annotations by which a source Secret tells each tool where it may be copied. */
export const copyAnnotationPrefixes: Readonly<Partial<Record<DistributionName, string>>> = {
  reflector: 'reflector.v1.k8s.emberstack.com/',
  replicator: 'replicator.v1.mittwald.de/',
};

/** All annotations of an object hold 256 KiB together (apimachinery, `TotalAnnotationSizeLimitB`), and reflector is told twice. */
const maxLength = 100_000;

/** Problems of annotations that would copy further, and of a scope that reflector or kubernetes-replicator is to be told. */
export function checkCopies(
  what: string,
  pullSecret: ScopedPullSecret,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { distribution, sourceNamespace, spec } = pullSecret;
  if (!isCopied(pullSecret)) return [];
  const prefixes = Object.values(copyAnnotationPrefixes);
  const own = Object.keys(spec.metadata?.annotations ?? {}).filter((key) =>
    prefixes.some((each) => key.startsWith(each)),
  );
  const problems = own.map((key) => ownAnnotation(what, key, distribution, path));
  if (copyAnnotationPrefixes[distribution] === undefined || sourceNamespace === undefined) return problems;
  return [...problems, ...scopeProblems(what, pullSecret, sourceNamespace, exclude, path)];
}

/** What is worth knowing about a scope that reflector is told as a label selector. */
export function copyWarnings(
  what: string,
  pullSecret: ScopedPullSecret,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { distribution, sourceNamespace } = pullSecret;
  if (distribution !== 'reflector' || sourceNamespace === undefined) return [];
  const selection = copySelection(policyScope(pullSecret, [], exclude), sourceNamespace);
  if (!('selector' in selection)) return [];
  const reason = 'reflector reads label selectors since kubernetes-reflector#620 (2026); an older one copies nowhere';
  return [{ code: 'combination-warned', message: `${what}: ${reason}`, path }];
}

function scopeProblems(
  what: string,
  pullSecret: ScopedPullSecret,
  sourceNamespace: string,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const selection = copySelection(policyScope(pullSecret, [], exclude), sourceNamespace);
  if ('reason' in selection) {
    const message = `${what}: distribution ${pullSecret.distribution} cannot have this scope: ${selection.reason}`;
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
