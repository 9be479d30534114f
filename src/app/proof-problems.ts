import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import type { Problem } from '../model/problem/problem.js';
import type { ProblemCode } from '../model/problem/problem-codes.js';
import { judgeCluster } from '../model/proof/prove.js';
import { findingsOf, proofRules } from '../model/proof/rules.js';
import { suppress } from '../model/proof/suppression.js';
import { nothingRetired } from '../model/retire/retired.js';
import { plannedInput } from './planned-proof.js';
import { planObjects } from './render.js';

/** The findings that a plan must not leave; what else can be found is for `verify` to say. */
const grave: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['image-uncovered', 'credential-blank', 'account-list-hidden', 'dockercfg-hidden'] as const),
  ...(['credential-of-other-account'] as const),
  ...(['pull-blocked', 'credential-order-random', 'not-applied', 'workload-declared-twice'] as const),
]);

const graveRules = proofRules.filter(({ code }) => grave.has(code));

/**
 * The images of a plan that would not be pulled though everything it says is done: with a pull secret of somebody else
 * that does not open them, or one that fails every pull. What the plan itself has a finding about, and what the config
 * takes away, is left out.
 */
export function proofProblems(plan: AccessPlan, inventory: Inventory): Problem[] {
  const workloads = inventory.workloads.filter(withOthers(inventory));
  if (workloads.length === 0) return [];
  const namespaces = new Set(workloads.map(({ namespace }) => namespace));
  const objects = planObjects(plan, nothingRetired).objects.filter(
    ({ metadata: { namespace } }) =>
      namespace === undefined || namespaces.has(namespace) || isOriginal(namespace, plan),
  );
  const state = judgeCluster(plannedInput({ plan, objects, inventory: { ...inventory, workloads } }));
  const told = new Set(
    plan.others.flatMap(({ answer, image }) => (answer === 'findings' || answer === 'excluded' ? [image] : [])),
  );
  const images = state.images.filter(({ use }) => !told.has(use));
  const all = findingsOf({ ...state, images }, graveRules);
  return suppress(all, inventory).findings.filter(({ code }) => grave.has(code));
}

/**
 * Tells workloads of namespaces in which others declare Secrets or put names on lists. Of all others the plan itself is the
 * proof: their lists hold what is written, or what the config says to be there.
 */
function withOthers({ secrets, accounts, workloads }: Inventory): (workload: Workload) => boolean {
  const namespaces = new Set([
    ...secrets.map(({ namespace }) => namespace),
    ...accounts.filter(({ pullSecrets }) => pullSecrets.length > 0).map(({ namespace }) => namespace),
    ...workloads.filter(({ pullSecrets }) => pullSecrets.names.length > 0).map(({ namespace }) => namespace),
  ]);
  return ({ namespace }) => namespaces.has(namespace);
}

/** Whether a namespace holds what is copied from there; nobody's workloads run in it. */
function isOriginal(namespace: string, { namespaces }: AccessPlan): boolean {
  return !namespaces.includes(namespace);
}
