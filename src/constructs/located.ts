import type { Construct } from 'constructs';
import { checkShape } from '../model/check/check-shape.js';
import { ImagePullError, located as locatedBy, type Problem, severityOf } from '../model/problem/problem.js';
import type { Severity } from '../model/problem/problem-codes.js';
import { definitionOf } from '../model/vocabulary/json-schema.js';

/** The problems, located at a construct instead of in a spec. */
export function located(construct: Construct, problems: readonly Problem[]): Problem[] {
  const at = { construct: construct.node.path };
  return problems.map((problem) => (problem.at ? locatedBy(problem, () => ({ at })) : { ...problem, at }));
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

/**
 * Throws where props have not the shape that an interface of the vocabulary gives them, as happens without a compiler.
 * Further keys are nobody's concern: some are for constructs alone.
 */
export function throwMisshapen(construct: Construct, props: unknown, name: string): void {
  const problems = checkShape(props, definitionOf(name), ['props']);
  throwLocated(
    construct,
    problems.filter(({ code }) => code !== 'config-unknown-key'),
  );
}
