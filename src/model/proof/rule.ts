import type { Problem } from '../problem/problem.js';
import type { ProblemCode } from '../problem/problem-codes.js';
import type { ProofState } from './state.js';

/** One thing that can be wrong with what was proven: a row. Why it comes about and what mends it stands with its code. */
export interface ProofRule {
  readonly code: ProblemCode;
  check(state: ProofState): readonly Problem[];
}
