import { labelError, subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { excessLength } from '../reach/delivery-names.js';
import { accountsOf } from '../vocabulary/attachments.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { distributionOf, isCopied, originalOf } from '../vocabulary/distributions.js';
import type { PatcherSpec } from '../vocabulary/patcher.js';
import { hubOf } from '../vocabulary/sources.js';
import type { ExcludeSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { checkCopies } from './check-copies.js';
import { labelProblems } from './check-labels.js';
import { checkPatcher } from './check-patcher.js';
import { checkSelectable } from './check-selectable.js';

/** A pull secret with its choices on one cluster. */
export type PickedPullSecret = Omit<ClusterPullSecret, 'registries'>;

/**
 * Problems of the options of a distribution and an attachment. They are said at the pull secret, which is where they
 * count, also where its cluster makes the choice.
 *
 * @param options those of distribution patcher, as they were given
 */
export function checkPicks(
  what: string,
  pullSecret: PickedPullSecret,
  options: PatcherSpec,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { spec } = pullSecret;
  const accounts = accountsOf(pullSecret);
  const isPatcher = distributionOf(pullSecret).scope === 'allBut';
  // With a hub and one object per namespace, the hub's own may have one too.
  const hub = isCopied(pullSecret) ? hubOf(pullSecret) : undefined;
  const origin = originalOf(pullSecret) ?? hub?.namespace;
  const ofSource = origin === undefined ? [] : sourceProblems(what, origin, spec, path);
  return [
    ...nameProblems(what, pullSecret, path),
    ...(ofSource.length > 0 ? ofSource : checkCopies(what, pullSecret, exclude, path)),
    ...checkSelectable(what, pullSecret, exclude, path),
    ...(isPatcher ? checkPatcher(what, pullSecret, options, exclude, path) : []),
    ...(accounts && !isPatcher ? accountProblems(what, accounts.patterns, path) : []),
    ...labelProblems(accounts?.labels, [...path, 'attachment', 'labels']),
  ];
}

function nameProblems(what: string, pullSecret: PickedPullSecret, path: ModelPath): Problem[] {
  const { labels, names } = excessLength(pullSecret, pullSecret.name);
  const excess = labels > 0 ? labels : names;
  if (excess === 0) return [];
  return [
    {
      code: 'name-invalid',
      message: `${what}: ${labels > 0 ? labelText(pullSecret) : 'the names of what it brings along would be longer than 253 characters'}`,
      path,
      hint: `shorten the name of the pull secret by ${excess}`,
    },
  ];
}

function labelText(pullSecret: PickedPullSecret): string {
  return distributionOf(pullSecret).delivery?.kind === 'Deployment'
    ? 'the name of its Deployment would be longer than 63 characters, which label its pods'
    : 'the names of its policies would be longer than 63 characters, which Kyverno writes into a label';
}

function sourceProblems(what: string, namespace: string, spec: PullSecretSpec, path: ModelPath): Problem[] {
  const error = labelError(namespace);
  const at = [...path, 'distribution'];
  if (error) return [{ code: 'name-invalid', message: `${what}: source namespace "${namespace}" ${error}`, path: at }];
  const { namespaces = [] } = spec.for ?? {};
  if (namespaces.length > 0 && namespaces.every((pattern) => pattern === namespace)) {
    return [
      {
        code: 'pull-secret-invalid',
        message: `${what}: \`for\` names only ${namespace}, the namespace of the source, which gets no copy`,
        path: [...path, 'for', 'namespaces'],
        hint: 'name the namespaces that need it, or give the source another namespace',
      },
    ];
  }
  return [];
}

function accountProblems(what: string, patterns: readonly string[], path: ModelPath): Problem[] {
  const at = [...path, 'attachment', 'serviceAccounts'];
  if (patterns.length === 0)
    return [{ code: 'pull-secret-invalid', message: `${what}: serviceAccounts names none`, path: at }];
  return patterns.flatMap((pattern): Problem[] => {
    const error = pattern === '' ? 'is empty' : subdomainError(pattern.replaceAll('*', 'x'));
    return error ? [{ code: 'name-invalid', message: `${what}: service account "${pattern}" ${error}`, path: at }] : [];
  });
}
