import type { Inventory } from '../../inventory/found-inventory.js';
import { namespaceNameLabel } from '../../names/namespace-pattern.js';
import { namespaceLabels } from '../../needs/needs.js';
import type { Labelled } from '../../reach/policy-scope.js';
import type { ClusterModel } from '../../vocabulary/cluster.js';
import { type SeenLabels, unseenLabels } from './seen-labels.js';
import type { SeenNamespace } from './subject.js';

/** The namespaces as policies see them. Of one that nothing declares only the name is known. */
export class NamespacesSeen {
  readonly #labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #annotations: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(inventory: Inventory, cluster: ClusterModel) {
    this.#labels = namespaceLabels(inventory, cluster);
    this.#annotations = new Map(inventory.namespaces.map(({ name, annotations }) => [name, annotations ?? new Map()]));
  }

  /** A namespace with the labels that it is known to have. */
  of({ name, labels }: Labelled): SeenNamespace {
    return name === '' ? { name: undefined, ...unseenLabels } : { name, labels, isOpen: !this.#labels.has(name) };
  }

  /** A namespace by its name. */
  named(name: string): SeenNamespace {
    return this.of({ name, labels: new Map(this.#labels.get(name)).set(namespaceNameLabel, name) });
  }

  annotationsOf(name: string): SeenLabels {
    const annotations = this.#annotations.get(name);
    return annotations ? { labels: annotations, isOpen: false } : unseenLabels;
  }
}
