import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { EngineObject } from '../gitops/engine-object.js';
import type { AppliedFolder } from './applied-folder.js';

const symbol = Symbol.for('cdk8s-image-pull.BootstrapObject');

/** The object that applies a folder of the output. Its spec is worked out when it is rendered. */
export class BootstrapObject extends ApiObject {
  readonly #folder: AppliedFolder;

  constructor(scope: Construct, folder: AppliedFolder, object: () => EngineObject) {
    const { apiVersion, kind, metadata } = object();
    const spec = Lazy.any({ produce: () => object().spec });
    super(scope, metadata.name, { apiVersion, kind, metadata, ...{ spec } });
    this.#folder = folder;
    Object.defineProperty(this, symbol, { value: true });
  }

  /** True for an object of this class, also across two copies of the package. */
  static isBootstrapObject(x: unknown): x is BootstrapObject {
    return typeof x === 'object' && x !== null && symbol in x;
  }

  /** True where there is nothing to apply, so that the object is not written. */
  get isIdle(): boolean {
    return this.#folder.stage !== undefined && !this.#folder.hasFiles;
  }
}
