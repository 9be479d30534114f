import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { kyvernoPolicyGroup } from '../gitops/kyverno-policies.js';
import type { ManifestChart, Stage } from './manifest-chart.js';

/** A folder of the output that one Application or Kustomization applies. */
export class AppliedFolder {
  /** Undefined for the cluster's whole folder. */
  readonly stage: Stage | undefined;
  /** Undefined where the stage has no shards. */
  readonly shard: string | undefined;
  readonly #charts: ManifestChart[] = [];

  constructor(stage?: Stage, shard?: string) {
    this.stage = stage;
    this.shard = shard;
  }

  /** Adds the chart of a file. */
  add(chart: ManifestChart): void {
    this.#charts.push(chart);
  }

  /** True as soon as one of its charts holds an object: an engine takes a folder that is not there for an error. */
  get hasFiles(): boolean {
    return this.#has(() => true);
  }

  /** True where a service account is written. */
  get hasAccounts(): boolean {
    return this.#has(({ apiGroup, kind }) => apiGroup === 'core' && kind === 'ServiceAccount');
  }

  /** True where a current policy of Kyverno is written. */
  get hasKyvernoPolicies(): boolean {
    return this.#has(({ apiGroup }) => apiGroup === kyvernoPolicyGroup);
  }

  #has(matches: (object: ApiObject) => boolean): boolean {
    const isMatch = (each: IConstruct) => ApiObject.isApiObject(each) && matches(each as ApiObject);
    return this.#charts.some((chart) => chart.node.findAll().some(isMatch));
  }
}
