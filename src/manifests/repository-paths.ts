import { realpathSync } from 'node:fs';
import path from 'node:path';
import { slashed } from './file-pattern.js';
import { repositoryOf } from './repository.js';

/** The paths of a config and of the repository around it: those of entries are relative to the one, of renderings to the other. */
export class RepositoryPaths {
  /** The folder of the config, without links. */
  readonly base: string;
  /** The root of the repository, without links. */
  readonly root: string;

  constructor(base: string) {
    this.base = realpathSync(base);
    this.root = repositoryOf(base);
  }

  /** The absolute path of one of the repository. */
  at(file: string): string {
    return path.join(this.root, file);
  }

  /** A path of the repository as one of the config. */
  fromBase(file: string): string {
    return slashed(path.relative(this.base, this.at(file))) || '.';
  }

  /** A path of the config as one of the repository; undefined outside of it. */
  inRepository(text: string): string | undefined {
    const relative = slashed(path.relative(this.root, path.resolve(this.base, text)));
    return relative === '..' || relative.startsWith('../') || path.isAbsolute(relative) ? undefined : relative || '.';
  }
}
