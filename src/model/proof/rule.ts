import type { Problem } from '../problem/problem.js';
import type { ProblemCode } from '../problem/problem-codes.js';
import type { ProofState } from './state.js';

/** The kinds of objects that a finding of the proof can be about. */
export type RuleSubject = 'workload' | 'service account' | 'Secret' | 'policy' | 'binding' | 'namespace' | 'mirrors';

/** One thing that can be wrong with what was proven: a row. Why it comes about and what mends it stands with its code. */
export interface ProofRule {
  readonly code: ProblemCode;
  /** The objects that its findings are about, on which an annotation suppresses them. */
  readonly about: readonly RuleSubject[];
  check(state: ProofState): readonly Problem[];
}
