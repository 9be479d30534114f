import { type ApiObject, JsonPatch } from 'cdk8s';
import { inListOrder } from '../../model/access/pull-secret-choice.js';
import { pathKeys } from '../../model/pods/tree-path.js';
import type { Workload } from '../../model/pods/workload.js';
import { ImagePullError } from '../../model/problem/problem.js';
import type { Namespace } from '../namespace.js';

/**
 * The list of pull secrets of a pod template. A pod with a list of its own gets nothing from its account, so a list
 * that was empty also holds what the account gives, whenever that changes.
 */
export class PodTemplate {
  readonly #namespace: Namespace;
  readonly #workload: Workload;
  readonly #names = new Set<string>();
  readonly #patched: { name: string }[] = [];

  constructor(namespace: Namespace, object: ApiObject, workload: Workload) {
    this.#namespace = namespace;
    this.#workload = workload;
    if (workload.listPath === undefined) {
      throw new ImagePullError({
        code: 'template-unknown',
        message: `${object.kind} ${object.name} has no place for a list of pull secrets`,
        construct: object.node.path,
        hint: 'use attachment serviceAccount for its pull secrets',
      });
    }
    object.addJsonPatch(JsonPatch.add(pointer(workload.listPath), this.#patched));
    namespace.follow(() => this.#refresh());
  }

  /** Puts names on the list. */
  list(names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
    this.#refresh();
  }

  #refresh(): void {
    const own = this.#workload.pullSecrets.names;
    const given = own.length > 0 ? [] : this.#namespace.givenBy(this.#workload.serviceAccount);
    const added = inListOrder([...this.#names, ...given], this.#namespace.cluster.model().overlap);
    const names = [...own, ...added.filter((name) => !own.includes(name))];
    this.#patched.splice(0, this.#patched.length, ...names.map((name) => ({ name })));
  }
}

/** A JSON pointer (RFC 6901). */
function pointer(path: string): string {
  return pathKeys(path)
    .map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
