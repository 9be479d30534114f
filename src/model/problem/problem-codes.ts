import { type ProblemCodeInfo, type Severity, unseen } from './codes/code-info.js';
import { configCodes } from './codes/config-codes.js';
import { dockerConfigCodes } from './codes/docker-config-codes.js';
import { leastPrivilegeCodes } from './codes/least-privilege-codes.js';
import { manifestCodes } from './codes/manifest-codes.js';
import { needCodes } from './codes/need-codes.js';
import { outputCodes } from './codes/output-codes.js';
import { proofAccountCodes } from './codes/proof-account-codes.js';
import { proofImageCodes } from './codes/proof-image-codes.js';
import { proofMakerCodes } from './codes/proof-maker-codes.js';
import { proofPolicyCodes } from './codes/proof-policy-codes.js';
import { proofSecretCodes } from './codes/proof-secret-codes.js';
import { renderingCodes } from './codes/rendering-codes.js';
import { specCodes } from './codes/spec-codes.js';
import { synthesisCodes } from './codes/synthesis-codes.js';

export type { ProblemCodeInfo, Severity } from './codes/code-info.js';

const codes = {
  // image references and docker configs
  'image-reference-invalid': unseen(
    "The image is not a reference by distribution's grammar; the kubelet answers InvalidImageName.",
    'Write host/repository:tag in lower case. Variables must be substituted before the manifest is read.',
  ),
  ...dockerConfigCodes,
  ...manifestCodes,
  ...renderingCodes,
  ...specCodes,
  ...needCodes,
  ...outputCodes,
  ...configCodes,
  ...synthesisCodes,
  // what the proof finds
  ...proofImageCodes,
  ...proofSecretCodes,
  ...proofAccountCodes,
  ...proofMakerCodes,
  ...proofPolicyCodes,
  ...leastPrivilegeCodes,
} satisfies Record<string, ProblemCodeInfo>;

/** The name of a kind of problem. */
export type ProblemCode = keyof typeof codes;

/** The codes of some severities. */
export type CodeOf<Grade extends Severity> = {
  [Code in ProblemCode]: (typeof codes)[Code]['severity'] extends Grade ? Code : never;
}[ProblemCode];

/** Every code with its severity, cause and mend; docs/errors.md is generated from it. */
export const problemCodes: Readonly<Record<ProblemCode, ProblemCodeInfo>> = codes;
