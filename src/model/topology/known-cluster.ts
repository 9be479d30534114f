import type { Destination } from './applied.js';

/** A cluster as the Secret says it by which Argo CD knows it. */
export interface KnownCluster extends Destination {
  /** The name in the config, for messages. */
  readonly called: string;
  /** @default - nobody says which it has */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
