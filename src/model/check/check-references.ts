import { labelError, subdomainError } from '../names/names.js';
import { namespacePatternError } from '../names/namespace-pattern.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { overlapPairs, pullSecretNames, pullSecretOn } from '../vocabulary/cluster.js';
import type { ExcludeSpec, GrantSpec, ImagePullSpec, NamespaceSpec } from '../vocabulary/spec.js';
import { checkLabels } from './check-labels.js';
import { checkMetadata, checkPatterns } from './check-pull-secrets.js';

/** Checks everything that names something else: namespaces, grants, share, exclude, overlap, overrides. */
export function checkReferences(spec: ImagePullSpec, root: At): void {
  const everywhere = Object.keys(spec.pullSecrets ?? {});
  const clusters = Object.keys(spec.clusters);
  const pullSecrets = [...new Set(clusters.flatMap((cluster) => pullSecretNames(spec, cluster)))];
  checkNamespaces(spec.namespaces, pullSecrets, root.key('namespaces'));
  checkGrants(spec.grants, clusters, spec, root.key('grants'));
  for (const [name, cluster] of Object.entries(spec.clusters)) {
    const at = root.key('clusters', name);
    checkNamespaces(cluster.namespaces, pullSecrets, at.key('namespaces'));
    checkGrants(cluster.grants, [name], spec, at.key('grants'));
    for (const each of Object.keys(cluster.pullSecrets ?? {}))
      if (!pullSecretOn(spec, name, each)) at.key('pullSecrets', each).dangling('pull secret', each, everywhere);
  }
  checkShare(spec.share, root.key('share'));
  for (const [index, exclude] of (spec.exclude ?? []).entries())
    checkExclude(exclude, pullSecrets, root.key('exclude', index));
  checkOverlap(spec, pullSecrets, root.key('overlap'));
}

/** Checks needs said by hand. */
export function checkNamespaces(
  namespaces: Readonly<Record<string, NamespaceSpec>> | undefined,
  pullSecrets: readonly string[],
  at: At,
): void {
  for (const [name, namespace] of Object.entries(namespaces ?? {}))
    checkNamespace(name, namespace, pullSecrets, at.key(name));
}

function checkNamespace(name: string, namespace: NamespaceSpec, pullSecrets: readonly string[], at: At): void {
  at.name('namespace', name, labelError(name));
  if (namespace.folder !== undefined) checkFolder(name, namespace.folder, at.key('folder'));
  at.key('pullSecrets').danglingItems('pull secret', namespace.pullSecrets, pullSecrets);
  checkOnList(namespace, at);
  checkLabels(namespace.labels, at.key('labels'));
  for (const [account, accountSpec] of Object.entries(namespace.serviceAccounts ?? {})) {
    const ofAccount = at.key('serviceAccounts', account);
    ofAccount.name('service account', account, subdomainError(account));
    ofAccount.key('pullSecrets').danglingItems('pull secret', accountSpec.pullSecrets, pullSecrets);
    checkOnList(accountSpec, ofAccount);
    checkMetadata(accountSpec.metadata, ofAccount.key('metadata'));
    checkAccounts('kept name', accountSpec.keep, ofAccount.key('keep'));
  }
}

/** Checks `onList`: what is on no list is named beside it, and what images need is on lists anyway. */
function checkOnList({ pullSecrets = [], onList }: Pick<NamespaceSpec, 'pullSecrets' | 'onList'>, at: At): void {
  if (onList === false && pullSecrets.length === 0)
    at.key('onList').warn('on-list-idle', '`onList: false` is about the `pullSecrets` beside it, and there are none');
}

/** A folder of the repository in plain words: no pattern, and none that Git or a package manager owns. */
function checkFolder(namespace: string, folder: string, at: At): void {
  const parts = folder.split('/');
  const isPlain = /^[\w. +@-]+(?:\/[\w. +@-]+)*$/.test(folder) && !folder.startsWith('~');
  const isOwned = parts.some((part) => part === '.git' || part === 'node_modules');
  const staysPlain = parts.every(
    (part, index) => part !== '..' || parts.slice(0, index).every((each) => each === '..'),
  );
  if (!isPlain || isOwned || !staysPlain)
    at.refuse(
      'name-invalid',
      words`the folder of namespace ${namespace} is no plain relative path of a folder`,
      'such as apps/team-a, relative to the config and without "/" at either end',
    );
}

function checkGrants(
  grants: readonly GrantSpec[] | undefined,
  clusters: readonly string[],
  spec: ImagePullSpec,
  at: At,
): void {
  if (grants?.length && !clusters.some((cluster) => spec.clusters[cluster]?.openshift !== undefined))
    return at.refuse(
      'platform-mismatch',
      'grants are for OpenShift: no cluster here states `openshift`',
      'openshift: "4.20" on the cluster, or leave the grants out',
    );
  for (const [index, grant] of (grants ?? []).entries()) checkGrant(grant, at.key(index));
}

function checkGrant({ from, to, serviceAccounts }: GrantSpec, at: At): void {
  at.key('from').name('namespace', from, labelError(from));
  at.key('to').name('namespace', to, labelError(to));
  if (from === to)
    at.refuse('grant-invalid', words`grant from ${from} to itself: a namespace may always pull its own images`);
  checkAccounts('service account', serviceAccounts, at.key('serviceAccounts'));
}

function checkAccounts(what: string, names: readonly string[] | undefined, at: At): void {
  for (const [index, name] of (names ?? []).entries()) at.key(index).name(what, name, subdomainError(name));
}

function checkShare(share: ImagePullSpec['share'], at: At): void {
  for (const [namespace, patterns] of Object.entries(share ?? {})) {
    at.key(namespace).name('namespace', namespace, labelError(namespace));
    checkPatterns(patterns, at.key(namespace));
  }
}

function checkExclude(exclude: ExcludeSpec, pullSecrets: readonly string[], at: At): void {
  const { namespace, pullSecret } = exclude;
  if (Object.values(exclude).every((part) => part === undefined))
    at.refuse('exclude-invalid', 'an empty exclude would take every need away');
  if (namespace !== undefined) at.key('namespace').name('pattern', namespace, namespacePatternError(namespace));
  if (pullSecret !== undefined && !pullSecrets.includes(pullSecret))
    at.key('pullSecret').dangling('pull secret', pullSecret, pullSecrets);
}

function checkOverlap({ overlap }: ImagePullSpec, pullSecrets: readonly string[], at: At): void {
  const entries = (overlap ?? []) as readonly (string | readonly string[])[];
  const texts = entries.filter((entry) => typeof entry === 'string').length;
  const lists = texts === entries.length ? [entries] : entries;
  if (entries.length === 0) return;
  if ((texts > 0 && texts < entries.length) || lists.some((list) => list.length !== 2))
    return at.refuse('overlap-invalid', 'overlap is two pull secrets, or a list of such pairs');
  for (const [first, second] of overlapPairs(overlap)) {
    at.danglingItems('pull secret', [first, second], pullSecrets);
    if (first === second) at.refuse('overlap-invalid', words`overlap names ${first} twice`);
  }
}
