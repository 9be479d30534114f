import type { BindingSubject, DeclaredBinding } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';

/** Everybody may pull from this namespace by OpenShift's own bindings. */
const sharedByOpenShift = 'openshift';

/**
 * Who may pull from the repositories of which namespace in OpenShift's internal registry: everybody from the own one and
 * from `openshift`, else whom a binding to `system:image-puller` names.
 */
export class InternalPulls {
  readonly #byNamespace = new Map<string | undefined, DeclaredBinding[]>();

  constructor({ bindings }: Pick<Inventory, 'bindings'>) {
    for (const binding of bindings) {
      const known = this.#byNamespace.get(binding.namespace);
      if (known) known.push(binding);
      else this.#byNamespace.set(binding.namespace, [binding]);
    }
  }

  /** Whether an account of a namespace may pull from the repositories of another one. */
  mayPull(namespace: string, account: string, from: string): boolean {
    if (namespace === from || from === sharedByOpenShift) return true;
    const bindings = [...(this.#byNamespace.get(from) ?? []), ...(this.#byNamespace.get(undefined) ?? [])];
    return bindings.some(({ namespace: own, subjects }) =>
      subjects.some((subject) => isAbout(subject, namespace, account, own)),
    );
  }
}

function isAbout(subject: BindingSubject, namespace: string, account: string, own: string | undefined): boolean {
  switch (subject.kind) {
    case 'ServiceAccount':
      return subject.name === account && (subject.namespace ?? own) === namespace;
    case 'Group':
      return [
        'system:authenticated',
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:unauthenticated',
      ].includes(subject.name);
    case 'User':
      return subject.name === `system:serviceaccount:${namespace}:${account}`;
    default:
      return false;
  }
}
