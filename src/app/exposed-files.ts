import path from 'node:path';
import type { LoadedConfig } from '../config/load.js';
import { sopsConfigFile } from '../config/sops-rules.js';
import { slashed } from '../manifests/file-pattern.js';
import type { InventoryRead } from '../manifests/inventory.js';
import { manifestTextOf } from '../manifests/manifest-text.js';
import { seenFiles } from '../manifests/seen-files.js';
import { exposuresIn } from '../model/exposure/exposure.js';
import { KnownCredentials } from '../model/exposure/known-credentials.js';
import { At } from '../model/problem/at.js';
import type { Place, Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { givenCredentials } from '../model/vocabulary/given-credentials.js';
import { withoutAccepted } from '../output/guard.js';
import { isOwnText } from '../output/output.js';
import type { MadeClusters } from './made-clusters.js';
import type { VerifiedSpec } from './verified-spec.js';

/**
 * Findings about credentials that stand in the clear in the files that a run reads: config, manifests, output, ciphertext,
 * and what renderings are made of. A credential that the config accepts in the clear may stand where it says; standard input
 * is no file.
 */
export function exposedFiles(verified: VerifiedSpec, reads: readonly InventoryRead[], made: MadeClusters): Problem[] {
  const { base, config } = verified;
  const search = new ExposureSearch(verified);
  if (config) search.config(config);
  for (const file of config ? sealingFiles(config, base) : []) {
    const text = manifestTextOf(base, file)?.text;
    if (text !== undefined) search.file(file, text);
  }
  for (const file of seenFiles(base, reads, made.values())) {
    const text = manifestTextOf(base, file)?.text;
    if (text !== undefined) search.file(file, text);
  }
  // What is only put together by a rendering stands in no file.
  for (const { manifests } of made.values())
    for (const { file, text, source } of manifests) if (source) search.rendered(file, text);
  return search.problems;
}

class ExposureSearch {
  readonly problems: Problem[] = [];
  readonly #known: KnownCredentials;
  /** The passwords that the config accepts in the clear. */
  readonly #accepted: ReadonlySet<string>;
  /** The files that hold them. */
  readonly #sources: ReadonlySet<string>;
  readonly #seen = new Set<string>();

  constructor({ spec, base, config }: VerifiedSpec) {
    const credentials = givenCredentials(spec);
    this.#known = KnownCredentials.of(credentials);
    this.#accepted = new Set(credentials.map(({ password }) => password));
    this.#sources = new Set(config ? acceptedFiles(config, base) : []);
  }

  config({ base, placeOf }: LoadedConfig): void {
    const { file } = placeOf([]);
    const text = manifestTextOf(base, path.basename(file))?.text ?? '';
    this.#look(file, text, ({ value }) => this.#accepted.has(value));
  }

  file(file: string, text: string): void {
    if (this.#sources.has(file)) return;
    this.#look(file, isOwnText(text) ? withoutAccepted(text, (password) => this.#accepted.has(password)) : text);
  }

  /** A value that stands in a file, too, is told there. */
  rendered(file: string, text: string): void {
    this.#look(file, text, ({ value }) => this.#seen.has(value));
  }

  #look(file: string, text: string, isAccepted: (found: { readonly value: string }) => boolean = () => false): void {
    for (const { what, offset, value } of exposuresIn(text, this.#known)) {
      const found = value.reveal();
      if (isAccepted({ value: found })) continue;
      this.#seen.add(found);
      this.problems.push(At.of(placeAt(file, text, offset)).find('secret-exposed', words`${what} stands in the clear`));
    }
  }
}

/** The files that say for whom is encrypted, relative to a folder: rules of SOPS, and certificates. */
function sealingFiles({ spec, base: folder }: LoadedConfig, base: string): string[] {
  const certificates = Object.values(spec.clusters).flatMap(({ sealing }) => sealing?.certificate ?? []);
  return [...new Set([sopsConfigFile, ...certificates])].map((file) => relativeTo(base, folder, file));
}

/** The files that the config names as sources in the clear, relative to a folder. */
function acceptedFiles({ spec, base: folder }: LoadedConfig, base: string): string[] {
  const all = Object.values(spec.clusters);
  const sources = [spec.pullSecrets ?? {}, ...all.map(({ pullSecrets = {} }) => pullSecrets)].flatMap(Object.values);
  const plaintext = [
    ...sources.map(({ source }) => source?.plaintext),
    ...all.map(({ globalPullSecret }) => globalPullSecret?.current?.plaintext),
  ];
  return plaintext.flatMap((each) =>
    each?.acceptPlaintextInGit === true && each.file !== undefined ? relativeTo(base, folder, each.file) : [],
  );
}

function relativeTo(base: string, folder: string, file: string): string {
  return slashed(path.relative(base, path.resolve(folder, file)));
}

function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
