import type { Construct } from 'constructs';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import type { Severity } from '../model/problem/problem-codes.js';

/** The problems, located at a construct instead of in a spec. */
export function located(construct: Construct, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path: _path, ...problem }) => ({ ...problem, construct: construct.node.path }));
}

/** Throws the problems of some severities, located at a construct. */
export function throwLocated(
  construct: Construct,
  problems: readonly Problem[],
  severities: readonly Severity[] = ['error'],
): void {
  const grave = problems.filter((problem) => severities.includes(severityOf(problem)));
  if (grave.length > 0) throw new ImagePullError(located(construct, grave));
}
