/** Rules of a kind of globs. */
interface Dialect {
  /** Whether braces hold alternatives. */
  readonly hasBraces: boolean;
  /** Whether a class may hold several ranges, and `^` negates it, too. */
  readonly hasRanges: boolean;
  /** Whether a star ends at a slash; two of them never do. */
  readonly isBySegment: boolean;
}

const gobwas: Dialect = { hasBraces: true, hasRanges: false, isBySegment: false };
const gobwasBySegment: Dialect = { ...gobwas, isBySegment: true };
const git: Dialect = { hasBraces: false, hasRanges: true, isBySegment: false };

/** A step of a glob: one character of a kind, any number of characters, or one of several globs. */
type Step =
  | { readonly is: 'one'; readonly matches: (char: string) => boolean }
  | { readonly is: 'many'; readonly endsAtSlash: boolean }
  | { readonly is: 'either'; readonly globs: readonly (readonly Step[])[] };

const maxLength = 4_000;

/**
 * Whether a path matches a glob as Argo CD's `directory.include` and `exclude` have it: that of gobwas/glob without
 * separators, to which a slash is a character like any other. A broken glob matches nothing.
 *
 * @see https://github.com/gobwas/glob
 */
export function directoryGlob(glob: string, path: string): boolean {
  return matches(glob, path, gobwas);
}

/** Whether an address matches a glob of an AppProject, in which a star ends at a slash. */
export function addressGlob(glob: string, address: string): boolean {
  return matches(glob, address, gobwasBySegment);
}

/**
 * Whether `git ls-files` lists a file for a pattern: a file, a folder around it, or a glob whose stars match slashes,
 * too.
 *
 * @see https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-pathspec
 */
export function gitGlob(pattern: string, path: string): boolean {
  const plain = pattern.endsWith('/') ? pattern.slice(0, -1) : pattern;
  return path === plain || path.startsWith(`${plain}/`) || matches(pattern, path, git);
}

function matches(glob: string, path: string, dialect: Dialect): boolean {
  if (glob.length > maxLength || path.length > maxLength) return false;
  const steps = new GlobReader(glob, dialect).read();
  if (!steps) return false;
  const text = [...path];
  return after(steps, text, new Set([0])).has(text.length);
}

/** The places in a text that are reached by a glob from some places: no step is ever tried twice from one place. */
function after(steps: readonly Step[], text: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  let places = from;
  for (const step of steps) {
    if (places.size === 0) return places;
    if (step.is === 'either') places = new Set(step.globs.flatMap((glob) => [...after(glob, text, places)]));
    else if (step.is === 'many') places = afterMany(text, places, step.endsAtSlash);
    else places = new Set([...places].flatMap((at) => (at < text.length && step.matches(text[at]!) ? [at + 1] : [])));
  }
  return places;
}

function afterMany(text: readonly string[], from: ReadonlySet<number>, endsAtSlash: boolean): ReadonlySet<number> {
  const places = new Set<number>();
  for (const start of [...from].sort((a, b) => a - b)) {
    for (let at = start; at <= text.length && !places.has(at); at++) {
      places.add(at);
      if (endsAtSlash && text[at] === '/') break;
    }
  }
  return places;
}

/** Reads a glob; the answer is undefined for a broken one. */
class GlobReader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(
    glob: string,
    private readonly dialect: Dialect,
  ) {
    this.#chars = [...glob];
  }

  read(): readonly Step[] | undefined {
    const steps = this.#steps(0);
    return this.#at === this.#chars.length ? steps : undefined;
  }

  #steps(depth: number): Step[] | undefined {
    const steps: Step[] = [];
    while (this.#at < this.#chars.length) {
      const char = this.#chars[this.#at]!;
      if (depth > 0 && (char === ',' || char === '}')) return steps;
      this.#at++;
      const step = this.#step(char, depth);
      if (!step) return undefined;
      steps.push(step);
    }
    return depth > 0 ? undefined : steps;
  }

  #step(char: string, depth: number): Step | undefined {
    switch (char) {
      case '*':
        return this.#many();
      case '?':
        return { is: 'one', matches: (other) => !(this.dialect.isBySegment && other === '/') };
      case '[':
        return this.#class();
      case '{':
        if (!this.dialect.hasBraces) return { is: 'one', matches: (other) => other === '{' };
        return depth > 20 ? undefined : this.#either(depth + 1);
      case '\\': {
        const escaped = this.#chars[this.#at++];
        return escaped === undefined ? undefined : { is: 'one', matches: (other) => other === escaped };
      }
      default:
        return { is: 'one', matches: (other) => other === char };
    }
  }

  #many(): Step {
    const start = this.#at;
    while (this.#chars[this.#at] === '*') this.#at++;
    return { is: 'many', endsAtSlash: this.dialect.isBySegment && this.#at === start };
  }

  #either(depth: number): Step | undefined {
    const globs: Step[][] = [];
    for (;;) {
      const steps = this.#steps(depth);
      if (!steps) return undefined;
      globs.push(steps);
      if (this.#chars[this.#at++] === '}') return { is: 'either', globs };
    }
  }

  /** A list of characters, or one range of them; git takes both in one class. */
  #class(): Step | undefined {
    const end = this.#chars.indexOf(']', this.#at + 1);
    if (end < 0) return undefined;
    const inside = this.#chars.slice(this.#at, end);
    this.#at = end + 1;
    const isNegated = inside[0] === '!' || (this.dialect.hasRanges && inside[0] === '^');
    const chars = isNegated ? inside.slice(1) : inside;
    if (chars.length === 0) return undefined;
    const isRange = chars.length === 3 && chars[1] === '-';
    // gobwas takes a list or one range, and nothing between.
    if (!(this.dialect.hasRanges || isRange) && chars.includes('-')) return undefined;
    const ranges = rangesIn(chars);
    const isIn = (char: string) => ranges.some(([low, high]) => low <= char && char <= high);
    return { is: 'one', matches: (char) => isIn(char) !== isNegated };
  }
}

function rangesIn(chars: readonly string[]): (readonly [string, string])[] {
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < chars.length; at++) {
    const isRange = chars[at + 1] === '-' && at + 2 < chars.length;
    ranges.push([chars[at]!, chars[isRange ? at + 2 : at]!]);
    if (isRange) at += 2;
  }
  return ranges;
}
