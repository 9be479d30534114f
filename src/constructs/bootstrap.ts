import { ApiObject, Lazy } from 'cdk8s';
import { type AppliedObject, bootstrapObjects } from '../objects/bootstrap.js';
import type { WrittenObject } from '../objects/written-object.js';
import type { ManifestChart } from './manifest-chart.js';
import type { ClusterScope } from './scopes.js';

const symbol = Symbol.for('cdk8s-image-pull.BootstrapObject');

/** The objects that apply the output of a cluster. */
export class Bootstrap {
  readonly #cluster: ClusterScope;
  readonly #charts: ManifestChart[] = [];
  readonly #made = new Set<string>();
  #size = -1;
  #objects: ReadonlyMap<string, WrittenObject> = new Map();

  constructor(cluster: ClusterScope) {
    this.#cluster = cluster;
    this.#make([]);
  }

  /** Told of every chart of the cluster, sees to the object that applies its folder. */
  add(chart: ManifestChart): void {
    this.#charts.push(chart);
    this.#make([{ at: chart.location, apiVersion: '', kind: '' }]);
  }

  /** Makes the constructs of what applies such objects, where they are not there yet. */
  #make(applied: readonly AppliedObject[]): void {
    for (const object of bootstrapObjects(this.#cluster.model(), applied)) {
      const { name } = object.metadata;
      if (this.#made.has(name)) continue;
      this.#made.add(name);
      new BootstrapObject(this.#cluster, object, () => this.#object(name));
    }
  }

  /** The object of this name; undefined where there is nothing to apply. */
  #object(name: string): WrittenObject | undefined {
    // What lies directly in the charts is enough to tell whether there is more.
    const size = this.#charts.reduce((sum, { node }) => sum + node.children.length, this.#cluster.record.version);
    if (size !== this.#size) {
      const objects = bootstrapObjects(this.#cluster.model(), this.#charts.flatMap(appliedObjects));
      this.#objects = new Map(objects.map((object) => [object.metadata.name, object]));
      this.#size = size;
    }
    return this.#objects.get(name);
  }
}

/** An object that applies a folder of the output. What it says is worked out when it is rendered. */
export class BootstrapObject extends ApiObject {
  readonly #latest: () => WrittenObject | undefined;

  constructor(
    cluster: ClusterScope,
    { apiVersion, kind, metadata, at }: WrittenObject,
    latest: () => WrittenObject | undefined,
  ) {
    const spec = Lazy.any({ produce: () => latest()?.fields.spec?.() });
    super(cluster.chartOf(at), metadata.name, { apiVersion, kind, metadata, ...{ spec } });
    this.#latest = latest;
    Object.defineProperty(this, symbol, { value: true });
  }

  /** True for an object of this class, also across two copies of the package. */
  static isBootstrapObject(x: unknown): x is BootstrapObject {
    return typeof x === 'object' && x !== null && symbol in x;
  }

  /** True where there is nothing to apply, so that the object is not written. */
  get isIdle(): boolean {
    return this.#latest() === undefined;
  }
}

function appliedObjects(chart: ManifestChart): AppliedObject[] {
  return chart.node.findAll().flatMap((each) => {
    if (!ApiObject.isApiObject(each)) return [];
    const { apiVersion, kind } = each as ApiObject;
    return [{ at: chart.location, apiVersion, kind }];
  });
}
