import type { ProblemCode } from '../model/problem/problem-codes.js';
import { proofRules } from '../model/proof/rules.js';

/** A code of `verify`, and the kinds of things that its findings are about. */
export interface VerifiedCode {
  readonly code: ProblemCode;
  readonly about: readonly string[];
}

/** Codes of what `verify` finds where it proves nothing: credentials in the clear, and days that were stated. */
const ofOthers: readonly VerifiedCode[] = [
  { code: 'secret-exposed', about: ['file'] },
  { code: 'rotation-due', about: ['pull secret'] },
  { code: 'rotation-overdue', about: ['pull secret'] },
];

/** Everything that `verify` looks for, each code once. All of it can be acknowledged one by one. */
export const verifiedCodes: readonly VerifiedCode[] = [
  ...new Map<ProblemCode, VerifiedCode>([...proofRules, ...ofOthers].map((row) => [row.code, row])).values(),
];
