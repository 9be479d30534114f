import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { sentence, type Words } from '../model/problem/shown.js';

/** The code of an error of the operating system, such as `ENOENT`. Not by class: errors may come from another realm. */
export function diskCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** An error of the operating system as a problem; anything else is a fault of ours and goes on. */
export function diskProblem(path: string, what: string, error: unknown): Problem {
  if (diskCode(error) === undefined) throw error;
  // "EACCES: permission denied, open '/some/path'": the path is said already, and may be a temporary one.
  const reason = (error as Error).message.replace(/,.*$/s, '');
  return notWritable(`${path} ${what}: ${reason}`);
}

/** A problem of the output folder. */
export function notWritable(message: string, hint?: Words): Problem {
  return At.of().refuse('output-not-writable', sentence(message), hint);
}
