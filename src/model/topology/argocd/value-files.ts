import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { elsewhere } from '../locations.js';
import type { ValuesSource } from '../rendering.js';
import { pathBelow } from '../repository-path.js';
import type { Source } from './source.js';

/** Meanings of the path of a file of values. */
type ValueFile =
  | { readonly file: string }
  | { readonly chartFile: string }
  | { readonly url: string }
  | { readonly unknown: string };

/**
 * The files of values of a source, in order. What a pattern finds comes at its place, in order, without the files that
 * are also named.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/reposerver/repository/repository.go getResolvedValueFiles()
 */
export function valueFiles(context: Source): ValuesSource[] {
  const { source, trail } = context;
  const fields = source.get('helm', 'valueFiles').items();
  const found = fields.map((field) => ({ field, file: valueFile(field.text() ?? '', context) }));
  const named = new Set(found.flatMap(({ file }) => ('file' in file && !isGlob(file.file) ? [file.file] : [])));
  const values: ValuesSource[] = [];
  const isSeen = new Set<string>();
  const add = (file: string) => {
    if (!isSeen.has(file)) values.push({ file });
    isSeen.add(file);
  };
  for (const { field, file } of found) {
    if ('url' in file) elsewhere(trail, field, file.url);
    else if ('unknown' in file) sayMissing(field, file.unknown, context);
    else if ('chartFile' in file) values.push(file);
    else if (isGlob(file.file)) {
      const matches = trail.view.files(file.file);
      if (matches.length === 0) sayMissing(field, file.file, context);
      for (const match of matches) if (!named.has(match)) add(match);
    } else if (trail.view.isFile(file.file)) add(file.file);
    else sayMissing(field, file.file, context);
  }
  return values;
}

/** Finds what a path of a source stands for: below the folder of its source, or of the one that `$name/` refers to. */
export function valueFile(path: string, context: Source): ValueFile {
  const { source, folder, trail, folderOfRef, isOneOfSeveral, substitute } = context;
  const [ref = '', ...rest] = path.split('/');
  if (folderOfRef.has(ref)) {
    const root = folderOfRef.get(ref);
    const file = root === undefined ? undefined : pathBelow(root, substitute(rest.join('/')).replace(/^\/+/, ''));
    return file === undefined ? { unknown: path } : { file };
  }
  if (isOneOfSeveral && path.startsWith('$')) return { unknown: path };
  const name = substitute(path);
  if (/^[a-z][a-z0-9+.-]*:/i.test(name)) return { url: name };
  if (folder === undefined) return { chartFile: name };
  const root = trail.view.pathOfUrl(source.get('repoURL').text() ?? '') ?? '.';
  const file = name.startsWith('/') ? pathBelow(root, name.replace(/^\/+/, '')) : pathBelow(folder, name);
  return file === undefined ? { unknown: path } : { file };
}

function sayMissing(field: Field, path: string, { source, trail, folderOfRef }: Source): void {
  const [ref = ''] = path.split('/');
  if (folderOfRef.has(ref)) {
    trail.say(
      'source-elsewhere',
      field,
      words`takes values from ${path}, which lies in another repository`,
      'say where it lies here: repositories: { <url>: <path> }',
    );
    return;
  }
  if (source.get('helm', 'ignoreMissingValueFiles').isTrue()) return;
  trail.say(
    'path-missing',
    field,
    words`takes values from ${path}, which is no file of this repository`,
    'correct the path, or say ignoreMissingValueFiles: true',
  );
}

function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}
