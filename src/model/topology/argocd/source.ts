import type { Applied } from '../applied.js';
import type { Field } from '../field.js';
import type { Trail } from '../trail.js';

/** Context that the sources of an Application share. */
export interface SourceContext extends Pick<Applied, 'namespace' | 'destination' | 'creates'> {
  readonly trail: Trail;
  /** Whether it is an item of `sources`, where `$` begins the name of another one. */
  readonly isOneOfSeveral: boolean;
  /** The folders of sources that are only referred to, by `$name`; undefined for one that is elsewhere. */
  readonly folderOfRef: ReadonlyMap<string, string | undefined>;
}

/** A source, and what is known of it. */
export interface Source extends SourceContext {
  readonly source: Field;
  /** Its folder in this repository; undefined for a chart of others. */
  readonly folder: string | undefined;
  /** Replaces the variables of a build. */
  readonly substitute: (text: string) => string;
}
