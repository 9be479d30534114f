import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import { rawTextOf } from '../yaml/text.js';
import { codeOf, reasonOf } from './folder-walk.js';
import { isPatchText } from './own-patch.js';
import { liesIn, repositoryOf } from './repository.js';

/** A manifest that may be edited. */
export interface EditableManifest {
  /** As it stands in messages: relative to the base folder. */
  readonly file: string;
  /** Where it is. */
  readonly path: string;
  /** The whole text, with its byte order mark. */
  readonly text: string;
}

/** A file of ours beside manifests of the user, or the place of one that is not there yet. */
export interface OwnFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** Reads manifests that are to be edited, and refuses those that are not ours to write to. */
export class EditableManifests {
  readonly #base: string;
  readonly #repository: string;

  /** @param base the folder that names of files are relative to */
  constructor(base: string) {
    this.#base = realpathSync(base);
    this.#repository = repositoryOf(base);
  }

  /** The manifest, or `manifest-not-editable`: a link, read-only, outside of the repository, gone. */
  read(file: string): EditableManifest | Problem {
    const at = path.resolve(this.#base, file);
    const place = At.of({ file, line: 1, column: 1 });
    const refuse = (reason: string, hint?: Words): Problem =>
      place.refuse('manifest-not-editable', words`${file} ${reason}`, hint);
    try {
      if (!liesIn(this.#repository, at))
        return refuse('lies outside of the repository', words`edit it where it is kept`);
      if (realpathSync(at) !== at)
        return refuse('is reached through a symbolic link', words`list the file that the link leads to`);
      if ((statSync(at).mode & 0o222) === 0) return refuse('is read-only');
      accessSync(at, constants.W_OK);
      accessSync(path.dirname(at), constants.W_OK | constants.X_OK);
      const text = rawTextOf(readFileSync(at));
      return text === undefined ? refuse('is not UTF-8 text') : { file, path: at, text };
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return refuse(`cannot be edited: ${reasonOf(error)}`);
    }
  }

  /** A file that is ours to write; undefined where what is there is not. */
  own(file: string): OwnFile | undefined {
    const at = path.resolve(this.#base, file);
    if (!existsSync(at)) return { path: at, text: undefined };
    const there = this.read(file);
    return 'code' in there || !isPatchText(there.text) ? undefined : { path: there.path, text: there.text };
  }
}
