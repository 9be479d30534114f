import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { kustomizationNames } from '../model/topology/repository-path.js';
import { headerPrefix } from '../output/header.js';
import { slashed } from './file-pattern.js';

const markers = [...kustomizationNames, 'Chart.yaml'] as const;

/** A folder whose files are not what is applied. */
export interface BaseFolder {
  readonly folder: string;
  /** The name of the file that says so. */
  readonly marker: string;
}

/** Knows the Kustomize bases and Helm charts around files. */
export class BaseFolders {
  readonly #base: string;
  readonly #markers = new Map<string, string | undefined>();
  readonly #around = new Map<string, readonly BaseFolder[]>();

  /** @param base the folder above which nothing is looked at, except around files that lie outside of it */
  constructor(base: string) {
    this.#base = base;
  }

  /** Takes note of a folder that is listed anyway. */
  note(folder: string, names: ReadonlySet<string>): void {
    this.#markers.set(
      folder,
      markers.find((marker) => names.has(marker) && !isOutput(path.join(folder, marker))),
    );
  }

  /** The bases that a folder is, or lies in, the outermost first; what a chart has inside is a part of the chart. */
  around(folder: string): readonly BaseFolder[] {
    const known = this.#around.get(folder);
    if (known) return known;
    const parent = path.dirname(folder);
    const outer = this.#isTop(folder) || parent === folder ? [] : this.around(parent);
    const marker = outer.at(-1)?.marker === 'Chart.yaml' ? undefined : this.#marker(folder);
    const found = marker === undefined ? outer : [...outer, { folder, marker }];
    this.#around.set(folder, found);
    return found;
  }

  /** `manifest-is-a-base`, with the command that renders the folder. */
  problem({ folder, marker }: BaseFolder): Problem {
    const shown = slashed(path.relative(this.#base, folder)) || '.';
    return At.of({ file: shown === '.' ? marker : `${shown}/${marker}`, line: 1, column: 1 }).find(
      'manifest-is-a-base',
      words`${shown} has a ${marker}: what is applied is not what stands in its files`,
      marker === 'Chart.yaml'
        ? words`list { helm: ${shown}, release: <name>, namespace: <name> } under workloads, or leave it out: "!${shown}/**"`
        : words`list { kustomize: ${shown} } under workloads, with namespace: <name> where it sets none, or leave it out: "!${shown}/**"`,
    );
  }

  #marker(folder: string): string | undefined {
    if (!this.#markers.has(folder)) {
      this.#markers.set(
        folder,
        markers.find((marker) => existsSync(path.join(folder, marker)) && !isOutput(path.join(folder, marker))),
      );
    }
    return this.#markers.get(folder);
  }

  #isTop(folder: string): boolean {
    return folder === this.#base || this.#base.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
  }
}

// A kustomization.yaml that this package wrote lists files that are as they are applied.
function isOutput(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').startsWith(headerPrefix);
  } catch {
    return false;
  }
}
