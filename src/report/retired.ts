import type { AccountPlan } from '../model/plan/account-plan.js';
import { wholeMark } from '../model/retire/former.js';
import type { RetiredSecret } from '../model/retire/retirement.js';

/** The list of an account, with what stays on it and what has left it. */
export function listText({ pullSecrets, keep, retired }: AccountPlan): string {
  const names = pullSecrets.length > 0 ? pullSecrets.join(', ') : 'nothing';
  const remarks = [
    ...(keep.length > 0 ? [`keeps ${keep.join(', ')}`] : []),
    ...(retired.length > 0 ? [`retired: ${retired.map(({ pullSecret }) => pullSecret).join(', ')}`] : []),
  ];
  return remarks.length > 0 ? `${names} (${remarks.join('; ')})` : names;
}

/** What of a pull secret is retired: all of it, or entries. */
export function retiredText({ name, marks }: RetiredSecret): string {
  return marks.includes(wholeMark) ? name : `entry ${marks.join(', ')} of ${name}`;
}
