import { accountsOf } from '../../model/vocabulary/attachments.js';
import type { DeliveryContext } from '../delivery-object.js';
import { celMatches } from './cel.js';
import type { CelRule } from './cel-rule.js';

/** When a service account is written: by whom and how often does not matter. */
export function celAccounts({ pullSecret }: DeliveryContext): CelRule {
  const { patterns = [], labels = {} } = accountsOf(pullSecret) ?? {};
  const selected = celMatches('object.metadata.name', patterns);
  return {
    resource: 'serviceaccounts',
    operations: ['CREATE', 'UPDATE'],
    objectSelector: Object.keys(labels).length > 0 ? { matchLabels: labels } : undefined,
    conditions: selected === undefined ? [] : [{ name: 'selected', expression: selected }],
    list: 'imagePullSecrets',
  };
}
