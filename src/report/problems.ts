import { type Problem, placeOf, problemText, severityOf } from '../model/problem/problem.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';

const order = { error: 0, stop: 1, finding: 2, warning: 3 } as const;

/** Problems as text, the gravest first, with a line that counts them. */
export function problemsReport(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const sorted = problems
    .map((problem, index) => ({ problem, index }))
    .sort((a, b) => order[severityOf(a.problem)] - order[severityOf(b.problem)] || a.index - b.index);
  const texts = sorted.map(
    ({ problem }) => `${severityOf(problem)}: ${terminalText(problemText(onOneLine(problem)))}\n`,
  );
  return `${texts.join('')}${summary(problems)}\n`;
}

function summary(problems: readonly Problem[]): string {
  const parts = (['error', 'stop', 'finding', 'warning'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => severityOf(problem) === severity).length;
    return count === 0 ? [] : [plural(count, severity)];
  });
  return parts.join(', ');
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Names in messages come from manifests: a line end in one of them must not begin a line that looks like ours. */
function onOneLine(problem: Problem): Problem {
  const { message, hint } = problem;
  const place = placeOf(problem);
  return {
    ...problem,
    message: oneLine(message),
    ...(hint !== undefined && { hint: oneLine(hint) }),
    ...(place && { at: { ...place, file: oneLine(place.file) } }),
  };
}
