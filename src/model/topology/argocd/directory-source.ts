import type { PlainFolder } from '../rendering.js';
import type { Source } from './source.js';

/** A folder of manifests as Argo CD reads it. */
export function directoryFolder({ source }: Source, folder: string): PlainFolder {
  const directory = source.get('directory');
  const include = directory.get('include').text();
  const exclude = directory.get('exclude').text();
  return {
    by: 'plain',
    folder,
    recurse: directory.get('recurse').isTrue(),
    ...(include !== undefined && { include }),
    ...(exclude !== undefined && { exclude }),
  };
}
