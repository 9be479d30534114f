import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';

const own = new WeakSet<IConstruct>();
const byWorld = new WeakMap<IConstruct, ForeignObjects>();

/**
 * Objects that somebody else declares in the world of a cluster: the chart that encloses it, else the app. They are
 * patched, not doubled.
 */
export class ForeignObjects {
  readonly #world: IConstruct;
  #index: ReadonlyMap<string, readonly ApiObject[]> = new Map();
  #byKind: ReadonlyMap<string, readonly ApiObject[]> = new Map();
  #size = -1;

  private constructor(world: IConstruct) {
    this.#world = world;
  }

  /** The foreign objects around a cluster; the construct and all below it are our own. */
  static of(construct: Construct): ForeignObjects {
    own.add(construct);
    const { scopes, root } = construct.node;
    const world = scopes.find((scope) => Chart.isChart(scope)) ?? root;
    const known = byWorld.get(world) ?? new ForeignObjects(world);
    byWorld.set(world, known);
    return known;
  }

  /** The object of this kind, namespace and name; an object without a namespace stands for every namespace. */
  find(kind: string, namespace: string | undefined, name: string): ApiObject | undefined {
    this.#refresh();
    return this.#index.get(`${kind}/${name}`)?.find((object) => {
      return namespace === undefined || (object.metadata.namespace ?? namespace) === namespace;
    });
  }

  /** All objects of these kinds. */
  ofKinds(kinds: readonly string[]): readonly ApiObject[] {
    this.#refresh();
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** Reads the tree again when it has grown; charts and what lies directly in them are enough to tell. */
  #refresh(): void {
    const foreign = this.#world.node.children.filter((child) => !own.has(child));
    const size = foreign.reduce((sum, child) => sum + child.node.children.length, foreign.length);
    if (size === this.#size) return;
    this.#size = size;
    const index = new Map<string, ApiObject[]>();
    for (const child of foreign) collect(child, index);
    this.#index = index;
    const byKind = new Map<string, ApiObject[]>();
    for (const objects of index.values()) for (const object of objects) put(byKind, object.kind, object);
    this.#byKind = byKind;
  }
}

function collect(at: IConstruct, index: Map<string, ApiObject[]>): void {
  if (own.has(at)) return;
  if (ApiObject.isApiObject(at)) {
    const object = at as ApiObject;
    put(index, `${object.kind}/${object.name}`, object);
  }
  for (const child of at.node.children) collect(child, index);
}

function put(index: Map<string, ApiObject[]>, key: string, object: ApiObject): void {
  const list = index.get(key);
  if (list) list.push(object);
  else index.set(key, [object]);
}
