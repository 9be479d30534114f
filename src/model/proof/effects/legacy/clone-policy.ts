import { declaredIn } from '../../../inventory/declared.js';
import type { DeclaredDelivery, DeclaredSecret } from '../../../inventory/declared-object.js';
import { plainTree } from '../../../inventory/tree.js';
import { type Brought, broughtWhere, type Copier } from '../copies/copier.js';
import { allOf, fault, type Known, plainOf, unknown, type ValueMap } from '../language/value.js';
import { at, itemsOf, mentions } from '../plain.js';
import { unseenLabels } from '../seen-labels.js';
import { matchedNamespace, namespaceObject, type SeenNamespace } from '../subject.js';
import { isServed } from './cluster-policy.js';
import { preconditionsHold } from './condition.js';
import { ruleContext, withContext } from './rule-context.js';
import { isMatched } from './rule-match.js';
import { substituted } from './substitution.js';

/** Kyverno's older ClusterPolicy, or Policy, by the Secrets that its rules write into namespaces. */
export class ClonePolicy implements Copier {
  readonly by: string;
  readonly delivery: DeclaredDelivery;
  readonly #rules: readonly unknown[];

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    this.by = `policy ${delivery.name}`;
    this.#rules = itemsOf(at(delivery.object, 'spec', 'rules')).filter(isAboutSecrets);
  }

  /** Whether the policy writes Secrets at all. */
  static isAboutSecrets({ object }: DeclaredDelivery): boolean {
    return itemsOf(at(object, 'spec', 'rules')).some(isAboutSecrets);
  }

  into(namespace: SeenNamespace): readonly Brought[] | typeof unknown {
    if (!isServed(this.delivery, namespace)) return [];
    const brought: Brought[] = [];
    for (const rule of this.#rules) {
      const each = this.#broughtBy(rule, namespace);
      if (each === unknown) return unknown;
      brought.push(...each);
    }
    return brought;
  }

  #broughtBy(rule: unknown, namespace: SeenNamespace): readonly Brought[] | typeof unknown {
    const matched = matchedNamespace(namespace);
    const isHeld = isMatched(rule, matched);
    if (isHeld === false) return mayBeAboutOthers(rule) ? unknown : [];
    const object = namespaceObject(namespace, unseenLabels);
    const root = withContext(ruleContext(matched, object), at(rule, 'context'));
    const holds = preconditionsHold(at(rule, 'preconditions'), root);
    const isReached: Known = allOf([isHeld, holds === fault ? false : holds]);
    if (isReached === false) return [];
    const brought = generated(at(rule, 'generate'), root, namespace.name);
    return brought === unknown ? unknown : broughtWhere(isReached, brought);
  }
}

function isAboutSecrets(rule: unknown): boolean {
  const generate = at(rule, 'generate');
  return mentions(generate, 'Secret');
}

/** Whether a rule matches other objects than Namespaces, which nobody may have seen. */
function mayBeAboutOthers(rule: unknown): boolean {
  const filters = [at(rule, 'match'), ...['any', 'all'].flatMap((key) => itemsOf(at(rule, 'match', key)))];
  const kinds = filters.flatMap((filter) => itemsOf(at(filter, 'resources', 'kinds')));
  return kinds.some((kind) => kind !== 'Namespace' && kind !== 'v1/Namespace');
}

/** The Secret of a `generate`; several by `cloneList` and `foreach` are not known. */
function generated(
  generate: unknown,
  root: ValueMap,
  namespace: string | undefined,
): readonly Brought[] | typeof unknown {
  if (at(generate, 'kind') !== 'Secret') return at(generate, 'kind') === undefined ? unknown : [];
  const target = plainOf(substituted(at(generate, 'namespace'), root));
  const name = plainOf(substituted(at(generate, 'name'), root));
  if (typeof target !== 'string' || typeof name !== 'string') return unknown;
  if (target !== namespace) return [];
  const clone = at(generate, 'clone');
  if (clone === undefined) return [{ name, original: madeOf(at(generate, 'data'), name, target, root) }];
  const from = plainOf(substituted(at(clone, 'namespace'), root));
  const original = plainOf(substituted(at(clone, 'name'), root));
  const isKnown = typeof from === 'string' && typeof original === 'string';
  return [{ name, original: isKnown ? { namespace: from, name: original } : undefined }];
}

function madeOf(data: unknown, name: string, namespace: string, root: ValueMap): DeclaredSecret | undefined {
  const plain = plainOf(substituted(data, root));
  if (typeof plain !== 'object' || plain === null) return undefined;
  const object = { ...plain, apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } };
  const found = declaredIn(plainTree(object), [], { keepSecretData: true });
  return found && 'secret' in found ? found.secret : undefined;
}
