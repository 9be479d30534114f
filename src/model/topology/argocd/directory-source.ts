import { words } from '../../problem/shown.js';
import { directoryGlob } from '../path-glob.js';
import type { PlainFolder } from '../rendering.js';
import { globOf } from '../repository-path.js';
import type { Source } from './source.js';

/** A folder of manifests as Argo CD reads it. */
export function directoryFolder({ source, trail }: Source, folder: string): PlainFolder {
  const directory = source.get('directory');
  const include = directory.get('include').text();
  const exclude = directory.get('exclude').text();
  const plain: PlainFolder = {
    by: 'plain',
    folder,
    recurse: directory.get('recurse').isTrue(),
    ...(include !== undefined && { include }),
    ...(exclude !== undefined && { exclude }),
  };
  const [first, ...others] = trail.view
    .files(`${globOf(folder)}/${plain.recurse ? '**/' : ''}*.jsonnet`)
    .filter((file) => isRead(file, plain));
  if (first !== undefined)
    trail.say(
      'engine-needed',
      source.get('path'),
      words`applies Jsonnet, which is not rendered: ${[first, ...others]}`,
    );
  return plain;
}

function isRead(file: string, { folder, include, exclude }: PlainFolder): boolean {
  const path = folder === '.' ? file : file.slice(folder.length + 1);
  if (exclude !== undefined && directoryGlob(exclude, path)) return false;
  return include === undefined || directoryGlob(include, path);
}
