import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { FilePlace } from '../model/vocabulary/file-place.js';

const symbol = Symbol.for('cdk8s-image-pull.ManifestChart');

/** A chart whose objects go into a file of our own layout instead of cdk8s' flat one. */
export class ManifestChart extends Chart {
  readonly location: FilePlace;

  constructor(scope: Construct, id: string, location: FilePlace) {
    super(scope, id, { disableResourceNameHashes: true });
    this.location = location;
    Object.defineProperty(this, symbol, { value: true });
  }

  /** True for a chart of this class, also across two copies of the package. */
  static isManifestChart(x: unknown): x is ManifestChart {
    return typeof x === 'object' && x !== null && symbol in x;
  }
}
