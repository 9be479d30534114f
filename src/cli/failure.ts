import { ImagePullError } from '../model/problem/problem.js';
import { terminalText } from '../model/problem/shown.js';
import { problemsReport } from '../report/problems.js';

/** Words for an error that ended a run. */
export function failureText(error: unknown): string {
  if (ImagePullError.is(error)) return problemsReport(error.problems);
  const { name = 'Error', message = 'unknown' } = (error ?? {}) as Partial<Error>;
  // Only the first line: a message of foreign code may go on with whatever it was given.
  return `${terminalText(`unexpected ${name}: ${message.split('\n')[0]?.slice(0, 200)}`)}\nThis is a defect of cdk8s-image-pull: please report it with the command line.\n`;
}
