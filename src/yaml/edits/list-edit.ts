import type { ItemForm, ListRequest } from './list-request.js';
import type { Target } from './locate.js';
import { scalarText } from './scalar-text.js';
import type { Splice } from './splices.js';

/** Edit that is to be done to one list. */
export interface ListTask {
  readonly target: Target;
  readonly path: ListRequest['path'];
  readonly item: ItemForm;
  /** The names that are on the list now. */
  readonly names: readonly string[];
  readonly add: readonly string[];
  /** The marked items whose names are not wanted, as indices. */
  readonly takeBack: readonly number[];
}

/** State of a list after an edit; the path counts from the root of the document. */
export type Outcome = { readonly path: readonly (string | number)[] } & (
  | { readonly kept: readonly number[]; readonly added: readonly string[] }
  | { readonly becomes: 'null' | 'absent' }
);

/** How one list is changed. */
export interface ListEdit {
  readonly splices: readonly Splice[];
  readonly outcome: Outcome;
  /** The line at whose end the mark of this list stands, between brackets; no other list can have its mark there. */
  readonly markLine?: number;
}

/** The path of the list from the root of the document. */
export function fullPath({ target, path }: ListTask): readonly (string | number)[] {
  return [...target.objectPath, ...path];
}

/** A list after an edit that leaves it a list. */
export function listOutcome(task: ListTask): Outcome {
  const kept = [...task.names.keys()].filter((index) => !task.takeBack.includes(index));
  return { path: fullPath(task), kept, added: task.add };
}

/** An item between brackets. */
export function flowItemText(name: string, item: ItemForm, padding: string): string {
  return item === 'name' ? `{${padding}name: ${scalarText(name)}${padding}}` : itemText(name, item, padding);
}

/** The lines of items in a block, each with its mark, without indentation and line break. */
export function blockItemText(name: string, item: ItemForm, gap = ' '): string {
  return `-${gap}${item === 'name' ? `name: ${scalarText(name)}` : itemText(name, item, '')}`;
}

function itemText(name: string, item: Exclude<ItemForm, 'name'>, padding: string): string {
  return item === 'json' ? flowText(JSON.parse(name), padding) : scalarText(name);
}

/** A value of maps and texts between braces. */
function flowText(value: unknown, padding: string): string {
  if (typeof value !== 'object' || value === null) return scalarText(String(value));
  const pairs = Object.entries(value).map(([key, each]) => `${scalarText(key)}: ${flowText(each, padding)}`);
  return `{${padding}${pairs.join(', ')}${padding}}`;
}
