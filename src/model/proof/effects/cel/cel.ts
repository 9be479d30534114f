import { unknown, type Value } from '../language/value.js';
import { type CelScope, evaluateCel } from './cel-evaluator.js';
import type { HostFunctions } from './cel-functions.js';
import type { CelNode } from './cel-node.js';
import { parseCel } from './cel-parser.js';

/** An expression of CEL, read once and evaluated often. */
export class Cel {
  readonly source: string;
  readonly #node: CelNode | undefined;

  constructor(source: string) {
    this.source = source;
    this.#node = parseCel(source);
  }

  /** The value of the expression; `unknown` where it was not understood. */
  value(scope: CelScope, functions?: HostFunctions): Value {
    return this.#node ? evaluateCel(this.#node, scope, functions) : unknown;
  }
}
