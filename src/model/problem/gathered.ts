import { type Problem, placeOf } from './problem.js';
import type { ProblemCode } from './problem-codes.js';

/** Codes of what a whole folder often has in common. */
const ofFiles: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['manifest-invalid', 'manifest-not-text', 'manifest-not-an-object', 'manifest-wrong-type'] as const),
  ...(['manifest-alias', 'manifest-too-large', 'manifest-is-a-base', 'manifest-unreadable'] as const),
  ...(['manifest-name-invalid', 'namespace-unstated', 'image-reference-invalid'] as const),
]);

/** Codes of what many objects have in common by its message. */
const ofMany: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['chart-missing']);

/** As many findings of one code and folder are said one by one. */
const mostSaid = 3;

/** The problems with those about many files of a folder, or many objects, said once: the first, and how many are like it. */
export function gatherByFolder(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = keyOf(problem);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return problems.flatMap((problem) => {
    const group = groups.get(keyOf(problem) ?? '') ?? [];
    if (group.length <= (ofMany.has(problem.code) ? 1 : mostSaid)) return [problem];
    return problem === group[0] ? [gathered(problem, group.length - 1)] : [];
  });
}

function keyOf(problem: Problem): string | undefined {
  const place = placeOf(problem);
  if (ofMany.has(problem.code)) return `${problem.code} ${problem.message}`;
  return place && ofFiles.has(problem.code) ? `${problem.code} ${folderOf(place.file)}` : undefined;
}

function gathered(problem: Problem, others: number): Problem {
  const { message, hint } = problem;
  if (ofMany.has(problem.code)) return { ...problem, message: `${message}; asked for ${others + 1} times` };
  const file = placeOf(problem)?.file ?? '';
  const folder = folderOf(file);
  const where = folder === '' ? '' : ` below ${folder}`;
  return {
    ...problem,
    message: `${message}; ${others} more like it${where}`,
    // What gives one file a namespace gives it to the folder.
    ...(hint !== undefined && {
      hint: folder === '' ? hint : hint.replace(`path: ${file},`, `path: ${folder},`),
    }),
  };
}

/** The first folder of a path; the path upwards is none. */
function folderOf(file: string): string {
  return /^(?:\.\.\/)*[^/]+(?=\/)/.exec(file)?.[0] ?? '';
}
