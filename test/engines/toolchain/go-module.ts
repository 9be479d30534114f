import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Built } from '../engine.js';
import { command } from './command.js';
import { cacheFolder, modulesFolder } from './paths.js';

/** The same result wherever it is built, and nothing but what go.sum names. */
const goEnvironment = {
  CGO_ENABLED: '0',
  GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
  // argo-cd asks for a newer Go than others; the toolchain is a module like any other.
  GOTOOLCHAIN: 'auto',
  GOWORK: 'off',
};

/** Runs go as the tier does everywhere. */
export function go(args: readonly string[], cwd?: string): Promise<string> {
  return command('go', args, { env: goEnvironment, ...(cwd !== undefined && { cwd }) });
}

/** A Go tools module of `test/engines/modules`, and the programs built from it. */
export class GoModule {
  readonly #folder: string;

  constructor(
    readonly name: string,
    /** Text for the linker, given the version of what is built. */
    private readonly linkerFlags: (version: string) => string = () => '',
  ) {
    this.#folder = join(modulesFolder, name);
  }

  /**
   * Builds those of the packages that the cache has not: its key is the module's files. A program is named by the last
   * element of its package.
   *
   * @param upstream - the module whose version counts
   */
  async build(upstream: string, packages: readonly string[]): Promise<Built> {
    const version = this.#versionOf(upstream);
    const flags = `-s -w ${this.linkerFlags(version)}`;
    const cached = join(cacheFolder, `${this.name}-${this.#hash(flags)}`);
    const missing = packages.filter((each) => !existsSync(join(cached, this.#program(each))));
    if (missing.length > 0) await this.#compile(missing, flags, cached);
    this.#removeOthers(cached);
    const programs = packages.map((each) => this.#program(each));
    return { version, programs: Object.fromEntries(programs.map((program) => [program, join(cached, program)])) };
  }

  async #compile(packages: readonly string[], flags: string, into: string): Promise<void> {
    mkdirSync(cacheFolder, { recursive: true });
    // Whole programs only: a build that is broken off leaves nothing that looks like one.
    const draft = mkdtempSync(join(cacheFolder, 'draft-'));
    try {
      await go(['build', '-ldflags', flags, '-o', `${draft}/`, ...packages], this.#folder);
      mkdirSync(into, { recursive: true });
      for (const program of readdirSync(draft)) renameSync(join(draft, program), join(into, program));
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }

  #versionOf(upstream: string): string {
    const lines = readFileSync(join(this.#folder, 'go.mod'), 'utf8').split('\n');
    const words = lines.map((line) =>
      line
        .replace(/^require /, '')
        .trim()
        .split(/\s+/),
    );
    const version = words.find(([first]) => first === upstream)?.[1];
    if (version === undefined) throw new Error(`${this.#folder}/go.mod requires no ${upstream}`);
    return version;
  }

  #program(goPackage: string): string {
    // As Go names it: the version of a module is none.
    return goPackage === '.' ? this.name : basename(goPackage.replace(/\/v\d+$/, ''));
  }

  #hash(flags: string): string {
    const hash = createHash('sha256').update(flags);
    for (const file of readdirSync(this.#folder).sort()) {
      hash.update(`\0${file}\0`).update(readFileSync(join(this.#folder, file)));
    }
    return hash.digest('hex').slice(0, 16);
  }

  #removeOthers(kept: string): void {
    const mine = new RegExp(`^${this.name}-[0-9a-f]{16}$`);
    for (const entry of readdirSync(cacheFolder)) {
      if (mine.test(entry) && entry !== basename(kept)) rmSync(join(cacheFolder, entry), { recursive: true });
    }
  }
}
