import path from 'node:path';
import picomatch from 'picomatch';

const manifestName = /\.(?:ya?ml|json)$/i;

/** True for the name of a file that a folder is read for. */
export function isManifestName(name: string): boolean {
  return manifestName.test(name);
}

/** A glob below a folder. */
export interface Glob {
  /** The folder that all matches lie in. */
  readonly root: string;
  /** Whether a path, relative to the root, with forward slashes, matches. */
  readonly matches: (relative: string) => boolean;
  /** How deep below the root matches can lie. */
  readonly depth: number;
  /** Whether names that begin with a dot can match. */
  readonly dots: boolean;
  /** Whether files of any name count; else, as `*` says nothing about it, only those with the name of a manifest. */
  readonly anyName: boolean;
}

/** No path is longer on any system that we know of. */
const longestPattern = 4096;

/** Says what is wrong with a pattern; undefined for one that can be used. */
export function patternError(text: string): string | undefined {
  if (text.length > longestPattern) return `is longer than ${longestPattern} characters`;
  return /(?:^|[^\\])[@?*+!]\(/.test(text) ? 'has an extended glob, such as +(a|b), which is not read' : undefined;
}

/**
 * Parses a glob relative to a folder; undefined for a text without wildcards. The pattern must be one that can be used.
 */
export function parseGlob(base: string, text: string, options: { readonly dot?: boolean } = {}): Glob | undefined {
  // Braces are the only alternatives: what a library makes of the others can take for ever to match.
  const plain = text
    .replace(/\/+$/, '')
    .replaceAll('[!', '[^')
    .replace(/\\.|[()+|]/gs, (part) => (part.length > 1 ? part : `\\${part}`));
  const { isGlob, base: folder, glob } = picomatch.scan(plain);
  if (!isGlob) return undefined;
  return {
    root: path.resolve(base, folder),
    matches: picomatch(glob, { dot: options.dot ?? false, noextglob: true }),
    depth: /\*\*|\{/.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length,
    dots: /(?:^|[/{,])\./.test(glob),
    anyName: (glob.split('/').at(-1) ?? '').includes('.'),
  };
}

/** Patterns whose matches are left out, with all that lies below them. */
export class Exclusions {
  readonly #tests: readonly { readonly pattern: string; readonly isMatch: (file: string) => boolean }[];
  readonly #folders = new Map<string, string | undefined>();

  /** @param patterns without their `!` */
  constructor(base: string, patterns: readonly string[]) {
    this.#tests = patterns.map((pattern) => ({ pattern, isMatch: exclusion(base, pattern) }));
  }

  /** Whether an absolute path or one of the folders around it is left out. */
  has(file: string): boolean {
    return this.patternOf(file) !== undefined;
  }

  /** The pattern by which an absolute path, or one of the folders around it, is left out. */
  patternOf(file: string): string | undefined {
    if (this.#tests.length === 0) return undefined;
    return this.#match(file) ?? this.#aroundFolder(path.dirname(file));
  }

  #match(file: string): string | undefined {
    return this.#tests.find(({ isMatch }) => isMatch(file))?.pattern;
  }

  #aroundFolder(folder: string): string | undefined {
    if (this.#folders.has(folder)) return this.#folders.get(folder);
    const parent = path.dirname(folder);
    const found = this.#match(folder) ?? (parent === folder ? undefined : this.#aroundFolder(parent));
    this.#folders.set(folder, found);
    return found;
  }
}

function exclusion(base: string, pattern: string): (file: string) => boolean {
  const glob = parseGlob(base, pattern, { dot: true });
  if (!glob) {
    const literal = path.resolve(base, pattern);
    return (file) => file === literal;
  }
  return (file) => {
    const relative = slashed(path.relative(glob.root, file));
    return relative !== '' && !relative.startsWith('../') && relative !== '..' && glob.matches(relative);
  };
}

/** A path with forward slashes, as it stands in messages. */
export function slashed(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}
