import { labelValueError, qualifiedNameError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';

/** Problems of labels, whether they are written or selected by. */
export function labelProblems(labels: Readonly<Record<string, string>> | undefined, path: ModelPath): Problem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]): Problem[] => {
    const error = qualifiedNameError(key) ?? labelValueError(value);
    return error ? [{ code: 'metadata-invalid', message: `label ${key}: ${error}`, path: [...path, key] }] : [];
  });
}
