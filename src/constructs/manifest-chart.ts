import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

const symbol = Symbol.for('cdk8s-image-pull.ManifestChart');

/** The folders of the output, in the order in which they must be applied; `bootstrap` is applied by hand, once. */
export const stages = ['sources', 'policies', 'namespaces', 'bootstrap'] as const;

export type Stage = (typeof stages)[number];

/** Where the file of a chart lies: below the output folder, or beside workloads. */
export interface ManifestLocation {
  /** Name of the cluster: the folder. */
  readonly cluster: string;
  readonly stage: Stage;
  /** @default - directly in the stage's folder */
  readonly shard?: string | undefined;
  /** File name without extension. */
  readonly file: string;
  /** The folder of the workloads that it lies beside. @default - it lies in the output folder */
  readonly beside?: string | undefined;
}

/** A chart whose objects go into a file of our own layout instead of cdk8s' flat one. */
export class ManifestChart extends Chart {
  readonly location: ManifestLocation;

  constructor(scope: Construct, id: string, location: ManifestLocation) {
    super(scope, id, { disableResourceNameHashes: true });
    this.location = location;
    Object.defineProperty(this, symbol, { value: true });
  }

  /** True for a chart of this class, also across two copies of the package. */
  static isManifestChart(x: unknown): x is ManifestChart {
    return typeof x === 'object' && x !== null && symbol in x;
  }
}
