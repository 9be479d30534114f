import { accountsOf } from '../../model/vocabulary/attachments.js';
import type { DeliveryContext, DeliveryWriter } from '../delivery-object.js';
import { clusterPolicy, counts, withinScope } from './cluster-policy.js';
import { backgroundRole } from './cluster-role.js';
import { jmesText } from './jmespath.js';

/**
 * Kyverno's older ClusterPolicy for service accounts: one rule for those that are written, one for those that exist. A
 * strategic merge would replace the list of an account, which is atomic; a JSON patch appends, and makes the list where
 * there is none (kyverno, pkg/engine/mutate/patch/patchJSON6902.go, EnsurePathExistsOnAdd).
 */
export const clusterPolicyForAccounts: DeliveryWriter = (name, context) => {
  const patterns = accountsOf(context.pullSecret)?.patterns ?? [];
  return [
    clusterPolicy(name, () => [writtenRule(context), existingRule(context)]),
    backgroundRole(name, [
      { resources: ['serviceaccounts'], verbs: ['get', 'update'], names: patterns },
      ...(patterns.some((pattern) => pattern.includes('*'))
        ? [{ resources: ['serviceaccounts'], verbs: ['list'] }]
        : []),
    ]),
  ];
};

function writtenRule(context: DeliveryContext): Record<string, unknown> {
  const { patterns: names = [], labels } = accountsOf(context.pullSecret) ?? {};
  return {
    name: 'written',
    ...withinScope(context, { kind: 'ServiceAccount', operations: ['CREATE', 'UPDATE'], names, labels }),
    preconditions: { all: [isMissing('request.object', context)] },
    mutate: { patchesJson6902: append(context) },
  };
}

/** Namespaces are what triggers it, so that a namespace that comes into scope is served too. */
function existingRule(context: DeliveryContext): Record<string, unknown> {
  const { patterns = [], labels = {} } = accountsOf(context.pullSecret) ?? {};
  const targets = patterns.map((name) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name,
    namespace: '{{ request.object.metadata.name }}',
    ...(Object.keys(labels).length > 0 && { selector: { matchLabels: labels } }),
    preconditions: { all: [isMissing('target', context)] },
  }));
  return {
    name: 'existing',
    ...withinScope(context, { kind: 'Namespace' }),
    mutate: { mutateExistingOnPolicyUpdate: true, patchesJson6902: append(context), targets },
  };
}

function isMissing(object: 'request.object' | 'target', { pullSecret }: DeliveryContext): Record<string, unknown> {
  const there = `${object}.imagePullSecrets[?name == ${jmesText(pullSecret.name)}] || \`[]\``;
  return counts(`length(${there})`, 'Equals');
}

function append({ pullSecret }: DeliveryContext): string {
  return `- op: add\n  path: /imagePullSecrets/-\n  value:\n    name: ${JSON.stringify(pullSecret.name)}\n`;
}
