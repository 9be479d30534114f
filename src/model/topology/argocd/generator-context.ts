import type { KnownCluster } from '../known-cluster.js';
import type { RepositoryView } from '../repository-view.js';
import type { TemplateEngine } from '../template/text-template.js';

/** Context that generators of one ApplicationSet share. */
export interface GeneratorContext {
  readonly view: RepositoryView;
  /** The clusters that Argo CD knows, as far as the config says. */
  readonly clusters: readonly KnownCluster[];
  /** The actions of all templates. */
  readonly actions: readonly string[];
  readonly isGo: boolean;
  readonly engine: TemplateEngine;
  /** The engine for which a key that is not there is a fault. */
  readonly strictEngine: TemplateEngine;
}
