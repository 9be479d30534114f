import { Cluster, type ClusterProps } from '../constructs/cluster.js';
import type { Namespace, NamespaceProps } from '../constructs/namespace.js';
import { PullSecret } from '../constructs/pull-secret.js';
import type { AccessPlan } from '../model/access/access-plan.js';
import type { ClusterModel } from '../model/spec/cluster.js';
import type { ImagePullSpec } from '../model/spec/spec.js';
import type { ImagePullApp } from '../synth/image-pull-app.js';

/** Builds the constructs of one cluster from its plan. */
export function buildCluster(app: ImagePullApp, spec: ImagePullSpec, plan: AccessPlan): Cluster {
  const model = plan.cluster;
  const cluster = new Cluster(app, model.name, clusterProps(spec, model));
  for (const name of model.registries.keys()) {
    const registry = spec.registries?.[name];
    if (registry) cluster.registry(name, registry);
  }
  for (const { name, spec: pullSecret, sourceNamespace } of model.pullSecrets.values()) {
    if (sourceNamespace !== undefined) cluster.sourceNamespace(sourceNamespace, namespaceProps(plan, sourceNamespace));
    // Which clusters it is for has been decided: the constructs know this one only.
    const { clusters: _clusters, ...narrowed } = pullSecret.for ?? {};
    new PullSecret(cluster, name, { ...pullSecret, for: narrowed });
  }
  buildSecrets(cluster, plan);
  buildAccounts(cluster, plan);
  for (const grant of plan.grants) cluster.namespace(grant.from, { declare: false }).grant(grant);
  return cluster;
}

function clusterProps(spec: ImagePullSpec, model: ClusterModel): ClusterProps {
  const { workloads: _w, namespaces: _n, grants: _g, pullSecrets: _p, ...own } = spec.clusters[model.name] ?? {};
  // What names a pull secret of other clusters only means nothing here.
  const isKnown = (name: string | undefined) => name === undefined || model.pullSecrets.has(name);
  return {
    ...own,
    overlap: model.overlap.filter((pair) => pair.every(isKnown)),
    exclude: model.exclude.filter(({ pullSecret }) => isKnown(pullSecret)),
  };
}

function buildSecrets(cluster: Cluster, plan: AccessPlan): void {
  for (const { namespace, pullSecret, registries, write } of plan.secrets) {
    const construct = cluster.pullSecret(pullSecret);
    if (!construct) continue;
    if (write) namespaceOf(cluster, plan, namespace).pullSecret(construct, registries);
    else construct.delivery?.serve(namespace);
  }
}

function buildAccounts(cluster: Cluster, plan: AccessPlan): void {
  for (const account of plan.accounts) {
    if (account.owner !== 'write') continue;
    const construct = namespaceOf(cluster, plan, account.namespace).serviceAccount(account.name, {
      keep: account.keep,
    });
    for (const name of account.pullSecrets) construct.list(name);
  }
}

function namespaceOf(cluster: Cluster, plan: AccessPlan, name: string): Namespace {
  return cluster.namespace(name, namespaceProps(plan, name));
}

/** The namespace has its object, unless a manifest declares it. */
function namespaceProps(plan: AccessPlan, name: string): NamespaceProps {
  const { labels, declare: wanted = plan.cluster.declareNamespaces } = plan.cluster.namespaces.get(name) ?? {};
  const declare = wanted && !plan.declaredNamespaces.has(name);
  return { declare, ...(labels && { labels }) };
}
