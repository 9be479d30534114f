import { ImageReference } from '../image/image-reference.js';
import { durationSeconds } from '../names/duration.js';
import { subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { shownReason, words } from '../problem/shown.js';
import { policyScope, type ScopedPullSecret } from '../reach/policy-scope.js';
import type { PatcherSpec, ResourcesSpec } from '../vocabulary/patcher.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/**
 * Checks the options of distribution patcher, and a scope that the program cannot have.
 *
 * @param at the pull secret
 */
export function checkPatcher(
  pullSecret: ScopedPullSecret,
  options: PatcherSpec,
  exclude: readonly ExcludeSpec[],
  at: At,
): void {
  const ofOptions = at.key('distribution', 'patcher');
  checkScope(pullSecret, exclude, at);
  checkAccounts(options, ofOptions.key('serviceAccounts'));
  checkImage(options.image, ofOptions.key('image'));
  checkLoop(options.loopDuration, ofOptions.key('loopDuration'));
  checkResources(options.resources, ofOptions.key('resources'));
  if (options.managedOnly)
    ofOptions
      .key('managedOnly')
      .refuse(
        'option-refused',
        'managedOnly would stop rotation: the program then leaves out just the Secrets that it made (imagepullsecret-patcher#35)',
      );
  if (options.runOnce)
    ofOptions
      .key('runOnce')
      .refuse('option-refused', 'runOnce ends the program, which a Deployment starts again for ever');
}

/** Warns of what `force` does, whichever way it is set. */
export function warnOfPatcher({ force = true }: PatcherSpec, at: At): void {
  if (force)
    at.warn(
      'combination-warned',
      'imagepullsecret-patcher deletes a Secret of that name with another content and makes it anew, also one that somebody else made; for a moment there is none',
      'give the pull secret a name that nobody else uses',
    );
  else
    at.warn(
      'combination-warned',
      'without force, imagepullsecret-patcher leaves copies as they are: a credential that was rotated never arrives',
      'leave `force` out, or delete the copies after each rotation',
    );
}

/** It copies into every namespace but those that are named (imagepullsecret-patcher v0.14, main.go, exact names). */
function checkScope(pullSecret: ScopedPullSecret, exclude: readonly ExcludeSpec[], at: At): void {
  const { labels, patterns, except } = policyScope(pullSecret, [], exclude);
  if (Object.keys(labels).length > 0 || patterns.length > 0)
    return at.refuse(
      'scope-refused',
      'imagepullsecret-patcher copies into every namespace: it knows no `for` and no `allow`',
      'use distribution kyverno, reflector or replicator, or take namespaces away by `exclude`',
    );
  const wild = except.find((pattern) => pattern.includes('*'));
  if (wild !== undefined)
    return at.refuse(
      'scope-refused',
      words`imagepullsecret-patcher takes no patterns: ${wild} is excluded`,
      'exclude namespaces by their names, one entry for each',
    );
  const account = exclude.find(
    (each) => each.serviceAccount !== undefined && (each.pullSecret ?? pullSecret.name) === pullSecret.name,
  );
  if (account)
    at.refuse(
      'scope-refused',
      words`imagepullsecret-patcher cannot leave out service account ${account.serviceAccount} of one namespace`,
      'exclude the whole namespace, or name other accounts in `serviceAccounts`',
    );
}

function checkAccounts({ serviceAccounts, allServiceAccounts = false }: PatcherSpec, at: At): void {
  if (!serviceAccounts) return;
  if (allServiceAccounts)
    return at.refuse(
      'options-exclude-each-other',
      'allServiceAccounts reaches every account, so serviceAccounts would not count',
    );
  if (serviceAccounts.length === 0)
    at.refuse('scope-empty', 'serviceAccounts names none', 'leave it out for `default`, or name accounts');
  for (const [index, name] of serviceAccounts.entries()) {
    const error = name.includes('*') ? 'is a pattern, which the program does not know' : subdomainError(name);
    const hint = name.includes('*')
      ? 'allServiceAccounts: true, or the names one by one'
      : 'such as default or ci.builder, one entry for each';
    if (error) at.key(index).refuse('name-invalid', words`service account "${name}" ${error}`, words`${hint}`);
  }
}

function checkImage(image: string | undefined, at: At): void {
  if (image === undefined) return;
  const reference = ImageReference.tryParse(image);
  const hint = 'name a version, or a digest: quay.io/titansoft/imagepullsecret-patcher:v0.14';
  if ('error' in reference)
    at.refuse('image-not-pinned', words`image ${image} ${shownReason(reference.error, image)}`, hint);
  else if (reference.digest === undefined && (reference.tag ?? 'latest') === 'latest')
    at.refuse('image-not-pinned', words`image ${image} may be another program tomorrow`, hint);
}

/** A text that Go does not read would count as 10s (imagepullsecret-patcher v0.14, config_helper.go). */
function checkLoop(text: string | undefined, at: At): void {
  if (text === undefined || (durationSeconds(text) ?? 0) >= 1) return;
  const message = words`loopDuration "${text}" is no duration of a second or more`;
  at.refuse('duration-invalid', message);
}

/** apimachinery, pkg/api/resource: a number with an optional suffix. */
const quantity = /^\d+(?:\.\d+)?(?:m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][-+]?\d+)?$/;

function checkResources(resources: ResourcesSpec | undefined, at: At): void {
  for (const [part, quantities] of Object.entries(resources ?? {}))
    for (const [name, value] of Object.entries((quantities ?? {}) as Readonly<Record<string, string>>))
      if (!/^[a-z0-9./-]+$/.test(name) || !quantity.test(value))
        at.key(part, name).refuse('quantity-invalid', words`${part}: "${name}: ${value}" is no quantity of a resource`);
}
