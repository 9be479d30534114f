import type { AccessPlan } from '../model/plan/access-plan.js';
import type { AccountPlan } from '../model/plan/account-plan.js';
import { type MarkedObject, retiredAnnotation, wholeMark } from '../model/retire/former.js';
import { originalOf } from '../model/vocabulary/distributions.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { globalPullSecretFile } from '../model/vocabulary/global-pull-secret.js';
import { bootstrapObjects } from './bootstrap.js';
import { deliveryContext, deliveryObjects, servedBy } from './deliveries.js';
import { globalPullSecretObject } from './global-pull-secret.js';
import { grantObject } from './grant.js';
import { namespaceObject, patcherMetadata, patcherNamespaces } from './namespace.js';
import { NamespacePlaces, stagePlace } from './namespace-places.js';
import { serviceAccountObject } from './service-account.js';
import { secretWriters } from './sources/index.js';
import { type WrittenMetadata, type WrittenObject, written } from './written-object.js';

/**
 * Writes everything that a plan gives to its cluster, and what is retired as it stood. Pure: the command line and the
 * constructs both end here.
 */
export function objectsOf(plan: AccessPlan): WrittenObject[] {
  const places = new NamespacePlaces(plan);
  const objects = [
    ...globalObjects(plan),
    ...deliveriesOf(plan),
    ...namespaceObjects(plan, places),
    ...secretObjects(plan, places),
    ...accountObjects(plan, places),
    ...grantObjects(plan, places),
    ...retiredObjects(plan, places),
  ];
  return [...objects, ...bootstrapObjects(plan.cluster, objects)];
}

function globalObjects({ cluster, globalPullSecret, retiredGlobal }: AccessPlan): WrittenObject[] {
  const at = stagePlace(cluster, 'sources', globalPullSecretFile);
  if (retiredGlobal) return [stood(retiredGlobal.object.marked(retiredGlobal.marks.join(',')), at)];
  return globalPullSecret?.write
    ? [written(globalPullSecretObject(cluster, globalPullSecret), at, cluster.gitops)]
    : [];
}

function deliveriesOf(plan: AccessPlan): WrittenObject[] {
  const { cluster } = plan;
  const served = servedBy(plan);
  return [...cluster.pullSecrets.values()].flatMap((pullSecret) => {
    const where = served(pullSecret.name);
    return deliveryObjects(deliveryContext(cluster, pullSecret, where), where).map((object) =>
      written(
        object,
        stagePlace(cluster, object.stage ?? 'policies', pullSecret.name),
        cluster.gitops,
        pullSecret.spec.metadata,
      ),
    );
  });
}

/** A namespace has its object, unless a manifest declares it. */
function namespaceObjects({ cluster, declaredNamespaces }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  const ofPatchers = patcherNamespaces(cluster);
  return places.served.flatMap((name) => {
    const { labels, declare = cluster.declareNamespaces } = cluster.namespaces.get(name) ?? {};
    if (!declare || declaredNamespaces.has(name)) return [];
    const metadata = ofPatchers.has(name) ? patcherMetadata(name, labels) : { labels };
    return [written(namespaceObject(name, metadata), places.of(name), cluster.gitops)];
  });
}

function secretObjects({ cluster, secrets, retired }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  const kept = new Set(retired.map(({ namespace, name }) => `${namespace}/${name}`));
  return secrets.flatMap(({ namespace, pullSecret: name, registries, write }) => {
    const pullSecret = cluster.pullSecrets.get(name);
    const writer = pullSecret && secretWriters[pullSecret.source.name];
    if (!writer || !write || kept.has(`${namespace}/${name}`)) return [];
    const draft = writer(cluster, pullSecret, {
      namespace,
      isSource: originalOf(pullSecret) === namespace,
      registries: () => registries.flatMap((each) => cluster.registries.get(each) ?? []),
    });
    return [written(draft, places.of(namespace), cluster.gitops, pullSecret.spec.metadata)];
  });
}

function accountObjects({ cluster, accounts }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  return accounts.flatMap((account) => {
    const { namespace, name, owner, pullSecrets, keep, retired } = account;
    if (owner !== 'write') return [];
    const draft = serviceAccountObject({ namespace, name, list: () => [...pullSecrets, ...keep] });
    const mark = retired.length > 0 ? { annotations: { [retiredAnnotation]: retiredNames(account) } } : {};
    return [written({ ...draft, ...mark }, places.of(namespace), cluster.gitops, account.metadata)];
  });
}

function retiredNames({ retired }: AccountPlan): string {
  return retired.map(({ pullSecret }) => pullSecret).join(',');
}

function grantObjects({ cluster, grants }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  return grants.map((grant) => written(grantObject(grant), places.of(grant.from), cluster.gitops));
}

function retiredObjects(plan: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  const { cluster, retired, retiredGrants, retiredDeliveries } = plan;
  return [
    ...retired.map(({ namespace, object, marks }) => stood(object.marked(marks.join(',')), places.of(namespace))),
    ...retiredGrants.map(({ from, object }) => stood(object.marked(wholeMark), places.of(from))),
    ...retiredDeliveries.map(({ pullSecret, stage, object }) =>
      stood(object.marked(wholeMark), stagePlace(cluster, stage, pullSecret)),
    ),
  ];
}

/** An object as an earlier run wrote it. */
function stood({ apiVersion, kind, metadata, ...fields }: MarkedObject, at: FilePlace): WrittenObject {
  return {
    apiVersion,
    kind,
    metadata: metadata as WrittenMetadata,
    at,
    fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, () => value])),
  };
}
