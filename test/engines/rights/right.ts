import type { AccessQuestion } from '../cluster/access-review.js';
import type { KubeObject } from '../cluster/kube-object.js';

/** One verb on one resource that an emitted ClusterRole gives to one of Kyverno's controllers. */
export interface Right {
  readonly role: KubeObject;
  /** Such as `background-controller`. */
  readonly controller: string;
  readonly verb: string;
  readonly resource: string;
  /** The names that it is for; all where undefined. */
  readonly names: readonly string[] | undefined;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const label = 'rbac.kyverno.io/aggregate-to-';
const rulesOf = (role: KubeObject) => role.rules as readonly Rule[];

/** Every right of the roles. */
export function rightsOf(roles: readonly KubeObject[]): Right[] {
  return roles.flatMap((role) =>
    rulesOf(role).flatMap(({ resources, verbs, resourceNames: names }) =>
      resources.flatMap((resource) =>
        verbs.map((verb) => ({ role, controller: controllerOf(role), verb, resource, names })),
      ),
    ),
  );
}

/** The role of a right without it. */
export function roleWithout({ role, verb, resource }: Right): KubeObject {
  const rules = rulesOf(role).map((rule) => ({
    ...rule,
    verbs: rule.resources.includes(resource) ? rule.verbs.filter((each) => each !== verb) : rule.verbs,
  }));
  return { ...role, rules: rules.filter(({ verbs }) => verbs.length > 0) };
}

/** Who has the right, as Kyverno's installation names its accounts: `namespace/name`. */
export function accountOf({ controller }: Right): string {
  return `kyverno/kyverno-${controller}`;
}

/** Whether the account has the right. */
export function questionOf(right: Right): AccessQuestion {
  const { verb, resource, names } = right;
  return { account: accountOf(right), verb, group: '', resource, ...(names?.[0] !== undefined && { name: names[0] }) };
}

/** Controller, verb and resource: what a reason is given for. */
export function keyOf({ controller, verb, resource }: Right): string {
  return `${controller} ${verb} ${resource}`;
}

function controllerOf({ metadata }: KubeObject): string {
  const found = Object.keys(metadata.labels ?? {}).find((key) => key.startsWith(label));
  if (found === undefined) throw new Error(`ClusterRole ${metadata.name} is aggregated to nobody`);
  return found.slice(label.length);
}
