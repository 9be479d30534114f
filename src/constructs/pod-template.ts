import { type ApiObject, JsonPatch } from 'cdk8s';
import { settingAt } from '../model/inventory/list-patch.js';
import { plainTree } from '../model/inventory/tree.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import { inListOrder } from '../model/needs/pull-secret-choice.js';
import type { PodList } from '../model/plan/pod-list.js';
import { ImagePullError } from '../model/problem/problem.js';
import type { Namespace } from './namespace.js';

/**
 * The list of pull secrets of a pod template. A pod with a list of its own gets nothing from its account, so a list
 * that was empty also holds what the account gives, whenever that changes.
 */
export class PodTemplate {
  readonly #namespace: Namespace;
  readonly #list: PodList;
  readonly #names = new Set<string>();
  readonly #patched: { name: string }[] = [];

  constructor(namespace: Namespace, object: ApiObject, list: PodList) {
    this.#namespace = namespace;
    this.#list = list;
    const { listPath } = list.workload;
    if (listPath === undefined) {
      throw new ImagePullError({
        code: 'template-unknown',
        message: `${object.kind} ${object.name} has no place for a list of pull secrets`,
        construct: object.node.path,
        hint: 'use attachment serviceAccount for its pull secrets',
      });
    }
    const { path, value } = settingAt(plainTree(object.toJson()), pathKeys(listPath), this.#patched);
    object.addJsonPatch(JsonPatch.add(path, value));
    namespace.follow(() => this.#refresh());
  }

  /** Puts names on the list. */
  list(names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
    this.#refresh();
  }

  #refresh(): void {
    const { names: own, accounts } = this.#list;
    const given = own.length > 0 ? [] : accounts.flatMap((account) => this.#namespace.givenBy(account));
    const added = inListOrder([...this.#names, ...given], this.#namespace.cluster.model().overlap);
    const names = [...own, ...added.filter((name) => !own.includes(name))];
    this.#patched.splice(0, this.#patched.length, ...names.map((name) => ({ name })));
  }
}
