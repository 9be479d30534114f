import type { DeclaredDelivery, DeclaredSecret } from '../../../inventory/declared-object.js';
import type { unknown } from '../language/value.js';
import type { SeenNamespace } from '../subject.js';

/** Where a Secret is. */
export interface SecretAddress {
  readonly namespace: string;
  readonly name: string;
}

/** A Secret that a copier brings into a namespace. */
export interface Brought {
  readonly name: string;
  /** The Secret that it is a copy of, or the object that makes it; undefined where its content is not known. */
  readonly original: SecretAddress | DeclaredSecret | undefined;
  /** Whether it fills a Secret that is declared there. @default false */
  readonly fillsDeclared?: boolean;
}

/** Something that brings Secrets into namespaces. */
export interface Copier {
  /** As messages name it. */
  readonly by: string;
  /** The object that tells it to. @default - annotations of a Secret do */
  readonly delivery?: DeclaredDelivery;
  /** The Secrets that it brings into a namespace; `unknown` where neither names nor content can be known. */
  into(namespace: SeenNamespace): readonly Brought[] | typeof unknown;
}

/** Gives what is brought, by whether it is brought into the namespace: where nobody knows, the content is not known. */
export function broughtWhere(isReached: boolean | typeof unknown, brought: readonly Brought[]): readonly Brought[] {
  if (isReached === true) return brought;
  return isReached === false ? [] : brought.map((each) => ({ ...each, original: undefined }));
}
