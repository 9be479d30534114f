import type { DeclaredDelivery, DeclaredSecret } from '../../inventory/declared-object.js';
import type { Inventory } from '../../inventory/found-inventory.js';
import type { CopiedSecret } from '../effects.js';
import { fillingOf } from './copies/annotated.js';
import type { Brought, Copier, SecretAddress } from './copies/copier.js';
import { unknown } from './language/value.js';
import type { SeenNamespace } from './subject.js';

/** Secrets that are brought into a namespace. */
export interface NamespaceCopies {
  readonly copies: readonly CopiedSecret[];
  /** Those of which it is not known what they bring. */
  readonly unknown: readonly DeclaredDelivery[];
}

/** The Secrets that copiers bring into namespaces. A copy may be the original of another one. */
export class SecretCopies {
  readonly #copiers: readonly Copier[];
  readonly #namespaceOf: (name: string) => SeenNamespace;
  readonly #declared = new Map<string, Map<string, DeclaredSecret>>();
  readonly #known = new Map<string, NamespaceCopies>();
  readonly #asked = new Set<string>();

  constructor({ secrets }: Inventory, copiers: readonly Copier[], namespaceOf: (name: string) => SeenNamespace) {
    this.#copiers = copiers;
    this.#namespaceOf = namespaceOf;
    for (const secret of secrets) {
      const there = this.#declared.get(secret.namespace ?? '') ?? new Map<string, DeclaredSecret>();
      this.#declared.set(secret.namespace ?? '', there.set(secret.name, secret));
    }
  }

  into(namespace: SeenNamespace): NamespaceCopies {
    const key = namespace.name ?? '';
    const known = this.#known.get(key);
    if (known) return known;
    const copies: CopiedSecret[] = this.#filled(namespace);
    const unknownOnes: DeclaredDelivery[] = [];
    for (const copier of this.#copiers) {
      const brought = copier.into(namespace);
      if (brought !== unknown) copies.push(...brought.map((each) => this.#copied(each, copier.by)));
      else if (copier.delivery) unknownOnes.push(copier.delivery);
    }
    const made = { copies, unknown: unknownOnes };
    this.#known.set(key, made);
    return made;
  }

  #copied({ name, original, fillsDeclared }: Brought, by: string): CopiedSecret {
    const found = original && ('kind' in original ? original : this.#find(original));
    const renamed = found && (found.name === name ? found : { ...found, name });
    return { name, original: renamed, by, ...(fillsDeclared && { fillsDeclared }) };
  }

  /** The Secrets of a namespace that say themselves where their values are to come from. */
  #filled(namespace: SeenNamespace): CopiedSecret[] {
    const there = this.#declared.get(namespace.name ?? '')?.values() ?? [];
    return [...there].flatMap((secret): CopiedSecret[] => {
      const filling = fillingOf(secret);
      if (!filling) return [];
      const found = this.#find(filling.from);
      const isAllowed = found ? filling.allowedBy(found, namespace) : unknown;
      if (isAllowed === false) return [];
      const { name, type } = secret;
      const original =
        isAllowed === true && found ? { ...found, name, ...(type !== undefined && { type }) } : undefined;
      return [{ name, original, by: filling.by, fillsDeclared: true }];
    });
  }

  /** A Secret by its address: a declared one, or a copy; undefined where a copy would be one of itself. */
  #find({ namespace, name }: SecretAddress): DeclaredSecret | undefined {
    const declared = this.#declared.get(namespace)?.get(name);
    if (declared && !fillingOf(declared)) return declared;
    const key = `${namespace}/${name}`;
    if (this.#asked.has(key)) return undefined;
    this.#asked.add(key);
    const copy = this.into(this.#namespaceOf(namespace)).copies.find((each) => each.name === name);
    this.#asked.delete(key);
    return copy?.original;
  }
}
