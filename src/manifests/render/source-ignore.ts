import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { liesIn } from '../repository.js';
import type { RepositoryFiles } from './repository-files.js';

/**
 * Patterns that source-controller leaves out of every artifact: `ExcludeVCS`, `ExcludeCI` and `ExcludeExtra` of
 * fluxcd/pkg/sourceignore.
 */
const always = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * Knows the files of a repository that Flux never sees: those of continuous integration, and what `.sourceignore`
 * names.
 */
export class SourceIgnore {
  readonly #files: RepositoryFiles;
  readonly #rules = new Map<string, Ignore | undefined>();
  readonly #always = ignore().add(always);

  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  /**
   * Whether a file or folder, given by its path without links, is left out; what lies deeper says it over what lies
   * higher.
   */
  has(at: string, isFolder: boolean): boolean {
    const ending = isFolder ? '/' : '';
    for (let folder = path.dirname(at); liesIn(this.#files.root, folder); folder = path.dirname(folder)) {
      const answer = this.#rulesOf(folder)?.test(relative(folder, at) + ending);
      if (answer?.ignored || answer?.unignored) return answer.ignored;
      if (folder === this.#files.root) break;
    }
    return this.#always.ignores(relative(this.#files.root, at) + ending);
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (!this.#rules.has(folder)) this.#rules.set(folder, this.#read(path.join(folder, '.sourceignore')));
    return this.#rules.get(folder);
  }

  #read(file: string): Ignore | undefined {
    const found = this.#files.find(file);
    const text = found.is === 'file' ? this.#files.text(found.real) : undefined;
    return typeof text === 'string' ? ignore().add(text) : undefined;
  }
}

function relative(folder: string, at: string): string {
  return path.relative(folder, at).split(path.sep).join('/');
}
