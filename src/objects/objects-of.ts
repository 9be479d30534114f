import type { AccessPlan } from '../model/plan/access-plan.js';
import { retiredAnnotation } from '../model/retire/former.js';
import { type KeptObject, nothingRetired, type Retired, retiredNames } from '../model/retire/retired.js';
import { originalOf } from '../model/vocabulary/distributions.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import { globalPullSecretFile } from '../model/vocabulary/global-pull-secret.js';
import { declaresByDefault } from '../model/vocabulary/system-namespace.js';
import { bootstrapObjects } from './bootstrap.js';
import { deliveryContext, deliveryObjects, servedBy } from './deliveries.js';
import { globalPullSecretObject } from './global-pull-secret.js';
import { grantObject } from './grant.js';
import { namespaceObject, patcherMetadata, patcherNamespaces } from './namespace.js';
import { NamespacePlaces, sopsPlace, stagePlace } from './namespace-places.js';
import { serviceAccountObject } from './service-account.js';
import { secretWriters } from './sources/index.js';
import { identityOf, type WrittenMetadata, type WrittenObject, written } from './written-object.js';

/**
 * Writes everything that a plan gives to its cluster, and what is retired as it stood. Pure: the command line and the
 * constructs both end here.
 */
export function objectsOf(plan: AccessPlan, retired: Retired = nothingRetired): WrittenObject[] {
  const places = new NamespacePlaces(plan, retired);
  const kept = retired.objects.map((object) =>
    stood(object, (isEncrypted) => placeOf(object, isEncrypted, plan, places)),
  );
  const planned = [
    ...globalObjects(plan),
    ...deliveriesOf(plan, retired),
    ...namespaceObjects(plan, places),
    ...secretObjects(plan, places),
    ...accountObjects(plan, retired, places),
    ...grantObjects(plan, places),
  ];
  const objects = kept.length === 0 ? planned : [...withoutReplaced(planned, kept), ...kept];
  return [...objects, ...bootstrapObjects(plan.cluster, objects)];
}

function withoutReplaced(planned: readonly WrittenObject[], kept: readonly WrittenObject[]): WrittenObject[] {
  const replaced = new Set(kept.map(identityOf));
  return planned.filter((object) => !replaced.has(identityOf(object)));
}

function globalObjects({ cluster, globalPullSecret }: AccessPlan): WrittenObject[] {
  const at = stagePlace(cluster, 'sources', globalPullSecretFile);
  return globalPullSecret?.write
    ? [written(globalPullSecretObject(cluster, globalPullSecret), at, cluster.gitops)]
    : [];
}

function deliveriesOf(plan: AccessPlan, retired: Retired): WrittenObject[] {
  const { cluster } = plan;
  const served = servedBy(plan, retired);
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
    const byDefault = declaresByDefault(cluster, name, places.isOfSources(name));
    const { labels, declare = byDefault } = cluster.namespaces.get(name) ?? {};
    if (!declare || declaredNamespaces.has(name)) return [];
    const metadata = ofPatchers.has(name) ? patcherMetadata(name, labels) : { labels };
    return [written(namespaceObject(name, metadata), places.of(name), cluster.gitops)];
  });
}

function secretObjects({ cluster, secrets }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  return secrets.flatMap(({ namespace, pullSecret: name, registries, write, bySegments }) => {
    const pullSecret = cluster.pullSecrets.get(name);
    const writer = pullSecret && secretWriters[pullSecret.source.name];
    if (!writer || !write) return [];
    const draft = writer(cluster, pullSecret, {
      namespace,
      isSource: originalOf(pullSecret) === namespace,
      registries: () => {
        const found = registries.flatMap((each) => cluster.registries.get(each) ?? []);
        return bySegments ? found.map((registry) => registry.bySegments()) : found;
      },
    });
    const at = places.of(namespace);
    const place = pullSecret.source.name === 'sops' ? sopsPlace(at, name) : at;
    return [written(draft, place, cluster.gitops, pullSecret.spec.metadata)];
  });
}

function accountObjects({ cluster, accounts }: AccessPlan, retired: Retired, places: NamespacePlaces): WrittenObject[] {
  const namesOf = retiredNames(retired);
  return accounts.flatMap(({ namespace, name, owner, pullSecrets, keep, metadata }) => {
    if (owner !== 'write') return [];
    const lost = namesOf(namespace, name).map(({ pullSecret }) => pullSecret);
    const draft = serviceAccountObject({ namespace, name, list: () => [...pullSecrets, ...keep] });
    const mark = lost.length > 0 ? { annotations: { [retiredAnnotation]: lost.join(',') } } : {};
    return [written({ ...draft, ...mark }, places.of(namespace), cluster.gitops, metadata)];
  });
}

function grantObjects({ cluster, grants }: AccessPlan, places: NamespacePlaces): WrittenObject[] {
  return grants.map((grant) => written(grantObject(grant), places.of(grant.from), cluster.gitops));
}

/** The file in which an object stays. */
function placeOf(
  { gift, namespace, isSource, name }: KeptObject,
  isEncrypted: boolean,
  { cluster }: AccessPlan,
  places: NamespacePlaces,
): FilePlace {
  const stage = isSource ? 'sources' : 'policies';
  if (gift.gives === 'delivery') return stagePlace(cluster, stage, gift.pullSecret);
  if (gift.gives === 'node-entry') return stagePlace(cluster, stage, globalPullSecretFile);
  const at = places.of(namespace ?? '');
  return isEncrypted ? sopsPlace(at, name) : at;
}

/** An object as an earlier run wrote it, but for its mark. */
function stood({ object, marks }: KeptObject, placed: (isEncrypted: boolean) => FilePlace): WrittenObject {
  const { apiVersion, kind, metadata, ...fields } = object.marked(marks.join(','));
  return {
    apiVersion,
    kind,
    metadata: metadata as WrittenMetadata,
    at: placed(fields.sops !== undefined),
    fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, () => value])),
  };
}
