import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Tree } from './tree.js';

const deepestList = 8;

/** Kind that a list gives to its items: items of a RoleBindingList are RoleBindings and need not say so. */
export interface ItemHint {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** Takes one Kubernetes object. Gives back what is wrong with the object. */
export type ObjectTaker = (object: Tree, hint: ItemHint) => readonly Problem[];

/**
 * Hands over the objects of a document one after the other, lists taken apart.
 *
 * @returns what is wrong: `manifest-not-an-object`, and what the taker gives back
 */
export function takeObjects(document: Tree, take: ObjectTaker): Problem[] {
  const problems: Problem[] = [];
  takeEach(document, {}, 0, take, problems);
  return problems;
}

function takeEach(tree: Tree, hint: ItemHint, depth: number, take: ObjectTaker, problems: Problem[]): void {
  const kind = tree.get('kind')?.string() || hint.kind;
  const apiVersion = tree.get('apiVersion')?.string() || hint.apiVersion;
  if (!kind || !apiVersion) {
    problems.push(notAnObject(tree, kind ? 'no apiVersion' : 'no kind'));
    return;
  }
  const items = kind.endsWith('List') ? tree.get('items') : undefined;
  if (items?.kind === 'null') return;
  if (items?.kind !== 'list') {
    for (const problem of take(tree, hint)) problems.push(problem);
  } else if (depth === deepestList) {
    problems.push(notAnObject(tree, `more than ${deepestList} lists around it`));
  } else {
    const itemHint = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    for (const item of items.items()) takeEach(item, itemHint, depth + 1, take, problems);
  }
}

function notAnObject(tree: Tree, lack: string): Problem {
  return At.of(tree.place()).find(
    'manifest-not-an-object',
    tree.kind === 'map' ? words`this is no Kubernetes object: it has ${lack}` : 'this is no Kubernetes object',
  );
}
