import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import { InternalImages } from '../model/needs/internal-images.js';
import { needs } from '../model/needs/needs.js';
import type { PodList } from '../model/plan/pod-list.js';
import { splitNeeds, templateProblems } from '../model/plan/template-plan.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { noteAttached } from './attached.js';
import { recordedNeed } from './cluster-record.js';
import { labelsOf, namesOn } from './foreign-account.js';
import { located } from './located.js';
import { gapOf } from './need-gap.js';
import { inventoryOf } from './pod-inventory.js';
import { patchTemplate } from './pod-template.js';
import type { NamespaceScope } from './scopes.js';

/** Gives a workload what its images need: through its account, on its own list where it has one, or by policy. */
export function attachWorkload(namespace: NamespaceScope, object: ApiObject): void {
  const own = object.metadata.namespace;
  if (own !== undefined && own !== namespace.name) fail(object, [elsewhere(namespace, object, own)]);
  const inventory = inventoryOf([object], namespace);
  fail(object, inventory.problems);
  if (inventory.workloads.length === 0) fail(object, [withoutPods(object)]);
  attachWorkloads(namespace, [object], inventory, object);
}

/**
 * The same for several objects of a namespace, which may name each other.
 *
 * @param inventory the pods of all of them
 * @param at the construct that problems are said of
 */
export function attachWorkloads(
  namespace: NamespaceScope,
  objects: readonly ApiObject[],
  inventory: Inventory,
  at: IConstruct,
): void {
  const { cluster } = namespace;
  const found = needs(inventory, cluster.model(), { imports: false });
  fail(at, found.findings);
  const { onTemplate, onAccount, onPolicy } = splitNeeds(inventory, found.needs);
  const byPolicy = new Set(onPolicy);
  fail(
    at,
    found.needs.flatMap((need) => gapOf(namespace, need, byPolicy.has(need)) ?? []),
  );
  const internal = new InternalImages(inventory, cluster.model());
  for (const [list, needed] of onTemplate) fail(at, templateProblems(internal, cluster.model(), list, needed));
  for (const { serviceAccount, why } of onAccount) {
    if ('workload' in why && !namespace.knownAccount(serviceAccount)) fail(at, [undeclared(namespace, why.workload)]);
  }
  for (const grant of found.grants) cluster.namespace(grant.from, { declare: false }).grant(grant);
  for (const need of found.needs) namespace.need(recordedNeed(need));
  cluster.record.workloads(inventory.workloads);
  for (const list of onTemplate.keys()) {
    const object = objects.find(({ kind, name }) => kind === list.workload.kind && name === list.workload.name);
    if (object) writeList(namespace, object, list);
  }
  for (const object of objects) {
    noteAttached(cluster, object);
    holdImages(object, namespace);
  }
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

/** A container that is added after the images were read would go unnoticed. */
function holdImages(object: ApiObject, namespace: NamespaceScope): void {
  const images = imagesOf(object, namespace);
  object.node.addValidation({
    validate: () =>
      imagesOf(object, namespace) === images
        ? []
        : [`the images of ${object.kind} ${object.name} changed after attachFor: add containers first`],
  });
}

function imagesOf(object: ApiObject, namespace: NamespaceScope): string {
  const { workloads } = inventoryOf([object], namespace, []);
  return workloads.flatMap(({ images }) => images.map(({ image }) => image)).join(' ');
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
