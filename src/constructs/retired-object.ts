import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** An object as an earlier run wrote it. */
export interface RetiredObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace?: string;
  /** The whole object as it is to be written. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** An object that nothing needs any more and that stays for one more step, rendered as it stood. */
export class RetiredObject extends ApiObject {
  readonly #json: RetiredObjectProps['json'];

  constructor(scope: Construct, id: string, { apiVersion, kind, name, namespace, json }: RetiredObjectProps) {
    super(scope, id, { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } });
    this.#json = json;
  }

  override toJson(): unknown {
    return this.#json;
  }
}
