import { resolve } from 'node:path';
import { type Changes, changedFiles } from '../manifests/changes/changed-files.js';
import { repositoryOf } from '../manifests/repository.js';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Io } from './io.js';

/** Options that say what has changed. */
export interface ChangeOptions {
  /** Files; `-` for a list of them on standard input, as `git diff --name-only` prints it. */
  readonly changed?: readonly string[];
  /** A revision of Git. */
  readonly since?: string;
}

/**
 * The files that options name, with what they were before; undefined where nobody asks for changes.
 *
 * @throws ImagePullError `usage` for a revision that Git does not know.
 */
export async function askedChanges(
  { changed, since }: ChangeOptions,
  base: string,
  io: Io,
): Promise<Changes | undefined> {
  if (!changed && since === undefined) return undefined;
  const root = repositoryOf(base);
  const files = changed?.flatMap((each): (readonly string[])[] =>
    each === '-'
      ? listedIn(io.stdin()).map((name) => [resolve(root, name), resolve(io.cwd, name)])
      : [[resolve(io.cwd, each), resolve(root, each)]],
  );
  const changes = await changedFiles({ base, files, since, environment: io.environment });
  if (changes) return changes;
  throw new ImagePullError(
    At.of().refuse(
      'usage',
      words`Git does not know the revision ${since}`,
      'fetch it first: CI often checks out one commit alone',
    ),
  );
}

/** The names of a list: a line each, or with a NUL behind each. */
function listedIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('utf8');
  const names = text.includes('\0') ? text.split('\0') : text.split(/\r?\n/).map(unquoted);
  return names.filter((name) => name !== '');
}

/** A name as Git quotes it where it is not plain. */
function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  const bytes = [...name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\])/gsu)].flatMap(
    ([, octal, escaped = '', plain = '']) =>
      octal === undefined ? [...Buffer.from(plain || (letters[escaped] ?? escaped))] : [Number.parseInt(octal, 8)],
  );
  return Buffer.from(bytes).toString('utf8');
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };
