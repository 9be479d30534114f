import type { ApiObject } from 'cdk8s';
import { secretKinds } from '../model/inventory/declared-object.js';
import type { Workload } from '../model/inventory/workload.js';
import { sortedUnique } from '../model/names/names.js';
import type { Need } from '../model/needs/need.js';
import { needs } from '../model/needs/needs.js';
import { workloadText } from '../model/needs/puller-text.js';
import type { ProblemCode } from '../model/problem/problem-codes.js';
import { words } from '../model/problem/shown.js';
import { attachmentOf } from '../model/vocabulary/attachments.js';
import { isCopied, isOnNodes } from '../model/vocabulary/distributions.js';
import { isAttached } from './attached.js';
import { labelsOf, namesOn } from './foreign-account.js';
import { gapOf } from './need-gap.js';
import { type PodObjects, podObjects, podsOf } from './pod-objects.js';
import type { ClusterScope } from './scopes.js';

/** Findings about an image of a private registry for which no pull secret can be attached. */
const withoutAccess: ReadonlySet<ProblemCode> = new Set([
  'pull-secret-missing',
  'pull-secret-ambiguous',
  'not-allowed',
]);

/** Where pods run whose object names no namespace, as kubectl applies it. */
const unstated = 'default';

/**
 * Messages about workloads of the app that nobody attached: those whose image needs a pull secret which neither their
 * own list nor their account has, by whatever way.
 */
export function unattachedMessages(cluster: ClusterScope): string[] {
  return cluster.foreign.whileStill(() =>
    podObjects(cluster, cluster.foreign.all(), unstated).namespaces.flatMap((pods) => {
      const objects = pods.objects.filter((object) => !isAttached(object));
      return objects.length === 0 ? [] : messagesIn(pods, objects);
    }),
  );
}

function messagesIn(pods: PodObjects, objects: readonly ApiObject[]): string[] {
  const { namespace } = pods;
  const { cluster } = namespace;
  const lacking = new Map<Workload, string[]>();
  const found = needs(podsOf(pods, objects), cluster.model(), { imports: false });
  for (const need of found.needs) {
    if (!('workload' in need.why) || isAnswered(need, namespace)) continue;
    const { workload } = need.why;
    lacking.set(workload, [...(lacking.get(workload) ?? []), need.pullSecret.name]);
  }
  return [
    ...found.findings.filter(({ code }) => withoutAccess.has(code)).map(({ message }) => message),
    ...[...lacking].map(([workload, names]) =>
      String(
        words`${workloadText(workload)} needs ${sortedUnique(names)} of cluster ${cluster.name}, and nobody attached it: cluster.attachAll(…), or attachFor of its namespace`,
      ),
    ),
  ];
}

/** True where the need is met without the workload having been attached. */
function isAnswered(need: Need, namespace: PodObjects['namespace']): boolean {
  const { pullSecret, registries } = need;
  if (isOnNodes(pullSecret) || registries.every(({ access }) => access === 'optional')) return true;
  const byPolicy = attachmentOf(pullSecret).purpose !== undefined;
  const place = { ...namespace, labelledAccount: (name: string) => accountOf(namespace, name) };
  if (gapOf(place, need, byPolicy)) return false;
  return isThere(need, namespace) && (!need.listed || byPolicy || isListed(need, namespace));
}

function isThere({ pullSecret }: Need, { name: namespace, cluster }: PodObjects['namespace']): boolean {
  const { name, source } = pullSecret;
  return (
    source.name === 'existing' ||
    isCopied(pullSecret) ||
    cluster.record.hasSecret(namespace, name) ||
    secretKinds.some((kind) => cluster.foreign.find(kind, namespace, name))
  );
}

/** A pod with a list of its own gets nothing from its account. */
function isListed({ pullSecret, serviceAccount, why }: Need, { name: namespace, cluster }: PodObjects['namespace']) {
  const own = 'workload' in why ? why.workload.pullSecrets.names : [];
  if (own.length > 0) return own.includes(pullSecret.name);
  const foreign = cluster.foreign.find('ServiceAccount', namespace, serviceAccount);
  const { pullSecrets = [], keep = [] } = cluster.record.account(namespace, serviceAccount) ?? {};
  return [...pullSecrets, ...keep, ...(foreign ? namesOn(foreign) : [])].includes(pullSecret.name);
}

function accountOf({ name: namespace, cluster }: PodObjects['namespace'], name: string) {
  const known = cluster.knownNamespace(namespace)?.labelledAccount(name);
  const foreign = cluster.foreign.find('ServiceAccount', namespace, name);
  return known ?? (foreign && { name, labels: labelsOf(foreign) });
}
