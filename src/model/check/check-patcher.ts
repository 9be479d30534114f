import { ImageReference } from '../image/image-reference.js';
import { durationSeconds } from '../names/duration.js';
import { subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { policyScope, type ScopedPullSecret } from '../reach/policy-scope.js';
import type { PatcherSpec, ResourcesSpec } from '../vocabulary/patcher.js';
import type { ExcludeSpec } from '../vocabulary/spec.js';

/** Problems of the options of distribution patcher, and of a scope that the program cannot have. */
export function checkPatcher(
  what: string,
  pullSecret: ScopedPullSecret,
  options: PatcherSpec,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const at = [...path, 'distribution', 'patcher'];
  return [
    ...scopeProblems(what, pullSecret, exclude, path),
    ...accountProblems(what, options, at),
    ...imageProblems(what, options.image, at),
    ...durationProblems(what, options.loopDuration, at),
    ...resourceProblems(what, options.resources, at),
    ...refusedSettings(what, options, at),
  ];
}

/** What is worth knowing about `force`, whichever way it is set. */
export function patcherWarnings(what: string, { force = true }: PatcherSpec, path: ModelPath): Problem[] {
  const reason = force
    ? 'imagepullsecret-patcher deletes a Secret of that name with another content and makes it anew, also one that somebody else made; for a moment there is none'
    : 'without force, imagepullsecret-patcher leaves copies as they are: a credential that was rotated never arrives';
  return [{ code: 'combination-warned', message: `${what}: ${reason}`, path }];
}

/** It copies into every namespace but those that are named (imagepullsecret-patcher v0.14, main.go, exact names). */
function scopeProblems(
  what: string,
  pullSecret: ScopedPullSecret,
  exclude: readonly ExcludeSpec[],
  path: ModelPath,
): Problem[] {
  const { labels, patterns, except } = policyScope(pullSecret, [], exclude);
  const problem = (reason: string, hint: string): Problem[] => [
    { code: 'pull-secret-invalid', message: `${what}: imagepullsecret-patcher ${reason}`, path, hint },
  ];
  if (Object.keys(labels).length > 0 || patterns.length > 0) {
    return problem(
      'copies into every namespace: it knows no `for` and no `allow`',
      'use distribution kyverno, reflector or replicator, or take namespaces away by `exclude`',
    );
  }
  const wild = except.find((pattern) => pattern.includes('*'));
  if (wild !== undefined)
    return problem(`takes no patterns: ${wild} is excluded`, 'exclude namespaces by their names, one entry for each');
  const account = exclude.find(
    (each) => each.serviceAccount !== undefined && (each.pullSecret ?? pullSecret.name) === pullSecret.name,
  );
  return account
    ? problem(
        `cannot leave out service account ${account.serviceAccount} of one namespace`,
        'exclude the whole namespace, or name other accounts in `serviceAccounts`',
      )
    : [];
}

function accountProblems(
  what: string,
  { serviceAccounts, allServiceAccounts = false }: PatcherSpec,
  path: ModelPath,
): Problem[] {
  const at = [...path, 'serviceAccounts'];
  if (!serviceAccounts) return [];
  if (allServiceAccounts) {
    const message = `${what}: allServiceAccounts reaches every account, so serviceAccounts would not count`;
    return [{ code: 'pull-secret-invalid', message, path: at, hint: 'give one of the two' }];
  }
  if (serviceAccounts.length === 0)
    return [{ code: 'pull-secret-invalid', message: `${what}: serviceAccounts names none`, path: at }];
  return serviceAccounts.flatMap((name, index): Problem[] => {
    const error = name.includes('*') ? 'is a pattern, which the program does not know' : subdomainError(name);
    const hint = name === '*' ? { hint: 'allServiceAccounts: true' } : {};
    const message = `${what}: service account "${name}" ${error}`;
    return error ? [{ code: 'name-invalid', message, path: [...at, index], ...hint }] : [];
  });
}

function imageProblems(what: string, image: string | undefined, path: ModelPath): Problem[] {
  if (image === undefined) return [];
  const at = [...path, 'image'];
  const reference = ImageReference.tryParse(image);
  if ('error' in reference)
    return [{ code: 'pull-secret-invalid', message: `${what}: image ${image} ${reference.error}`, path: at }];
  if (reference.digest !== undefined || (reference.tag !== undefined && reference.tag !== 'latest')) return [];
  return [
    {
      code: 'pull-secret-invalid',
      message: `${what}: image ${image} may be another program tomorrow`,
      path: at,
      hint: 'name a version, or a digest',
    },
  ];
}

/** A text that Go does not read would count as 10s (imagepullsecret-patcher v0.14, config_helper.go). */
function durationProblems(what: string, text: string | undefined, path: ModelPath): Problem[] {
  if (text === undefined || (durationSeconds(text) ?? 0) >= 1) return [];
  const message = `${what}: loopDuration "${text}" is no duration of a second or more`;
  return [{ code: 'pull-secret-invalid', message, path: [...path, 'loopDuration'], hint: 'such as 30s or 5m' }];
}

/** apimachinery, pkg/api/resource: a number with an optional suffix. */
const quantity = /^\d+(?:\.\d+)?(?:m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][-+]?\d+)?$/;

function resourceProblems(what: string, resources: ResourcesSpec | undefined, path: ModelPath): Problem[] {
  return Object.entries(resources ?? {}).flatMap(([part, quantities]) =>
    Object.entries((quantities ?? {}) as Readonly<Record<string, string>>).flatMap(([name, value]): Problem[] => {
      if (/^[a-z0-9./-]+$/.test(name) && quantity.test(value)) return [];
      return [
        {
          code: 'pull-secret-invalid',
          message: `${what}: ${part}: "${name}: ${value}" is no quantity of a resource`,
          path: [...path, 'resources', part, name],
          hint: 'such as memory: 64Mi or cpu: 100m',
        },
      ];
    }),
  );
}

function refusedSettings(what: string, { managedOnly, runOnce }: PatcherSpec, path: ModelPath): Problem[] {
  const refused = (key: string, why: string): Problem => ({
    code: 'pull-secret-invalid',
    message: `${what}: ${key} ${why}`,
    path: [...path, key],
    hint: 'leave it out',
  });
  return [
    ...(managedOnly
      ? [
          refused(
            'managedOnly',
            'would stop rotation: the program then leaves out just the Secrets that it made (imagepullsecret-patcher#35)',
          ),
        ]
      : []),
    ...(runOnce ? [refused('runOnce', 'ends the program, which a Deployment starts again for ever')] : []),
  ];
}
