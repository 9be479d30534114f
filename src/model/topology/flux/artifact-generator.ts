import { words } from '../../problem/shown.js';
import { Field } from '../field.js';
import { pathBelow } from '../repository-path.js';
import type { Trail } from '../trail.js';
import { sourceGroup, sourceRoot } from './source-ref.js';

/**
 * Follows an ArtifactGenerator: an artifact that is a folder of this repository, or parts of one in the same places, is
 * that folder to whoever refers to it.
 *
 * @see https://github.com/fluxcd/source-watcher/blob/main/docs/spec/v1beta1/artifactgenerators.md
 */
export function followArtifactGenerator(trail: Trail): void {
  const { object } = trail;
  const { spec } = object;
  const roots = new Map(
    spec
      .get('sources')
      .items()
      .map((source) => [source.get('alias').text() ?? '', sourceRoot(trail, source, object)]),
  );
  if (trail.missing.length > 0) return;
  for (const artifact of spec.get('artifacts').items()) {
    const name = artifact.get('name').text();
    const folder = spec.get('pathPattern').isGiven ? undefined : artifactFolder(artifact, roots, trail);
    if (folder === undefined)
      trail.say(
        'engine-needed',
        artifact,
        words`makes the artifact ${name ?? ''} of parts that lie in other places in this repository`,
      );
    else if (name !== undefined)
      trail.made.push({
        ...object,
        group: sourceGroup,
        kind: 'ExternalArtifact',
        name,
        spec: Field.made({ folder }, artifact.place),
        data: Field.made(undefined, undefined),
      });
  }
}

/** The one folder of which all copies keep the places; undefined where there is none. */
function artifactFolder(
  artifact: Field,
  roots: ReadonlyMap<string, string | undefined>,
  trail: Trail,
): string | undefined {
  const folders = new Set(
    artifact
      .get('copy')
      .items()
      .map((copy) => copyRoot(copy, roots, trail)),
  );
  const [folder, ...others] = folders;
  return others.length === 0 ? folder : undefined;
}

/** The folder that the root of the artifact stands for, by one copy. */
function copyRoot(copy: Field, roots: ReadonlyMap<string, string | undefined>, { view }: Trail): string | undefined {
  const [, alias = '', pattern = ''] = /^@([^/]+)\/(.*)$/.exec(copy.get('from').text() ?? '') ?? [];
  const [, to] = /^@artifact\/(.*)$/.exec(copy.get('to').text() ?? '') ?? [];
  const root = roots.get(alias);
  const strategy = copy.get('strategy').text() ?? 'Overwrite';
  if (root === undefined || to === undefined || strategy !== 'Overwrite') return undefined;
  const [from, place] = copiedFolder(pattern, to, (path) => view.isFolder(pathBelow(root, path) ?? ''));
  const [source, target] = [pathBelow(root, from), pathBelow('.', place)];
  if (source === undefined || target === undefined) return undefined;
  if (target === '.') return source;
  if (source === target) return '.';
  return source.endsWith(`/${target}`) ? source.slice(0, -target.length - 1) : undefined;
}

/** A folder, and its place in the artifact: the content of `dir/**`, a folder under its name, or what a pattern finds. */
function copiedFolder(pattern: string, to: string, isFolder: (path: string) => boolean): readonly [string, string] {
  if (pattern.endsWith('/**')) return [pattern.slice(0, -3), to];
  if (/[*?[\]]/.test(pattern)) return ['.', to];
  const path = pathBelow('.', pattern) ?? '.';
  const parent = pathBelow(path, '..') ?? '.';
  if (isFolder(path)) return [path, `${to}/${path.slice(path.lastIndexOf('/') + 1)}`];
  return [parent, to.endsWith('/') || to === '' ? to : `${to}/..`];
}
