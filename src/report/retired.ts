import type { AccountPlan } from '../model/plan/account-plan.js';
import { isPolicyName } from '../model/reach/delivery-names.js';
import { type Gift, wholeMark } from '../model/retire/gift.js';
import type { KeptObject, Retired, RetiredName, RetiredObject } from '../model/retire/retired.js';
import { globalPullSecretFile } from '../model/vocabulary/global-pull-secret.js';
import { roleKind } from '../model/vocabulary/written-kinds.js';
import { byHandText } from './reasons.js';
import type { AccessReportOptions, Row } from './row.js';

/** The list of an account, with what stays on it and what has left it. */
export function listText({ pullSecrets, keep }: AccountPlan, retired: readonly RetiredName[]): string {
  const names = pullSecrets.length > 0 ? pullSecrets.join(', ') : 'nothing';
  const remarks = [
    ...(keep.length > 0 ? [`keeps ${keep.join(', ')}`] : []),
    ...(retired.length > 0 ? [`retired: ${retired.map(({ pullSecret }) => pullSecret).join(', ')}`] : []),
  ];
  return remarks.length > 0 ? `${names} (${remarks.join('; ')})` : names;
}

/** Rows for what stays of an earlier run; what a copier or a source comes with goes without saying. */
export function keptRows(cluster: string, { objects }: Retired, options: AccessReportOptions): Row[] {
  return objects.flatMap((object) => {
    if (object.because === 'unsealed') return unsealedRow(cluster, object, options);
    const told = toldOf(cluster, object, options);
    if (!told) return [];
    const { whom = 'pods that were made before', ...row } = told;
    const at = byHandText(['retire', object.entry], options.placeOf);
    return [{ cluster, who: 'retired', ...row, why: [`    stays for ${whom}: retired at ${at}`] }];
  });
}

/** A row for what stays because nothing can take its place; what feeds it goes without saying. */
function unsealedRow(
  cluster: string,
  { gift, name, namespace = '' }: KeptObject,
  { fileOf }: AccessReportOptions,
): Row[] {
  if (gift.gives === 'delivery') return [];
  const isOnNodes = gift.gives === 'node-entry';
  return [
    {
      cluster,
      who: 'kept',
      namespace: isOnNodes ? '' : namespace,
      what: name,
      where: fileOf(cluster, isOnNodes ? globalPullSecretFile : namespace),
      why: ['    stays as it is until there is ciphertext for it: see findings'],
    },
  ];
}

type Told = Pick<Row, 'namespace' | 'what' | 'where'> & { readonly whom?: string };

function toldOf(cluster: string, object: RetiredObject, { fileOf }: AccessReportOptions): Told | undefined {
  const { gift, kind, name, namespace = '', marks } = object;
  switch (gift.gives) {
    case 'grant':
      return { namespace: gift.to, what: `pulls from ${gift.from}`, where: fileOf(cluster, gift.from) };
    case 'delivery':
      return isCopier(gift, kind)
        ? { namespace: '', what: gift.pullSecret, where: `by ${isPolicyName(name) ? 'policy' : kind} ${name}` }
        : undefined;
    case 'node-entry': {
      const where = fileOf(cluster, globalPullSecretFile);
      return { namespace: '', what: `entry ${marks.join(', ')}`, where, whom: 'what pulls with it meanwhile' };
    }
    default: {
      const what = marks.includes(wholeMark) ? name : `entry ${marks.join(', ')} of ${name}`;
      return { namespace, what, where: fileOf(cluster, namespace) };
    }
  }
}

/** True for what copies, and not for what it comes with. */
function isCopier({ purpose }: Extract<Gift, { gives: 'delivery' }>, kind: string): boolean {
  return kind !== roleKind && purpose !== 'source';
}
