import { bytesOf } from '../../go/byte-string.js';
import { matchGlob } from '../../go/go-glob.js';
import { words } from '../../problem/shown.js';
import { isMap } from '../merged-values.js';
import { gitGlob } from '../path-glob.js';
import { partOf, type RepositoryPart } from '../repository-part.js';
import { baseName, globOf, pathBelow } from '../repository-path.js';
import { ExpansionFault } from '../template/expansion-fault.js';
import { normalized } from '../template/go-template-functions.js';
import { flattened, type Parameters } from '../template/parameters.js';
import type { GeneratorContext } from './generator-context.js';
import { withValues } from './generator-values.js';

/** The parameters of a git generator: one for each folder, or for each object in a file. */
export function gitParameters(generator: Parameters, context: GeneratorContext): Parameters[] {
  const { repoURL, directories, files, pathParamPrefix: prefix } = generator;
  const url = typeof repoURL === 'string' ? repoURL : '';
  const named = context.view.pathOfUrl(url);
  const root = named === undefined ? undefined : pathBelow('.', named);
  if (root === undefined)
    throw ExpansionFault.of(
      'source-elsewhere',
      words`makes Applications of what lies in ${url}, which is not this repository`,
      words`if it is: repositories: { ${JSON.stringify(url)}: <path> }; else list what it applies, rendered, under workloads`,
    );
  const part = partOf(context.view, root);
  const made =
    itemsOf(directories).length > 0
      ? matchingFolders(itemsOf(directories), part).map((folder) => ({ path: pathParameters(folder), object: {} }))
      : matchingFiles(itemsOf(files), part).flatMap((file) =>
          objectsIn(file, part).map((object) => ({ path: fileParameters(file), object })),
        );
  const given = made.map(({ path, object }) =>
    withPath(object, path, typeof prefix === 'string' ? prefix : '', context),
  );
  return given.map((parameters) => withValues(parameters, generator.values, context));
}

interface PathItem {
  readonly path: string;
  readonly isExcluded: boolean;
}

function itemsOf(value: unknown): PathItem[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list
    .filter(isMap)
    .flatMap(({ path, exclude }) => (typeof path === 'string' ? [{ path, isExcluded: exclude === true }] : []));
}

/** Folders that a pattern matches and none excludes; those whose name begins with a dot, and what is in them, are none. */
function matchingFolders(items: readonly PathItem[], part: RepositoryPart): string[] {
  const candidates = items.filter(({ isExcluded }) => !isExcluded).flatMap(({ path }) => part.folders(widened(path)));
  const matches = (folder: string) => (item: PathItem) => matchGlob(bytesOf(item.path), bytesOf(folder)) === true;
  return [...new Set(candidates)]
    .filter((folder) => folder !== '.' && !/(?:^|\/)\./.test(folder))
    .filter((folder) => {
      const matching = items.filter(matches(folder));
      return matching.length > 0 && !matching.some(({ isExcluded }) => isExcluded);
    })
    .sort(inWalkOrder);
}

/** A glob that finds all that a pattern of Go can match: each step with a wildcard is any name. */
function widened(pattern: string): string {
  return pattern
    .split('/')
    .map((step) => (/[*?[\\]/.test(step) ? '*' : globOf(step)))
    .join('/');
}

/** Folders before what is in them, by name. */
function inWalkOrder(a: string, b: string): number {
  const [left, right] = [a.split('/').join('\0'), b.split('/').join('\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function matchingFiles(items: readonly PathItem[], part: RepositoryPart): string[] {
  const bases = items
    .filter(({ isExcluded }) => !isExcluded)
    .map(({ path }) => path.slice(0, path.search(/[*?[\\]|$/)));
  const candidates = bases.flatMap((base) => {
    const folder = base.slice(0, base.lastIndexOf('/') + 1);
    return part.files(`${globOf(folder)}**`);
  });
  const matches = (file: string) => (item: PathItem) => gitGlob(item.path, file);
  return [...new Set(candidates)]
    .filter((file) => {
      const matching = items.filter(matches(file));
      return matching.length > 0 && !matching.some(({ isExcluded }) => isExcluded);
    })
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The objects of a file: a map, or a list of maps. */
function objectsIn(file: string, part: RepositoryPart): Parameters[] {
  const value = part.parse(part.read(file) ?? '') ?? {};
  if (isMap(value)) return [value];
  if (Array.isArray(value) && value.every(isMap)) return value;
  throw ExpansionFault.of(
    'gitops-object-invalid',
    words`makes Applications of ${file}, which is no map and no list of maps`,
    'mend the file, or leave it out with exclude: true',
  );
}

function pathParameters(folder: string): Parameters {
  const name = baseName(folder);
  return { path: folder, basename: name, basenameNormalized: normalized(name), segments: folder.split('/') };
}

function fileParameters(file: string): Parameters {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  const name = baseName(file);
  return { ...pathParameters(folder), filename: name, filenameNormalized: normalized(name) };
}

/** An object with the parameters of its path: as a map for Go templates, else flat. */
function withPath(object: Parameters, path: Parameters, prefix: string, { isGo }: GeneratorContext): Parameters {
  if (isGo) return { ...object, ...(prefix === '' ? { path } : { [prefix]: { path } }) };
  const key = prefix === '' ? 'path' : `${prefix}.path`;
  const { path: folder, segments, ...names } = path;
  return Object.fromEntries([
    ...flattened(object),
    [key, folder],
    ...Object.entries(names).map(([name, value]) => [`${key}.${name}`, value]),
    ...(segments as readonly string[]).map((segment, index) => [`${key}[${index}]`, segment]),
  ]) as Parameters;
}
