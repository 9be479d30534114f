import type { Construct } from 'constructs';
import { type Problem, throwErrors } from '../model/problem.js';

/** The problems, located at a construct instead of in a spec. */
export function located(construct: Construct, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path: _path, ...problem }) => ({ ...problem, construct: construct.node.path }));
}

/** Throws the errors among the problems, located at a construct. */
export function throwLocated(construct: Construct, problems: readonly Problem[]): void {
  throwErrors(located(construct, problems));
}
