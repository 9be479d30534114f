import { DockerConfig } from '../model/docker-config/docker-config.js';
import type { DockerConfigDocument } from '../model/docker-config/docker-config-document.js';
import type { DockerConfigEntryProps } from '../model/docker-config/docker-config-entry.js';
import { entryPath } from '../model/docker-config/entry-path.js';
import type { Registry } from '../model/registry/registry.js';
import type { Ciphertext } from '../model/sealing/ciphertext.js';

/** The global pull secret as a cluster has it today, for merging. */
export class GlobalDocument {
  readonly #document: DockerConfigDocument | undefined;

  constructor(document: DockerConfigDocument | undefined) {
    this.#document = document;
  }

  /** True where somebody said what the cluster has. */
  get isKnown(): boolean {
    return this.#document !== undefined;
  }

  /** True where it has an entry that a reader takes for the one of a key. */
  holds(key: string): boolean {
    return (this.#document?.twinsOf(key) ?? []).length > 0;
  }

  /** The keys of the entries that are not of these registries, sorted. */
  others(registries: readonly Registry[]): string[] {
    const ours = new Set(registries.map(({ key }) => entryPath(key)));
    return (this.#document?.keys ?? []).filter((key) => !ours.has(entryPath(key))).sort();
  }

  /** True where a ciphertext was made of a document with the same entries of others. */
  isAsRecorded({ others }: Ciphertext, registries: readonly Registry[]): boolean {
    return others.join(' ') === this.others(registries).filter(isRecordable).join(' ');
  }

  /** The whole document with entries put in the place of those that it has for them. Holds the passwords. */
  merged(entries: readonly DockerConfigEntryProps[]): string {
    if (!this.#document) throw new RangeError('nobody said what the cluster has');
    const twins = entries.flatMap(({ key }) => this.#document?.twinsOf(key) ?? []);
    return this.#document.without(twins).withEntries(DockerConfig.fromEntries(entries));
  }
}

/** Keys that have the form of one; what else somebody wrote in its place may be a credential. */
export function isRecordable(key: string): boolean {
  return /^[A-Za-z0-9._:*[\]/-]{1,200}$/.test(key) && !/[A-Za-z0-9]{40}/.test(key);
}
