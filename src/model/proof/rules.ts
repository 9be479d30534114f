import { type Problem, uniqueProblems } from '../problem/problem.js';
import type { ProofRule } from './rule.js';
import { accountRules } from './rules/account-rules.js';
import { apartRules } from './rules/apart-rules.js';
import { cloneRules } from './rules/clone-rules.js';
import { credentialRules } from './rules/credential-rules.js';
import { dockerConfigRules } from './rules/docker-config-rules.js';
import { gitopsRules } from './rules/gitops-rules.js';
import { grantRules } from './rules/grant-rules.js';
import { hookRules } from './rules/hook-rules.js';
import { imageRules } from './rules/image-rules.js';
import { leastPrivilegeRules } from './rules/least-privilege-rules.js';
import { listRules } from './rules/list-rules.js';
import { makerRules } from './rules/maker-rules.js';
import { nodeRules } from './rules/node-rules.js';
import { openshiftRules } from './rules/openshift-rules.js';
import { policyRules } from './rules/policy-rules.js';
import { policyVersionRules } from './rules/policy-version-rules.js';
import { secretRules } from './rules/secret-rules.js';
import { tokenRules } from './rules/token-rules.js';
import { versionRules } from './rules/version-rules.js';
import { waveRules } from './rules/wave-rules.js';
import type { ProofState } from './state.js';

/** Every rule, in the order in which findings are said. */
export const proofRules: readonly ProofRule[] = [
  ...imageRules,
  ...listRules,
  ...credentialRules,
  ...accountRules,
  ...apartRules,
  ...secretRules,
  ...makerRules,
  ...tokenRules,
  ...dockerConfigRules,
  ...openshiftRules,
  ...nodeRules,
  ...versionRules,
  ...gitopsRules,
  ...waveRules,
  ...hookRules,
  ...policyRules,
  ...policyVersionRules,
  ...cloneRules,
  ...leastPrivilegeRules,
  ...grantRules,
];

/** Everything that rules find wrong with what was judged, each thing once. */
export function findingsOf(state: ProofState, rules: readonly ProofRule[] = proofRules): Problem[] {
  return uniqueProblems(rules.flatMap((rule) => rule.check(state)));
}
