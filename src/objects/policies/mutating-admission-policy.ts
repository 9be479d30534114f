import { apiVersionOf } from '../../model/vocabulary/attachments.js';
import { type DeliveryContext, type DeliveryWriter, inKeyOrder } from '../delivery-object.js';
import { celText } from './cel.js';
import { celAccounts } from './cel-accounts.js';
import { celPods } from './cel-pods.js';
import { type CelRule, celMutation } from './cel-rule.js';

/** The API server's own MutatingAdmissionPolicy for pods. */
export const mutatingAdmissionPolicyForPods = mutatingAdmissionPolicy(celPods, 'Object.spec.imagePullSecrets');

/** The API server's own MutatingAdmissionPolicy for service accounts; it changes none that nobody writes. */
export const mutatingAdmissionPolicyForAccounts = mutatingAdmissionPolicy(celAccounts, 'Object.imagePullSecrets');

/** The policy and the binding that switches it on. */
function mutatingAdmissionPolicy(rule: (context: DeliveryContext) => CelRule, entryType: string): DeliveryWriter {
  return (name, context) => {
    const { pullSecret } = context;
    const apiVersion = `admissionregistration.k8s.io/${apiVersionOf(pullSecret) ?? 'v1'}`;
    const entry = `${entryType}{name: ${celText(pullSecret.name)}}`;
    const spec = () => inKeyOrder(celMutation(rule(context), context, entry));
    const binding = () => ({ policyName: name });
    return [
      { apiVersion, kind: 'MutatingAdmissionPolicy', name, role: 'policy', fields: { spec } },
      { apiVersion, kind: 'MutatingAdmissionPolicyBinding', name, role: 'policy', fields: { spec: binding } },
    ];
  };
}
