import { labelError, subdomainError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { overlapPairs, pullSecretNames, pullSecretOn } from '../vocabulary/cluster.js';
import type { GrantSpec, ImagePullSpec, NamespaceSpec } from '../vocabulary/spec.js';
import { labelProblems } from './check-labels.js';
import { checkMetadata, patternProblems } from './check-pull-secrets.js';
import { dangling } from './dangling.js';

/** Problems of everything that names something else: namespaces, grants, share, exclude, overlap, overrides. */
export function checkReferences(spec: ImagePullSpec): Problem[] {
  const everywhere = Object.keys(spec.pullSecrets ?? {});
  const pullSecrets = [...new Set(Object.keys(spec.clusters).flatMap((cluster) => pullSecretNames(spec, cluster)))];
  return [
    ...checkNamespaces(spec.namespaces, pullSecrets, ['namespaces']),
    ...checkGrants(spec.grants, Object.keys(spec.clusters), spec, ['grants']),
    ...Object.entries(spec.clusters).flatMap(([name, cluster]) => [
      ...checkNamespaces(cluster.namespaces, pullSecrets, ['clusters', name, 'namespaces']),
      ...checkGrants(cluster.grants, [name], spec, ['clusters', name, 'grants']),
      ...Object.keys(cluster.pullSecrets ?? {}).flatMap((each) =>
        pullSecretOn(spec, name, each)
          ? []
          : [dangling('pull secret', each, everywhere, ['clusters', name, 'pullSecrets', each])],
      ),
    ]),
    ...checkShare(spec),
    ...checkExclude(spec, pullSecrets),
    ...checkOverlap(spec, pullSecrets),
  ];
}

/** Problems of needs said by hand. */
export function checkNamespaces(
  namespaces: Readonly<Record<string, NamespaceSpec>> | undefined,
  pullSecrets: readonly string[],
  path: ModelPath,
): Problem[] {
  return Object.entries(namespaces ?? {}).flatMap(([name, namespace]) => {
    const at = [...path, name];
    const accounts = Object.entries(namespace.serviceAccounts ?? {});
    return [
      ...nameProblem('namespace', name, labelError(name), at),
      ...folderProblem(name, namespace.folder, [...at, 'folder']),
      ...danglingItems('pull secret', namespace.pullSecrets, pullSecrets, [...at, 'pullSecrets']),
      ...labelProblems(namespace.labels, [...at, 'labels']),
      ...accounts.flatMap(([account, accountSpec]) => [
        ...nameProblem('service account', account, subdomainError(account), [...at, 'serviceAccounts', account]),
        ...danglingItems('pull secret', accountSpec.pullSecrets, pullSecrets, [
          ...at,
          'serviceAccounts',
          account,
          'pullSecrets',
        ]),
        ...checkMetadata(accountSpec.metadata, [...at, 'serviceAccounts', account, 'metadata']),
        ...(accountSpec.keep ?? []).flatMap((keep, index) =>
          nameProblem('kept name', keep, subdomainError(keep), [...at, 'serviceAccounts', account, 'keep', index]),
        ),
      ]),
    ];
  });
}

/** A folder of the repository in plain words: no pattern, and none that Git or a package manager owns. */
function folderProblem(namespace: string, folder: string | undefined, path: ModelPath): Problem[] {
  if (folder === undefined) return [];
  const parts = folder.split('/');
  const isPlain = /^[\w. +@-]+(?:\/[\w. +@-]+)*$/.test(folder) && !folder.startsWith('~');
  const isOwned = parts.some((part) => part === '.git' || part === 'node_modules');
  const staysPlain = parts.every(
    (part, index) => part !== '..' || parts.slice(0, index).every((each) => each === '..'),
  );
  if (isPlain && !isOwned && staysPlain) return [];
  return [
    {
      code: 'name-invalid',
      message: `the folder of namespace ${namespace} is no plain relative path of a folder`,
      path,
      hint: 'such as apps/team-a, relative to the config and without "/" at either end',
    },
  ];
}

function checkGrants(
  grants: readonly GrantSpec[] | undefined,
  clusters: readonly string[],
  spec: ImagePullSpec,
  path: ModelPath,
): Problem[] {
  if (grants?.length && !clusters.some((cluster) => spec.clusters[cluster]?.openshift !== undefined)) {
    return [{ code: 'grant-invalid', message: 'grants are for OpenShift: no cluster here states `openshift`', path }];
  }
  return (grants ?? []).flatMap((grant, index) => {
    const at = [...path, index];
    const same: Problem[] =
      grant.from === grant.to
        ? [
            {
              code: 'grant-invalid',
              message: `grant from ${grant.from} to itself: a namespace may always pull its own images`,
              path: at,
            },
          ]
        : [];
    return [
      ...nameProblem('namespace', grant.from, labelError(grant.from), [...at, 'from']),
      ...nameProblem('namespace', grant.to, labelError(grant.to), [...at, 'to']),
      ...same,
      ...(grant.serviceAccounts ?? []).flatMap((account, i) =>
        nameProblem('service account', account, subdomainError(account), [...at, 'serviceAccounts', i]),
      ),
    ];
  });
}

function checkShare(spec: ImagePullSpec): Problem[] {
  return Object.entries(spec.share ?? {}).flatMap(([namespace, patterns]) => [
    ...nameProblem('namespace', namespace, labelError(namespace), ['share', namespace]),
    ...patternProblems(patterns, ['share', namespace]),
  ]);
}

function checkExclude(spec: ImagePullSpec, pullSecrets: readonly string[]): Problem[] {
  return (spec.exclude ?? []).flatMap((exclude, index) => [
    ...(Object.values(exclude).every((part) => part === undefined)
      ? [
          {
            code: 'exclude-invalid' as const,
            message: 'an empty exclude would take every need away',
            path: ['exclude', index],
          },
        ]
      : []),
    ...patternProblems(exclude.namespace === undefined ? [] : [exclude.namespace], ['exclude', index, 'namespace']).map(
      (problem) => ({
        ...problem,
        path: ['exclude', index, 'namespace'],
      }),
    ),
    ...danglingItems('pull secret', exclude.pullSecret === undefined ? [] : [exclude.pullSecret], pullSecrets, [
      'exclude',
      index,
    ]),
  ]);
}

function checkOverlap(spec: ImagePullSpec, pullSecrets: readonly string[]): Problem[] {
  const entries = (spec.overlap ?? []) as readonly (string | readonly string[])[];
  if (entries.length === 0) return [];
  const texts = entries.filter((entry) => typeof entry === 'string').length;
  const lists = texts === entries.length ? [entries] : entries;
  if ((texts > 0 && texts < entries.length) || lists.some((list) => list.length !== 2)) {
    return [
      {
        code: 'overlap-invalid',
        message: 'overlap is two pull secrets, or a list of such pairs',
        path: ['overlap'],
        hint: 'overlap: [first, second]',
      },
    ];
  }
  return overlapPairs(spec.overlap).flatMap(([first, second]) => [
    ...danglingItems('pull secret', [first, second], pullSecrets, ['overlap']),
    ...(first === second
      ? [{ code: 'overlap-invalid' as const, message: `overlap names ${first} twice`, path: ['overlap'] }]
      : []),
  ]);
}

/** A name that cannot be what it is for, by the reason that is given. */
export function nameProblem(what: string, name: string, error: string | undefined, path: ModelPath): Problem[] {
  return error ? [{ code: 'name-invalid', message: `${what} "${name}" ${error}`, path }] : [];
}

function danglingItems(
  what: string,
  names: readonly string[] | undefined,
  known: readonly string[],
  path: ModelPath,
): Problem[] {
  return (names ?? []).flatMap((name, index) =>
    known.includes(name) ? [] : [dangling(what, name, known, [...path, index])],
  );
}
