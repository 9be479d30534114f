import type { Construct } from 'constructs';
import { Cluster, type ClusterProps } from '../constructs/cluster.js';
import { globalPullSecretScope, withoutGlobalPullSecret } from '../constructs/global-pull-secret.js';
import type { Namespace, NamespaceProps } from '../constructs/namespace.js';
import { PullSecret } from '../constructs/pull-secret.js';
import { RetiredObject, type RetiredObjectProps } from '../constructs/retired-object.js';
import { grantName } from '../model/needs/grants.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import type { AccountPlan } from '../model/plan/account-plan.js';
import { deliveryName } from '../model/reach/delivery-names.js';
import { type MarkedObject, retiredAnnotation, wholeMark } from '../model/retire/former.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { hubOf } from '../model/vocabulary/external-source.js';
import type { ImagePullSpec, MetadataSpec } from '../model/vocabulary/spec.js';
import type { ImagePullApp } from '../synth/image-pull-app.js';

/** Builds the constructs of one cluster from its plan. */
export function buildCluster(app: ImagePullApp, spec: ImagePullSpec, plan: AccessPlan): Cluster {
  const model = plan.cluster;
  const cluster = new Cluster(app, model.name, clusterProps(spec, model));
  // An auth host before the registries that sign in there.
  const registries = [...model.registries.values()].sort(
    (a, b) => Number(a.auth !== undefined) - Number(b.auth !== undefined),
  );
  for (const { name } of registries) {
    const registry = spec.registries?.[name];
    if (registry) cluster.registry(name, registry);
  }
  for (const { name, spec: pullSecret, sourceNamespace } of model.pullSecrets.values()) {
    for (const namespace of [sourceNamespace, hubNamespace(plan, name)])
      if (namespace !== undefined) cluster.sourceNamespace(namespace, namespaceProps(plan, namespace));
    // Which clusters it is for has been decided: the constructs know this one only.
    const { clusters: _clusters, ...narrowed } = pullSecret.for ?? {};
    new PullSecret(cluster, name, { ...pullSecret, for: narrowed });
  }
  buildSecrets(cluster, plan);
  buildAccounts(cluster, plan);
  buildRetired(cluster, plan);
  for (const grant of plan.grants) grantNamespace(cluster, plan, grant.from).grant(grant);
  return cluster;
}

/** The namespace of a pull secret's hub, if it feeds anything. */
function hubNamespace({ cluster, deliveries, retired }: AccessPlan, pullSecret: string): string | undefined {
  const { spec } = cluster.pullSecrets.get(pullSecret) ?? {};
  const feeds =
    deliveries.includes(deliveryName('source', pullSecret)) || retired.some(({ name }) => name === pullSecret);
  return spec && feeds ? hubOf(spec)?.namespace : undefined;
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
  const retired = new Set(plan.retired.map(({ namespace, name }) => `${namespace}/${name}`));
  for (const { namespace, pullSecret, registries, write } of plan.secrets) {
    const construct = cluster.pullSecret(pullSecret);
    if (!construct) continue;
    if (write && !retired.has(`${namespace}/${pullSecret}`))
      namespaceOf(cluster, plan, namespace).pullSecret(construct, registries);
    else construct.delivery?.serve(namespace);
  }
}

function buildAccounts(cluster: Cluster, plan: AccessPlan): void {
  for (const account of plan.accounts) {
    if (account.owner !== 'write') continue;
    const construct = namespaceOf(cluster, plan, account.namespace).serviceAccount(account.name, {
      keep: account.keep,
      ...(account.retired.length > 0 && { metadata: retiredMetadata(account.retired) }),
    });
    for (const name of account.pullSecrets) construct.list(name);
  }
}

function retiredMetadata(retired: AccountPlan['retired']): MetadataSpec {
  return { annotations: { [retiredAnnotation]: retired.map(({ pullSecret }) => pullSecret).join(',') } };
}

function buildRetired(cluster: Cluster, plan: AccessPlan): void {
  for (const { namespace, name, object, marks, isSource } of plan.retired) {
    const scope = retiredScope(cluster, plan, namespace, isSource);
    writeRetired(scope, { name, namespace }, object.marked(marks.join(',')));
    if (!isSource) cluster.pullSecret(name)?.delivery?.feed(namespace);
  }
  for (const grant of plan.retiredGrants)
    writeRetired(
      grantNamespace(cluster, plan, grant.from),
      { name: grantName(grant), namespace: grant.from },
      grant.object.marked(wholeMark),
    );
  const { globalPullSecret, retiredGlobal } = plan;
  if (globalPullSecret && (retiredGlobal || !globalPullSecret.write)) withoutGlobalPullSecret(cluster);
  if (retiredGlobal) {
    const { namespace, name, object, marks } = retiredGlobal;
    writeRetired(globalPullSecretScope(cluster), { name, namespace }, object.marked(marks.join(',')));
  }
  for (const { name, namespace, pullSecret, stage, object } of plan.retiredDeliveries) {
    if (namespace !== undefined && stage === 'sources') retiredScope(cluster, plan, namespace, true);
    writeRetired(
      cluster.chart(stage, pullSecret),
      { name, ...(namespace !== undefined && { namespace }) },
      object.marked(wholeMark),
    );
  }
}

/** The namespace of the images, which is somebody else's. */
function grantNamespace(cluster: Cluster, plan: AccessPlan, name: string): Namespace {
  return cluster.namespace(name, { declare: false, folder: plan.folders.get(name) });
}

/** A source Secret stays in its stage, also where no pull secret has its source in that namespace any more. */
function retiredScope(cluster: Cluster, plan: AccessPlan, namespace: string, isSource: boolean): Namespace {
  const isKnown = cluster.namespaces.some((each) => each.name === namespace);
  if (!isSource || isKnown) return namespaceOf(cluster, plan, namespace);
  return cluster.sourceNamespace(namespace, namespaceProps(plan, namespace));
}

function writeRetired(
  scope: Construct,
  named: Pick<RetiredObjectProps, 'name' | 'namespace'>,
  json: MarkedObject,
): void {
  const { apiVersion, kind } = json;
  new RetiredObject(scope, `retired:${kind}:${named.name}`, { apiVersion, kind, ...named, json });
}

function namespaceOf(cluster: Cluster, plan: AccessPlan, name: string): Namespace {
  return cluster.namespace(name, namespaceProps(plan, name));
}

/** The namespace has its object, unless a manifest declares it. */
function namespaceProps(plan: AccessPlan, name: string): NamespaceProps {
  const { labels, declare: wanted = plan.cluster.declareNamespaces } = plan.cluster.namespaces.get(name) ?? {};
  const declare = wanted && !plan.declaredNamespaces.has(name);
  return { declare, folder: plan.folders.get(name), ...(labels && { labels }) };
}
