import { type Words, words } from '../../problem/shown.js';
import { isOwnCluster, ownCluster } from '../cluster-match.js';
import type { KnownCluster } from '../known-cluster.js';
import { isMap } from '../merged-values.js';
import { ExpansionFault } from '../template/expansion-fault.js';
import { normalized } from '../template/go-template-functions.js';
import { isEmpty, type Parameters } from '../template/parameters.js';
import type { GeneratorContext } from './generator-context.js';
import { withValues } from './generator-values.js';
import { selects } from './parameter-selector.js';

type Texts = Readonly<Record<string, string>>;

/** A label that Argo CD knows the Secrets of clusters by. */
const ownLabel: Texts = { 'argocd.argoproj.io/secret-type': 'cluster' };

/**
 * The parameters of a cluster generator: one set for each cluster of the config that its selector takes, and one for the
 * cluster of Argo CD itself, which has no Secret where nothing is said of its labels.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/applicationset/generators/cluster.go
 */
export function clusterParameters(generator: Parameters, context: GeneratorContext): Parameters[] {
  const { selector, flatList, values } = generator;
  const { clusters } = context;
  if (clusters.every(({ labels }) => labels === undefined))
    throw unknown(words`has the generator clusters, which asks for the clusters that Argo CD knows`);
  const withSecret = clusters.filter((cluster) => Object.keys(labelsOf(cluster)).length > 0 || !isOwnCluster(cluster));
  const isAsking = isMap(selector) && !Object.values(selector).every(isEmpty);
  const taken = withSecret.filter((each) =>
    selects(selector, new Map(Object.entries({ ...each.labels, ...ownLabel }))),
  );
  const isWithOwn = !isAsking && !withSecret.some(isOwnCluster);
  if (taken.length === 0 && !isWithOwn)
    throw unknown(words`has the generator clusters, whose selector takes no cluster of the config`);
  const own = { ...ownCluster, nameNormalized: ownCluster.name, project: '' };
  const all = [...taken.map((cluster) => parametersOf(cluster, context)), ...(isWithOwn ? [own] : [])];
  const given = all.map((parameters) => withValues(parameters, values, context));
  return flatList === true ? [{ clusters: given }] : given;
}

function unknown(what: Words): ExpansionFault {
  return ExpansionFault.of(
    'generator-needs-cluster',
    what,
    'say how Argo CD knows each cluster: match: { name: …, server: …, labels: { … } }',
  );
}

function labelsOf({ labels, called }: KnownCluster): Texts {
  if (labels) return labels;
  throw ExpansionFault.of(
    'generator-needs-cluster',
    words`has the generator clusters, and nothing says which labels ${called} has in Argo CD`,
    words`write those of its Secret, or {} where it has none: clusters: { ${called}: { match: { labels: { … } } } }`,
  );
}

function parametersOf(cluster: KnownCluster, { isGo, actions }: GeneratorContext): Parameters {
  const { name, server, annotations = {} } = isOwnCluster(cluster) ? { ...ownCluster, ...cluster } : cluster;
  const labels = { ...cluster.labels, ...ownLabel };
  const uses = (pattern: RegExp) => actions.some((action) => pattern.test(action));
  if (name === undefined && uses(/\bname(?:Normalized)?\b/)) throw unsaid(cluster, 'name');
  if (server === undefined && uses(/\bserver\b/)) throw unsaid(cluster, 'server');
  for (const [part, key] of actions.flatMap(metadataIn))
    if (!Object.hasOwn(part === 'labels' ? labels : annotations, key)) throw unsaid(cluster, part, key);
  const metadata = { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
  return {
    ...(name !== undefined && { name, nameNormalized: normalized(name) }),
    ...(server !== undefined && { server }),
    project: '',
    ...(isGo ? { metadata } : flatMetadata(metadata)),
  };
}

/** The labels and annotations of clusters that an action asks for. */
function metadataIn(action: string): (readonly [part: string, key: string])[] {
  const asked = /\bmetadata\.(labels|annotations)(?:\.([^\s|()]+)|\s+["`]([^"`]+)["`])/g;
  return [...action.matchAll(asked)].map(([, part = '', plain, quoted]) => [part, plain ?? quoted ?? ''] as const);
}

function unsaid({ called }: KnownCluster, part: string, key?: string): ExpansionFault {
  const field = key === undefined ? words`${part}: …` : words`${part}: { ${JSON.stringify(key)}: … }`;
  const what = key === undefined ? words`${part}` : words`${part} ${key}`;
  return ExpansionFault.of(
    'generator-needs-cluster',
    words`asks for the ${what} of the cluster ${called} in Argo CD, and nothing says it`,
    words`write it: clusters: { ${called}: { match: { ${field} } } }`,
  );
}

function flatMetadata(metadata: Readonly<Record<string, Texts>>): Parameters {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([part, texts]) =>
      Object.entries(texts).map(([key, text]) => [`metadata.${part}.${key}`, text] as const),
    ),
  );
}
