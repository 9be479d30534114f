import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InventoryBuilder } from '../model/inventory/inventory.js';
import { mirrorKinds } from '../model/inventory/mirror-set.js';
import { PodKindIndex, podKindOf } from '../model/inventory/pod-kind-index.js';
import { plainTree } from '../model/inventory/tree.js';
import type { Inventory, Workload } from '../model/inventory/workload.js';
import { InternalImages } from '../model/needs/internal-images.js';
import type { Need } from '../model/needs/need.js';
import { needs } from '../model/needs/needs.js';
import type { PodList } from '../model/plan/pod-list.js';
import { attachmentGap, copyGap, type NeedPlace } from '../model/plan/policy-gap.js';
import { splitNeeds, templateProblems } from '../model/plan/template-plan.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { recordedNeed } from './cluster-record.js';
import { labelsOf, namesOn } from './foreign-account.js';
import { located } from './located.js';
import { patchTemplate } from './pod-template.js';
import type { NamespaceScope } from './scopes.js';

/** Kinds of objects that say where a pull ends. */
const kindsBeside = ['ImageStream', ...[...mirrorKinds.keys()].map((key) => key.split('/')[1] ?? '')];

/** Gives a workload what its images need: through its account, on its own list where it has one, or by policy. */
export function attachWorkload(namespace: NamespaceScope, object: ApiObject): void {
  const { cluster } = namespace;
  const own = object.metadata.namespace;
  if (own !== undefined && own !== namespace.name) fail(object, [elsewhere(namespace, object, own)]);
  const inventory = inventoryOf(object, namespace, cluster.foreign.ofKinds(kindsBeside));
  if (inventory.workloads.length === 0) fail(object, [withoutPods(object)]);
  const found = needs(inventory, cluster.model(), { imports: false });
  fail(object, found.findings);
  const { onTemplate, onAccount, onPolicy } = splitNeeds(inventory, found.needs);
  const byPolicy = new Set(onPolicy);
  fail(
    object,
    found.needs.flatMap((need) => gapOf(namespace, need, byPolicy.has(need)) ?? []),
  );
  const internal = new InternalImages(inventory, cluster.model());
  for (const [list, needed] of onTemplate) fail(object, templateProblems(internal, cluster.model(), list, needed));
  for (const { serviceAccount, why } of onAccount) {
    if ('workload' in why && !namespace.knownAccount(serviceAccount))
      fail(object, [undeclared(namespace, why.workload)]);
  }
  for (const grant of found.grants) cluster.namespace(grant.from, { declare: false }).grant(grant);
  for (const need of found.needs) namespace.need(recordedNeed(need));
  cluster.record.workloads(inventory.workloads);
  for (const list of onTemplate.keys()) writeList(namespace, object, list);
  holdImages(object, namespace, imagesOf(inventory));
}

/** A list that was empty also holds what the account gives, so the plan must know the account. */
function writeList(namespace: NamespaceScope, object: ApiObject, list: PodList): void {
  for (const name of list.accounts) {
    const account = namespace.foreignAccount(name);
    if (!account) continue;
    const declared = { name, namespace: namespace.name, labels: labelsOf(account), pullSecrets: namesOn(account) };
    namespace.cluster.record.declaredAccount(declared);
  }
  patchTemplate(namespace.cluster.record, object, list);
}

/** Why a policy does not answer the need. */
function gapOf(namespace: NamespaceScope, need: Need, isAttached: boolean): Problem | undefined {
  const delivery = namespace.cluster.pullSecret(need.pullSecret.name)?.delivery;
  if (!delivery) return undefined;
  const scope = delivery.scopeWith(namespace.name);
  const at: NeedPlace = { scope, namespace, account: namespace.labelledAccount(need.serviceAccount) };
  return copyGap(need, at) ?? (isAttached ? attachmentGap(need, at) : undefined);
}

function inventoryOf(
  object: ApiObject,
  { name: namespace, labels, cluster }: NamespaceScope,
  beside: readonly ApiObject[] = [],
): Inventory {
  const kinds = (cluster.props.podKinds ?? []).flatMap((spec) => podKindOf(spec).kind ?? []);
  const builder = new InventoryBuilder(new PodKindIndex(kinds));
  for (const each of [object, ...beside]) builder.add(plainTree(each.toJson()), { namespace });
  const inventory = builder.build();
  fail(object, builder.problems);
  const workloads = inventory.workloads.map((workload) => ({ ...workload, namespace }));
  return { ...inventory, workloads, namespaces: [{ name: namespace, labels }] };
}

function imagesOf(inventory: Inventory): string {
  return inventory.workloads.flatMap((workload) => workload.images.map((image) => image.image)).join(' ');
}

/** A container that is added after the images were read would go unnoticed. */
function holdImages(object: ApiObject, namespace: NamespaceScope, images: string): void {
  object.node.addValidation({
    validate: () =>
      imagesOf(inventoryOf(object, namespace)) === images
        ? []
        : [`the images of ${object.kind} ${object.name} changed after attachFor: add containers first`],
  });
}

function withoutPods({ kind, name }: ApiObject): Problem {
  return At.of().find('template-unknown', words`${kind} ${name} holds no pods`, 'podKinds of the Cluster tells where');
}

function elsewhere(namespace: NamespaceScope, { kind, name }: ApiObject, own: string): Problem {
  return At.of().refuse(
    'namespace-mismatch',
    words`${kind} ${name} is in namespace ${own}, not in ${namespace.name}`,
    words`cluster.namespace('${own}').attachFor(…)`,
  );
}

function undeclared(namespace: NamespaceScope, { kind, name, serviceAccount }: Workload): Problem {
  return At.of().find(
    'account-undeclared',
    words`${kind} ${name} runs as service account ${serviceAccount} of namespace ${namespace.name}, which the app does not declare`,
    words`if no chart or operator owns it: namespace.serviceAccount('${serviceAccount}') before attachFor`,
  );
}

function fail(construct: IConstruct, problems: readonly Problem[]): void {
  const grave = problems.filter((problem) => severityOf(problem) !== 'warning');
  if (grave.length > 0) throw new ImagePullError(located(construct, grave));
}
