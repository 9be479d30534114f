import { words } from '../problem/shown.js';
import type { Field } from './field.js';
import { pathBelow } from './repository-path.js';
import type { Trail } from './trail.js';

/** Says that something comes from another repository. */
export function elsewhere(trail: Trail, at: Field, url: string): void {
  trail.say(
    'source-elsewhere',
    at,
    words`applies what lies in ${url}, which is not this repository`,
    words`if it is: repositories: { ${JSON.stringify(url)}: <path> }; else list it, rendered, under workloads; or say by hand what its namespace needs: namespaces: { <name>: { pullSecrets: [<name>] } }; then acknowledge: [{ kind: ${trail.object.kind}, name: ${trail.object.name}, reason: … }]`,
  );
}

/** The folder that a field names below a folder; undefined where there is none, which is said. */
export function folderOf(trail: Trail, field: Field, root = '.'): string | undefined {
  const path = field.text() ?? '.';
  const folder = pathBelow(root, path.replace(/^\/+/, ''));
  if (folder !== undefined && trail.view.isFolder(folder)) return folder;
  trail.say('path-missing', field, words`applies ${path}, which is no folder of this repository`);
  return undefined;
}
