import type { ApiServer } from '../cluster/api-server.js';
import type { KubeObject, ObjectRef } from '../cluster/kube-object.js';
import { eventually } from '../processes/eventually.js';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** The conditions of a policy of either API: those of `policies.kyverno.io` stand in `conditionStatus`. */
function conditionsOf({ status }: KubeObject): readonly Condition[] {
  const current = status?.conditionStatus as { readonly conditions?: readonly Condition[] } | undefined;
  return current?.conditions ?? ((status?.conditions ?? []) as readonly Condition[]);
}

/** Waits until the controllers call a policy ready. */
export function policyReady(api: ApiServer, policy: ObjectRef): Promise<KubeObject> {
  return api.until(policy, (live) => isReady(live), { seconds: 120 });
}

function isReady(live: KubeObject): boolean {
  const current = live.status?.conditionStatus as { readonly ready?: boolean } | undefined;
  const isTrue = ({ type, status }: Condition) => type === 'Ready' && status === 'True';
  return current?.ready === true || conditionsOf(live).some(isTrue);
}

/** What Kyverno says of the rights that a policy lacks; empty where it lacks none. */
export async function missingRights(api: ApiServer, policy: ObjectRef): Promise<string> {
  const live = await api.get(policy);
  const condition = conditionsOf(live).find(({ type }) => type === 'RBACPermissionsGranted');
  return condition?.status === 'False' ? (condition.message ?? '') : '';
}

/** Waits until a policy acts: between being ready and acting lie some seconds. */
export function policyActs<T>(probe: () => Promise<T>, acted: (result: T) => boolean): Promise<T> {
  return eventually(
    async () => {
      const result = await probe();
      if (acted(result)) return result;
      throw new Error(`the policy does not act: ${JSON.stringify(result)}`);
    },
    { seconds: 120 },
  );
}
