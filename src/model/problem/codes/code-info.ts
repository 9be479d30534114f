/**
 * `error`: broken input, nothing is written, exit 2. `stop`: the run must not go on by itself, nothing is written, exit 1.
 * `finding`: the answer is incomplete or unsafe, the rest is written, exit 1. `warning`: worth knowing, exit 0.
 */
export type Severity = 'error' | 'stop' | 'finding' | 'warning';

/** Meaning of a code: its severity, how it comes about and what mends it. */
export interface ProblemCodeInfo<Grade extends Severity = Severity> {
  readonly severity: Grade;
  readonly cause: string;
  readonly mend: string;
  /** Whether it is about something that was not seen. @default false */
  readonly isUnseen?: true;
}

const graded =
  <Grade extends Severity>(severity: Grade) =>
  (cause: string, mend: string): ProblemCodeInfo<Grade> => ({ severity, cause, mend });

export const error = graded('error');
export const stop = graded('stop');
export const finding = graded('finding');
export const warning = graded('warning');
/** A finding about something that was not seen: `coverage: lenient` makes a warning of it. */
export const unseen = (cause: string, mend: string) => ({ ...finding(cause, mend), isUnseen: true as const });
