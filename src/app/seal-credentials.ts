import { entryJson } from '../model/docker-config/docker-config.js';
import { type DockerConfigEntry, makeEntry } from '../model/docker-config/docker-config-entry.js';
import type { Registry } from '../model/registry/registry.js';
import { plaintextEntry } from '../model/vocabulary/plaintext.js';
import type { PlaintextSourceSpec } from '../model/vocabulary/spec.js';
import type { Checksums } from '../sealing/checksum.js';

/** The credentials that were given to a run, by the names of registries. */
export class GivenCredentials {
  readonly #source: PlaintextSourceSpec | undefined;
  readonly #only: readonly string[] | undefined;
  readonly #checksums: Checksums | undefined;

  /** @param only the registries that they are for; undefined for all of which there is one */
  constructor(
    source: PlaintextSourceSpec | undefined,
    only: readonly string[] | undefined,
    checksums: Checksums | undefined,
  ) {
    this.#source = source;
    this.#only = only;
    this.#checksums = checksums;
  }

  /** The credential of a registry. */
  of(registry: Registry): DockerConfigEntry | undefined {
    if (!this.#source || this.#only?.includes(registry.name) === false) return undefined;
    const entry = plaintextEntry(this.#source, registry, registry.key);
    return entry && makeEntry(entry);
  }

  /** Whether the credential of a registry is the one that a checksum was made of; undefined where that cannot be told. */
  isSame(registry: Registry, recorded: string | undefined, use: readonly string[]): boolean | undefined {
    const entry = this.of(registry);
    return entry && this.#checksums?.matches(recorded, entryJson(entry), [...use, registry.name]);
  }

  /** The checksum to record of a credential; undefined without a key. */
  checksum(registry: Registry, entry: DockerConfigEntry, use: readonly string[]): string | undefined {
    return this.#checksums?.of(entryJson(entry), [...use, registry.name]);
  }
}
