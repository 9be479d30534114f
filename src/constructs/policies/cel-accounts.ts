import { celMatches } from './cel.js';
import type { CelRule } from './cel-rule.js';
import type { PolicyContext } from './policy-object.js';

/** When a service account is written: by whom and how often does not matter. */
export function celAccounts({ pullSecret }: PolicyContext): CelRule {
  const { patterns = [], labels = {} } = pullSecret.accounts ?? {};
  const selected = celMatches('object.metadata.name', patterns);
  return {
    resource: 'serviceaccounts',
    operations: ['CREATE', 'UPDATE'],
    objectSelector: Object.keys(labels).length > 0 ? { matchLabels: labels } : undefined,
    conditions: selected === undefined ? [] : [{ name: 'selected', expression: selected }],
    list: 'imagePullSecrets',
  };
}
