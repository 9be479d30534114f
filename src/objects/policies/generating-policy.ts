import { originalOf } from '../../model/vocabulary/distributions.js';
import { type DeliveryContext, type DeliveryWriter, inKeyOrder } from '../delivery-object.js';
import { celText } from './cel.js';
import { resourceRule } from './cel-rule.js';
import { backgroundRole } from './cluster-role.js';
import { namespaceObjectCondition } from './namespace-match.js';

/**
 * Kyverno's GeneratingPolicy: clones the source Secret into namespaces that exist and that come, and keeps the clones as
 * the source is. A Secret of that name that Kyverno did not make is left alone. The scope is a condition and no selector:
 * the API server would not show Kyverno a namespace that has lost its label, and the clone would stay. Clones stay when the
 * policy leaves (kyverno 1.19, pkg/background/gpol/dynamic_watcher.go, RemoveWatchersForPolicy).
 */
export const generatingPolicy: DeliveryWriter = (name, context) => [
  {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'GeneratingPolicy',
    name,
    role: 'policy',
    fields: { spec: () => inKeyOrder(specOf(context)) },
  },
  backgroundRole(name, [
    { resources: ['secrets'], verbs: ['create', 'list', 'watch'] },
    { resources: ['secrets'], verbs: ['delete', 'get', 'update'], names: [context.pullSecret.name] },
  ]),
];

function specOf({ pullSecret, scope }: DeliveryContext): Record<string, unknown> {
  const inScope = namespaceObjectCondition(scope);
  const source = [originalOf(pullSecret) ?? '', pullSecret.name].map(celText).join(', ');
  return {
    evaluation: { generateExisting: { enabled: true }, synchronize: { enabled: true } },
    generate: [{ expression: 'generator.Apply(object.metadata.name, [variables.source])' }],
    ...(inScope !== undefined && { matchConditions: [{ name: 'in-scope', expression: inScope }] }),
    matchConstraints: { resourceRules: [resourceRule('namespaces', ['CREATE', 'UPDATE'])] },
    variables: [{ name: 'source', expression: `resource.Get("v1", "secrets", ${source})` }],
  };
}
