import { allOf, fault, type Known, unknown, ValueMap, type valueFrom } from '../language/value.js';
import { matchesWildcard } from '../language/wildcard.js';
import { at, itemsOf, textOf } from '../plain.js';
import { type Changed, patched } from '../policies/json-patch.js';
import type { Names } from '../policies/list-policy.js';
import { selects, unseenLabels } from '../seen-labels.js';
import type { Matched } from '../subject.js';
import { matchedNamespace, namespaceObject, type Subject } from '../subject.js';
import { preconditionsHold } from './condition.js';
import { strategicallyMerged } from './merge-patch.js';
import { readPatchText } from './patch-text.js';
import { ruleContext, withContext } from './rule-context.js';
import { isMatched } from './rule-match.js';
import { substituted } from './substitution.js';

/** A rule of a ClusterPolicy that changes lists of pull secrets: of what is written, or of accounts that exist. */
export class ListRule {
  readonly #rule: unknown;
  readonly #mutate: unknown;
  readonly #targets: readonly unknown[];
  readonly #ignoresFaults: boolean;

  constructor(rule: unknown, ignoresFaults: boolean) {
    this.#rule = rule;
    this.#mutate = at(rule, 'mutate');
    this.#targets = itemsOf(at(this.#mutate, 'targets'));
    this.#ignoresFaults = ignoresFaults;
  }

  act(subject: Subject, list: readonly string[]): Names {
    const after = this.#targets.length > 0 ? this.#ofExisting(subject, list) : this.#ofWritten(subject, list);
    if (after !== fault) return after;
    return this.#ignoresFaults ? list : unknown;
  }

  #ofWritten(subject: Subject, list: readonly string[]): Changed {
    const matched: Matched = { ...subject, operation: 'CREATE' };
    const isHeld = this.#isHeld(subject, matched);
    if (isHeld === false) return list;
    const object = subject.object(list);
    const root = withContext(ruleContext(matched, object, subject.containers), at(this.#rule, 'context'));
    return this.#changed(isHeld, at(this.#rule, 'preconditions'), root, object, subject, list);
  }

  /** Accounts are written again, and nobody knows when. */
  #isHeld({ resource }: Subject, matched: Matched): Known {
    const isCreated = isMatched(this.#rule, matched);
    if (isCreated === true || resource !== 'serviceaccounts') return isCreated;
    return isMatched(this.#rule, { ...matched, operation: 'UPDATE' }) === false ? isCreated : unknown;
  }

  /** `mutate.targets`: what triggers it is the namespace of the account, else nobody knows. */
  #ofExisting(subject: Subject, list: readonly string[]): Changed {
    if (subject.resource !== 'serviceaccounts') return list;
    const trigger = matchedNamespace(subject.namespace);
    const isTriggered = isMatched(this.#rule, trigger);
    if (isTriggered === false && this.#isAboutNamespaces(trigger)) return list;
    const object = subject.object(list);
    const root = withContext(
      ruleContext(trigger, namespaceObject(subject.namespace, unseenLabels)).with('target', object),
      at(this.#rule, 'context'),
    );
    let names: readonly string[] = list;
    for (const target of this.#targets) {
      const isTarget = this.#isTarget(target, subject, root);
      const isHeld = allOf([isTarget, isTriggered === false ? unknown : isTriggered]);
      if (isTarget === false) continue;
      const next = this.#changed(isHeld, at(target, 'preconditions'), root, object, subject, names);
      if (next === unknown || next === fault) return next;
      names = next;
    }
    return names;
  }

  /** Whether it matches no other objects than Namespaces. */
  #isAboutNamespaces(trigger: Matched): boolean {
    const filters = [
      at(this.#rule, 'match'),
      ...['any', 'all'].flatMap((key) => itemsOf(at(this.#rule, 'match', key))),
    ];
    const kinds = filters.flatMap((filter) => itemsOf(at(filter, 'resources', 'kinds')));
    return kinds.length > 0 && kinds.every((kind) => kind === trigger.kind || kind === `v1/${trigger.kind}`);
  }

  #isTarget(target: unknown, { kind, name, namespace, labels }: Subject, root: ValueMap): Known {
    if (at(target, 'kind') !== kind) return false;
    const wanted = substituted(at(target, 'name') ?? '*', root);
    const where = substituted(at(target, 'namespace') ?? '*', root);
    const matches = (pattern: unknown, text: string | undefined): Known => {
      if (pattern === '*') return true;
      return typeof pattern !== 'string' || text === undefined ? unknown : matchesWildcard(pattern, text);
    };
    return allOf([matches(wanted, name), matches(where, namespace.name), selects(at(target, 'selector'), labels)]);
  }

  #changed(
    isHeld: Known,
    preconditions: unknown,
    root: ValueMap,
    object: ValueMap,
    { listPath }: Subject,
    list: readonly string[],
  ): Changed {
    const holds = preconditionsHold(preconditions, root);
    if (holds === false) return list;
    const changed = holds === fault ? fault : this.#patched(root, object, listPath, list);
    const isSure = isHeld === true && holds !== unknown;
    // What would change nothing does so whether it is asked or not.
    return isSure || (Array.isArray(changed) && changed.join() === list.join()) ? changed : unknown;
  }

  #patched(root: ValueMap, object: ValueMap, listPath: readonly string[], list: readonly string[]): Changed {
    const merge = at(this.#mutate, 'patchStrategicMerge');
    if (merge !== undefined) return strategicallyMerged(substituted(merge, root), object, listPath, list);
    const text = textOf(at(this.#mutate, 'patchesJson6902'));
    if (text === undefined) return unknown;
    const operations = readPatchText(text);
    if (operations === undefined) return unknown;
    const filled = substituted(operations, root);
    return patched(filled === fault ? fault : valueFromPatch(filled), listPath, list, { makesList: true });
  }
}

/** A single operation is a patch of one. */
function valueFromPatch(value: ReturnType<typeof valueFrom>): ReturnType<typeof valueFrom> {
  return value instanceof ValueMap ? [value] : value;
}
