import { compareVersions } from '../../model/names/version.js';
import { accountsOf } from '../../model/vocabulary/attachments.js';
import { type DeliveryContext, type DeliveryObject, type DeliveryWriter, inKeyOrder } from '../delivery-object.js';
import { celText } from './cel.js';
import { celAccounts } from './cel-accounts.js';
import { celPods } from './cel-pods.js';
import { type CelRule, celMutation, withGuard } from './cel-rule.js';
import { backgroundRole, reportsRole } from './cluster-role.js';

/** Kyverno's MutatingPolicy for pods. It needs no rights: the API server hands it what it changes. */
export const mutatingPolicyForPods: DeliveryWriter = (name, context) => [
  // Existing pods cannot be changed, so there is nothing to scan.
  mutatingPolicy(name, context, celPods, () => ({ background: { enabled: false } })),
];

/** Kyverno's MutatingPolicy for service accounts: at admission, and in the background those that exist. */
export const mutatingPolicyForAccounts: DeliveryWriter = (name, context) => [
  mutatingPolicy(name, context, celAccounts, existing),
  backgroundRole(name, [
    { resources: ['serviceaccounts'], verbs: ['list'] },
    { resources: ['serviceaccounts'], verbs: ['get', 'update'], names: accountsOf(context.pullSecret)?.patterns },
  ]),
  reportsRole(name, [{ resources: ['serviceaccounts'], verbs: ['get', 'list', 'watch'] }]),
];

/**
 * Two policies for one account race in the background: the later write is of what it read before the other one's (kyverno
 * 1.19, pkg/background/mpol/processor.go). The write passes admission, where the other policy appends again, if Kyverno
 * does not skip its own requests. The field is there from 1.19 on, and a version that is not stated may lack it.
 */
function existing({ cluster: { versions } }: DeliveryContext): Record<string, unknown> {
  const knowsField = versions.kyverno !== undefined && compareVersions(versions.kyverno, '1.19') >= 0;
  return { mutateExisting: { enabled: true }, ...(knowsField && { skipBackgroundRequests: false }) };
}

/**
 * No autogen: a list on the template of a Deployment would take the account's list away from its pods, and Kyverno does
 * not rewrite the paths of JSON patches (kyverno 1.19, pkg/cel/policies/mpol/autogen).
 */
function mutatingPolicy(
  name: string,
  context: DeliveryContext,
  rule: (context: DeliveryContext) => CelRule,
  evaluationOf: (context: DeliveryContext) => Record<string, unknown>,
): DeliveryObject {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'MutatingPolicy',
    name,
    role: 'policy',
    fields: {
      spec: () => {
        const entry = `{"name": ${celText(context.pullSecret.name)}}`;
        const mutation = celMutation(rule(context), context, entry);
        const evaluation = evaluationOf(context);
        return inKeyOrder({
          ...('mutateExisting' in evaluation ? withGuard(mutation) : mutation),
          autogen: { podControllers: { controllers: [] } },
          evaluation,
        });
      },
    },
  };
}
