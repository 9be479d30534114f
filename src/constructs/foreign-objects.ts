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
  #isStill = false;

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

  /** Does work during which nobody adds an object, so that the tree is read once. */
  whileStill<T>(work: () => T): T {
    const wasStill = this.#isStill;
    this.#refresh();
    this.#isStill = true;
    try {
      return work();
    } finally {
      this.#isStill = wasStill;
    }
  }

  /** All objects as they are now, in the order of the tree. */
  all(): readonly ApiObject[] {
    return foreignBelow(this.#world);
  }

  /** All objects of these kinds. */
  ofKinds(kinds: readonly string[]): readonly ApiObject[] {
    this.#refresh();
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** Reads the tree again when it has grown; charts and what lies directly in them are enough to tell. */
  #refresh(): void {
    if (this.#isStill) return;
    const foreign = this.#world.node.children.filter((child) => !own.has(child));
    const size = foreign.reduce((sum, child) => sum + child.node.children.length, foreign.length);
    if (size === this.#size) return;
    this.#size = size;
    const index = new Map<string, ApiObject[]>();
    const byKind = new Map<string, ApiObject[]>();
    for (const object of foreign.flatMap(foreignBelow)) {
      put(index, `${object.kind}/${object.name}`, object);
      put(byKind, object.kind, object);
    }
    this.#index = index;
    this.#byKind = byKind;
  }
}

/** The objects at and below a construct that no cluster made, in the order of the tree. */
export function foreignBelow(scope: IConstruct): ApiObject[] {
  const found: ApiObject[] = [];
  collect(scope, found);
  return found;
}

function collect(at: IConstruct, found: ApiObject[]): void {
  if (own.has(at)) return;
  if (ApiObject.isApiObject(at)) found.push(at as ApiObject);
  for (const child of at.node.children) collect(child, found);
}

function put(index: Map<string, ApiObject[]>, key: string, object: ApiObject): void {
  const list = index.get(key);
  if (list) list.push(object);
  else index.set(key, [object]);
}
