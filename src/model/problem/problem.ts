import { maskedText } from './credential-mask.js';
import { type ProblemCode, problemCodes, type Severity } from './problem-codes.js';

/** Where something stands in a text. Lines and columns count from 1. */
export interface Place {
  /** The path as the user wrote or globbed it; `<stdin>` for standard input. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A path of keys and indices into an {@link ImagePullSpec}, such as `['pullSecrets', 'hub-pull', 'source']`. */
export type ModelPath = readonly (string | number)[];

/** Where a problem stands: a place in a file, a path into the spec, or the path of a construct. */
export type Where = Place | { readonly path: ModelPath } | { readonly construct: string };

/** An object as a problem is about it. */
export interface ProblemSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** The image that it is about, as the manifest has it. */
  readonly image?: string | undefined;
}

/** One thing that is wrong, said once: what, where, and what mends it. Never holds a secret value. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence without a final stop. */
  readonly message: string;
  /** Where it stands. The command line turns a path into the spec into a place in the config, constructs into theirs. */
  readonly at?: Where;
  /** Advice what to do about it, one sentence without a final stop. */
  readonly hint?: string;
  /** The object that it is about, by which it can be acknowledged. @default - none, or not one alone */
  readonly about?: ProblemSubject;
  /** Whether a finding counts as a warning. @default false */
  readonly isLenient?: boolean;
  /** The one token of the file that it is about, with a caret under it; nothing else of the line. */
  readonly frame?: string;
}

/** The severity of a problem, as its code says, unless the config takes it lightly. */
export function severityOf({ code, isLenient }: Problem): Severity {
  const { severity } = problemCodes[code];
  return isLenient && severity === 'finding' ? 'warning' : severity;
}

/** The problem with what was not seen taken lightly, as `coverage: lenient` asks. */
export function lenient(problem: Problem): Problem {
  return problemCodes[problem.code].isUnseen ? { ...problem, isLenient: true } : problem;
}

/** The place in a file that a problem stands at, if it is one. */
export function placeOf({ at }: Problem): Place | undefined {
  return at && 'file' in at ? at : undefined;
}

/** The path into the spec that a problem stands at; empty if it stands elsewhere. */
export function pathOf({ at }: Problem): ModelPath {
  return at && 'path' in at ? at.path : [];
}

/** A problem whose path into the spec, if it has one, is turned into a place in a file or the path of a construct. */
export function located(
  problem: Problem,
  locate: (path: ModelPath) => {
    readonly at: Exclude<Where, { path: ModelPath }>;
    readonly frame?: string | undefined;
  },
): Problem {
  return problem.at && 'path' in problem.at ? { ...problem, ...locate(problem.at.path) } : problem;
}

/** The problems without those that repeat the code, message and place of an earlier one. */
export function uniqueProblems(problems: readonly Problem[]): Problem[] {
  const byText = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.code, problem.message, problem.at]);
    if (!byText.has(key)) byText.set(key, problem);
  }
  return [...byText.values()];
}

/** True for problems after which a run ends with exit code 1 though everything was done that could be. */
export function hasFindings(problems: readonly Problem[]): boolean {
  return problems.some((problem) => ['stop', 'finding'].includes(severityOf(problem)));
}

/** `file:line:column`, the construct path, or the dotted model path. */
function whereText(where: Where): string {
  if ('file' in where) return placeText(where);
  return 'path' in where ? where.path.join('.') : where.construct;
}

/** `file:line:column`. */
export function placeText(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** A problem as text: place, code, message, then frame and hint on lines of their own. */
export function problemText(problem: Problem): string {
  const where = problem.at && whereText(problem.at);
  const lines = [`${where ? `${where}: ` : ''}${maskedText(problem.message)} [${problem.code}]`];
  if (problem.frame) lines.push(problem.frame);
  if (problem.hint) lines.push(`  ${maskedText(problem.hint)}`);
  return lines.join('\n');
}

/** Every error this package throws on purpose: all problems of the run together, in a stable order. */
export class ImagePullError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[]) {
    const all: readonly Problem[] = Array.isArray(problems) ? problems : [problems as Problem];
    super(all.map(problemText).join('\n'));
    this.name = 'ImagePullError';
    this.problems = all;
  }

  /** True for an error of this class, also across two copies of the package. */
  static is(error: unknown): error is ImagePullError {
    return (
      error instanceof Error && error.name === 'ImagePullError' && Array.isArray((error as ImagePullError).problems)
    );
  }
}

/** Throws an {@link ImagePullError} if any of the problems is an error; the findings are said with it. */
export function throwErrors(problems: readonly Problem[]): void {
  if (problems.some((problem) => severityOf(problem) === 'error'))
    throw new ImagePullError(problems.filter((problem) => severityOf(problem) !== 'warning'));
}
