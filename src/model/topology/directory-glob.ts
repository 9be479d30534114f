/** A step of a glob: one character of a kind, any number of characters, or one of several globs. */
type Step =
  | { readonly is: 'one'; readonly matches: (char: string) => boolean }
  | { readonly is: 'many' }
  | { readonly is: 'either'; readonly globs: readonly (readonly Step[])[] };

const maxLength = 4_000;

/**
 * Whether a path matches a glob as Argo CD's `directory.include` and `exclude` have it: that of gobwas/glob without
 * separators, to which a slash is a character like any other. A broken glob matches nothing.
 *
 * @see https://github.com/gobwas/glob
 */
export function directoryGlob(glob: string, path: string): boolean {
  if (glob.length > maxLength || path.length > maxLength) return false;
  const steps = new GlobReader(glob).read();
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
    else if (step.is === 'many') {
      const first = Math.min(...places);
      places = new Set(Array.from({ length: text.length - first + 1 }, (_, index) => first + index));
    } else {
      places = new Set([...places].flatMap((at) => (at < text.length && step.matches(text[at]!) ? [at + 1] : [])));
    }
  }
  return places;
}

/** Reads a glob; the answer is undefined for a broken one. */
class GlobReader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(glob: string) {
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
        return { is: 'many' };
      case '?':
        return { is: 'one', matches: () => true };
      case '[':
        return this.#class();
      case '{':
        return depth > 20 ? undefined : this.#either(depth + 1);
      case '\\': {
        const escaped = this.#chars[this.#at++];
        return escaped === undefined ? undefined : { is: 'one', matches: (other) => other === escaped };
      }
      default:
        return { is: 'one', matches: (other) => other === char };
    }
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

  /** `[abc]` or `[a-z]`, the second only as one range; `!` negates. */
  #class(): Step | undefined {
    const end = this.#chars.indexOf(']', this.#at);
    if (end < 0) return undefined;
    const inside = this.#chars.slice(this.#at, end);
    this.#at = end + 1;
    const isNegated = inside[0] === '!';
    const chars = isNegated ? inside.slice(1) : inside;
    if (chars.length === 0) return undefined;
    const [low = '', dash, high = ''] = chars;
    const isRange = chars.length === 3 && dash === '-';
    const isIn = (char: string) => (isRange ? low <= char && char <= high : chars.includes(char));
    return { is: 'one', matches: (char) => isIn(char) !== isNegated };
  }
}
