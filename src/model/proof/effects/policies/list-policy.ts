import type { DeclaredDelivery } from '../../../inventory/declared-object.js';
import type { unknown } from '../language/value.js';
import type { Subject } from '../subject.js';

/** A list of pull secrets by name, or that nothing is known of it. */
export type Names = readonly string[] | typeof unknown;

/** Something that changes lists of pull secrets when objects are written. */
export interface ListPolicy {
  readonly delivery: DeclaredDelivery;
  /** The list as it is afterwards; the same list where nothing happens. */
  act(subject: Subject, list: readonly string[]): Names;
}
