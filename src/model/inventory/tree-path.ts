import type { Tree, TreeKind } from './tree.js';

/** One step of a path: into a key, into every item of a list, or into every value of a map. */
export type Step = { readonly key: string } | 'items' | 'values';

/** A parsed path. */
export interface TreePath {
  readonly steps: readonly Step[];
  /** True for a path that began with a dot. */
  readonly relative: boolean;
}

/** A value with the way that led to it. */
export interface Found {
  readonly tree: Tree;
  readonly path: readonly (string | number)[];
}

const pathPattern = /^(?:[^.[\]*\s]+|\*)(?:\[\])*(?:\.(?:[^.[\]*\s]+|\*)(?:\[\])*)*$/;
const plainKey = /^[A-Za-z0-9_/$-]+$/;

/**
 * Parses a path: keys joined by dots, `[]` behind a key for every item of its list, `*` in place of a key for every
 * value of a map. `spec.tasks[].image` and `spec.replicaSpecs.*.template.spec` are such paths. A leading dot makes the
 * path relative to a place that is known otherwise.
 *
 * @returns the path, or a text that says what is wrong with it
 */
export function parseTreePath(text: string): TreePath | string {
  const relative = text.startsWith('.');
  const rest = relative ? text.slice(1) : text;
  if (rest === '') return 'is empty';
  if (/^\$|[{}]/.test(text)) return 'is not written as JSONPath: leave out "$", "{" and "}"';
  if (/\[[^\]]+\]/.test(text)) return 'may hold "[]" for every item of a list, but no index or condition';
  if (!pathPattern.test(rest)) return 'must be keys joined by ".", with "[]" for list items and "*" for map values';
  const steps: Step[] = [];
  for (const segment of rest.split('.')) {
    const key = segment.replace(/(?:\[\])+$/, '');
    steps.push(key === '*' ? 'values' : { key });
    for (let at = key.length; at < segment.length; at += 2) steps.push('items');
  }
  return { steps, relative };
}

/** Says that a value on the way is not what the next step needs. */
export type WrongKind = (found: Found, expected: TreeKind) => void;

/**
 * Every value that the steps lead to. What is absent or null leads nowhere; a value of a kind that the next step
 * cannot enter is told to `wrong`.
 */
export function follow(from: Found, steps: readonly Step[], wrong: WrongKind): readonly Found[] {
  let found: Found[] = [from];
  for (const step of steps) {
    const next: Found[] = [];
    for (const each of found) enter(each, step, next, wrong);
    if (next.length === 0) return next;
    found = next;
  }
  return found;
}

function enter({ tree, path }: Found, step: Step, into: Found[], wrong: WrongKind): void {
  const expected = step === 'items' ? 'list' : 'map';
  if (tree.kind === 'null') return;
  if (tree.kind !== expected) return wrong({ tree, path }, expected);
  if (step === 'items') {
    const items = tree.items();
    for (let index = 0; index < items.length; index++) into.push({ tree: items[index]!, path: [...path, index] });
  } else if (step === 'values') {
    for (const [key, value] of tree.entries()) into.push({ tree: value, path: [...path, key] });
  } else {
    const value = tree.get(step.key);
    if (value) into.push({ tree: value, path: [...path, step.key] });
  }
}

/** A way as text: `spec.templates[0].container`; keys with unusual letters stand in brackets, as JSON. */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (plainKey.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}

/** The keys and indices of a text that {@link pathText} made. */
export function pathKeys(text: string): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const [, index, quoted, key] of text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)) {
    if (index !== undefined) keys.push(Number(index));
    else keys.push(quoted === undefined ? (key ?? '') : (JSON.parse(quoted) as string));
  }
  return keys;
}

/** Steps as {@link parseTreePath} takes them. */
export function stepsText(steps: readonly Step[]): string {
  return steps
    .map((step) => (step === 'items' ? '[]' : step === 'values' ? '.*' : `.${step.key}`))
    .join('')
    .replace(/^\./, '');
}
