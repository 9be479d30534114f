import { At } from '../../model/problem/at.js';
import { maskedText } from '../../model/problem/credential-mask.js';
import type { Problem } from '../../model/problem/problem.js';
import { Words, words } from '../../model/problem/shown.js';
import { oneLine, visible } from '../../model/problem/terminal-text.js';
import type { ProgramEnd } from '../../run/run-program.js';

/** As many of its last lines are said, and as much of each. */
const mostLines = 3;
const longestLine = 280;

/** Facts that a failure is told with. */
export interface FailureContext {
  readonly label: string;
  readonly limits: { readonly timeoutMs: number; readonly mostBytes: number };
  /** Texts that no message may show. */
  readonly secrets: () => readonly string[];
  /** Folders of this machine, which stand for the root of the repository. */
  readonly roots: readonly string[];
}

// Helm takes a version of its own for that of the cluster, unless it is told one.
const versionHint = words`say which version the cluster has: clusters.<name>.kubernetes`;

/** A rendering that a program did not bring about. */
export function failureProblem(end: Exclude<ProgramEnd, { ended: 'well' }>, context: FailureContext): Problem {
  const { label, limits } = context;
  const say = (message: Words, hint = words`run \`${label}\` by hand and mend what it says`) =>
    At.of().find('rendering-failed', message, hint);
  switch (end.ended) {
    case 'badly':
      return say(
        words`${label} failed (${end.status})${tail(end.stderr, context)}`,
        end.stderr.includes('chart requires kubeVersion') ? versionHint : undefined,
      );
    case 'late':
      return say(words`${label} did not end within ${limits.timeoutMs / 1000} s and was stopped`);
    case 'overlong':
      return say(words`${label} printed more than ${limits.mostBytes / 1024 / 1024} MiB and was stopped`);
    case 'stopped':
      return say(words`${label} was stopped before it ended`);
    case 'unstarted':
      return say(words`${label} could not be started: ${end.reason}`);
  }
}

/** A rendering without a single object. */
export function emptyProblem(label: string): Problem {
  return At.of().find(
    'rendering-empty',
    words`${label} gives no object`,
    'name a folder, a release or values that give some, or take the entry away',
  );
}

/** The end of what a program said about its failure. */
function tail(stderr: string, { secrets, roots }: FailureContext): Words {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return new Words('');
  const known = secrets();
  const shown = withoutMachine(withoutDumps(lines.join('\n')), roots)
    .split('\n')
    .slice(-mostLines)
    .map((line) => visible(oneLine(maskedText(withoutSecrets(line, known)))));
  // The reason stands at the end of the line, behind the way that led to it.
  const ends = shown.map((line) =>
    line.length > longestLine ? `…${line.slice(-longestLine).replace(/^[\udc00-\udfff]/, '')}` : line,
  );
  return new Words(`: ${ends.join(' / ')}`);
}

/** Kustomize prints the configuration of a step that failed, with the values that it was to write. */
function withoutDumps(text: string): string {
  const mark = 'with config: `';
  const start = text.indexOf(mark);
  if (start < 0) return text;
  const end = text.lastIndexOf('`');
  const from = start + mark.length;
  return `${text.slice(0, from)}***${end < from ? '' : text.slice(end)}`;
}

/** Without what differs from one machine and run to another: folders, addresses in memory, and the time. */
function withoutMachine(text: string, roots: readonly string[]): string {
  return roots
    .reduce((rest, root) => rest.replaceAll(`${root}/`, '').replaceAll(root, '.'), text)
    .replace(/\b0x[0-9a-f]{6,}\b/g, '0x…')
    .replace(/^[A-Z]\d{4} [\d:.]+ +\d+ /gm, '');
}

/** Cuts what follows the name of a credential, and every text that stands in a Secret. */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  const masked = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line);
  return masked.replace(
    /((?:passwords?|passwd|pwd|tokens?|secrets?|api-?keys?|credentials?|auth)["']?\s*[:=]\s*)\S.*/gi,
    '$1***',
  );
}
