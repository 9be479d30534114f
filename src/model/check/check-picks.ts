import { labelError, subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { excessLength } from '../reach/delivery-names.js';
import { accountsOf } from '../vocabulary/attachments.js';
import type { ClusterPullSecret } from '../vocabulary/cluster.js';
import { distributionOf, isCopied, originalOf } from '../vocabulary/distributions.js';
import type { PatcherSpec } from '../vocabulary/patcher.js';
import { hubOf } from '../vocabulary/sources.js';
import type { ExcludeSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { checkCopies } from './check-copies.js';
import { checkLabels } from './check-labels.js';
import { checkPatcher } from './check-patcher.js';
import { checkSelectable } from './check-selectable.js';

/** A pull secret with its choices on one cluster. */
export type PickedPullSecret = Omit<ClusterPullSecret, 'registries'>;

/**
 * Checks the options of a distribution and an attachment. What is wrong is said at the pull secret, which is where they
 * count, also where its cluster makes the choice.
 *
 * @param options those of distribution patcher, as they were given
 */
export function checkPicks(
  pullSecret: PickedPullSecret,
  options: PatcherSpec,
  exclude: readonly ExcludeSpec[],
  at: At,
): void {
  const { spec } = pullSecret;
  const accounts = accountsOf(pullSecret);
  // With a hub and one object per namespace, the hub's own may have one too.
  const hub = isCopied(pullSecret) ? hubOf(pullSecret) : undefined;
  const origin = originalOf(pullSecret) ?? hub?.namespace;
  checkLength(pullSecret, at);
  const isWrong = at.hears(() => {
    if (origin !== undefined) checkSource(origin, spec, at);
  });
  if (!isWrong) checkCopies(pullSecret, exclude, at);
  checkSelectable(pullSecret, exclude, at);
  if (distributionOf(pullSecret).scope === 'allBut') checkPatcher(pullSecret, options, exclude, at);
  else if (accounts) checkAccounts(accounts.patterns, at.key('attachment', 'serviceAccounts'));
  checkLabels(accounts?.labels, at.key('attachment', 'labels'));
}

function checkLength(pullSecret: PickedPullSecret, at: At): void {
  const { labels, names } = excessLength(pullSecret, pullSecret.name);
  const hint = words`shorten the name of the pull secret by ${labels > 0 ? labels : names}`;
  if (labels > 0 && distributionOf(pullSecret).delivery?.kind === 'Deployment')
    at.refuse(
      'name-invalid',
      'the name of its Deployment would be longer than 63 characters, which label its pods',
      hint,
    );
  else if (labels > 0)
    at.refuse(
      'name-invalid',
      'the names of its policies would be longer than 63 characters, which Kyverno writes into a label',
      hint,
    );
  else if (names > 0)
    at.refuse('name-invalid', 'the names of what it brings along would be longer than 253 characters', hint);
}

function checkSource(namespace: string, spec: PullSecretSpec, at: At): void {
  const error = labelError(namespace);
  if (error) return at.key('distribution').name('source namespace', namespace, error);
  const { namespaces = [] } = spec.for ?? {};
  if (namespaces.length > 0 && namespaces.every((pattern) => pattern === namespace))
    at.key('for', 'namespaces').refuse(
      'scope-empty',
      words`\`for\` names only ${namespace}, the namespace of the source, which gets no copy`,
      'name the namespaces that need it, or give the source another namespace',
    );
}

function checkAccounts(patterns: readonly string[], at: At): void {
  if (patterns.length === 0)
    at.refuse('scope-empty', 'serviceAccounts names none', 'leave it out for `default`, or name accounts or patterns');
  for (const pattern of patterns)
    at.name('service account', pattern, pattern === '' ? 'is empty' : subdomainError(pattern.replaceAll('*', 'x')));
}
