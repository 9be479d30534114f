import type { z } from 'zod';
import type { ModelPath, Problem } from '../model/problem/problem.js';

type Issue = z.core.$ZodIssue;

/** What the schema finds, in this project's words. Values are never shown: one of them may be a password. */
export function schemaProblems(issues: readonly Issue[], value: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, issue.path as ModelPath, value));
}

function problemsOf(issue: Issue, path: ModelPath, value: unknown): Problem[] {
  const name = path.length > 0 ? path.join('.') : 'the file';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, name, key, value));
    case 'invalid_type':
      return [wrongType(issue, path, name, at(value, path))];
    case 'invalid_value':
      return [
        {
          code: 'config-wrong-type',
          message: `${name} must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`,
          path,
        },
      ];
    case 'invalid_union':
      return unionProblems(issue, path, name, value);
    default:
      return [{ code: 'config-wrong-type', message: `${name}: ${issue.message}`, path }];
  }
}

/** The key is named, unless it may be a piece of a value: that of a password without quotes is a key of its own. */
function unknownKey(path: ModelPath, name: string, key: string, value: unknown): Problem {
  const secret = path.includes('plaintext') || at(value, [...path, key]) === null || /:\/\/|@/.test(key);
  return {
    code: 'config-unknown-key',
    message: `${name} ${secret ? 'has an unknown key here' : `has no key ${JSON.stringify(key)}`}`,
    path: [...path, key],
  };
}

/** A copy of the value without the keys that the schema does not know. */
export function withoutUnknownKeys(value: unknown, issues: readonly Issue[]): unknown {
  const copy = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const owner = at(copy, issue.path as ModelPath) as Record<string, unknown>;
    for (const key of issue.keys) delete owner[key];
  }
  return copy;
}

function wrongType(
  issue: Extract<Issue, { code: 'invalid_type' }>,
  path: ModelPath,
  name: string,
  actual: unknown,
): Problem {
  if (actual === undefined) return { code: 'config-wrong-type', message: `${name} is missing`, path };
  const expected: Record<string, string> = {
    string: 'text',
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    boolean: 'true or false',
  };
  const hint =
    issue.expected === 'string' && typeof actual === 'number' ? { hint: 'quote it, else YAML reads a number' } : {};
  return {
    code: 'config-wrong-type',
    message: `${name} must be ${expected[issue.expected] ?? issue.expected}, not ${kindOf(actual)}`,
    path,
    ...hint,
  };
}

/** An object that fits one form but for a key is told so; anything else gets the list of forms. */
function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: ModelPath,
  name: string,
  value: unknown,
): Problem[] {
  const own = at(value, path);
  if (typeof own === 'object' && own !== null) {
    const deep = issue.errors.find((errors) => errors.length > 0 && errors.every((each) => each.path.length > 0));
    if (deep) return deep.flatMap((each) => problemsOf(each, [...path, ...(each.path as ModelPath)], value));
  }
  return [{ code: 'config-wrong-type', message: `${name} ${issue.message}`, path }];
}

function at(value: unknown, path: ModelPath): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[String(part)];
  }
  return current;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'a mapping' }[typeof value as string] ??
    typeof value
  );
}
