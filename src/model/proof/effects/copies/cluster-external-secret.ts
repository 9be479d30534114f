import { declaredIn } from '../../../inventory/declared.js';
import type { DeclaredDelivery, DeclaredSecret } from '../../../inventory/declared-object.js';
import { plainTree } from '../../../inventory/tree.js';
import { anyOf, type Known, unknown } from '../language/value.js';
import { at, itemsOf, mapOf, textOf, textsOf } from '../plain.js';
import { selects } from '../seen-labels.js';
import type { SeenNamespace } from '../subject.js';
import { type Brought, broughtWhere, type Copier } from './copier.js';

/** A ClusterExternalSecret: the same ExternalSecret in every namespace that it names or selects. */
export class ClusterExternalSecret implements Copier {
  readonly by: string;
  readonly delivery: DeclaredDelivery;
  readonly #spec: unknown;

  constructor(delivery: DeclaredDelivery) {
    this.delivery = delivery;
    this.by = `ClusterExternalSecret ${delivery.name}`;
    this.#spec = at(delivery.object, 'spec');
  }

  into(namespace: SeenNamespace): readonly Brought[] {
    const made = this.#made(namespace.name ?? '');
    return made ? broughtWhere(this.#reaches(namespace), [{ name: made.name, original: made }]) : [];
  }

  /** external-secrets, pkg/controllers/clusterexternalsecret: each selector, and each name, adds. */
  #reaches(namespace: SeenNamespace): Known {
    const single = at(this.#spec, 'namespaceSelector');
    const selectors = [...(single === undefined ? [] : [single]), ...itemsOf(at(this.#spec, 'namespaceSelectors'))];
    const names = textsOf(at(this.#spec, 'namespaces'));
    const { name } = namespace;
    const isNamed = name === undefined ? names.length > 0 && unknown : names.includes(name);
    return anyOf([...selectors.map((selector) => selects(selector, namespace)), isNamed]);
  }

  #made(namespace: string): DeclaredSecret | undefined {
    const name = textOf(at(this.#spec, 'externalSecretName')) || this.delivery.name;
    const spec = mapOf(at(this.#spec, 'externalSecretSpec'));
    const { place } = this.delivery;
    const object = {
      apiVersion: this.delivery.apiVersion,
      kind: 'ExternalSecret',
      metadata: { name, namespace },
      spec,
    };
    const found = declaredIn(plainTree(object), [], { keepSecretData: true });
    return found && 'secret' in found ? { ...found.secret, ...(place && { place }) } : undefined;
  }
}
