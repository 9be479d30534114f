import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';

const own = new WeakSet<IConstruct>();
const byRoot = new WeakMap<IConstruct, ForeignObjects>();

/**
 * Objects that somebody else declares in the world of a cluster: the chart that encloses it, else the app. They are
 * patched, not doubled.
 */
export class ForeignObjects {
  readonly #root: IConstruct;

  private constructor(root: IConstruct) {
    this.#root = root;
  }

  /** The foreign objects around a cluster; the construct and all below it are our own. */
  static of(construct: Construct): ForeignObjects {
    own.add(construct);
    const { scopes, root } = construct.node;
    const world = scopes.find((scope) => Chart.isChart(scope)) ?? root;
    const known = byRoot.get(world) ?? new ForeignObjects(world);
    byRoot.set(world, known);
    return known;
  }

  /** The object of this kind, namespace and name; an object without a namespace stands for every namespace. */
  find(kind: string, namespace: string | undefined, name: string): ApiObject | undefined {
    return search(this.#root, (object) => {
      if (object.kind !== kind || object.name !== name) return false;
      return namespace === undefined || (object.metadata.namespace ?? namespace) === namespace;
    });
  }
}

function search(at: IConstruct, matches: (object: ApiObject) => boolean): ApiObject | undefined {
  if (own.has(at)) return undefined;
  if (ApiObject.isApiObject(at) && matches(at)) return at;
  for (const child of at.node.children) {
    const found = search(child, matches);
    if (found) return found;
  }
  return undefined;
}
