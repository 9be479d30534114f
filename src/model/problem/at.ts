import type { ModelPath, Problem } from './problem.js';
import type { CodeOf, Severity } from './problem-codes.js';
import { type Said, type Words, words } from './shown.js';

type Text = string | Words;

/**
 * A path into a spec at which problems are said. All paths below one root collect into one list; what is said twice is
 * in it once. A rule reads as a sentence: `at.key('source').refuse('source-invalid', 'has no source', words`…`)`.
 */
export class At {
  readonly #found: Map<string, Problem>;
  readonly #path: ModelPath;
  readonly #subject: Words | undefined;

  private constructor(found: Map<string, Problem>, path: ModelPath, subject: Words | undefined) {
    this.#found = found;
    this.#path = path;
    this.#subject = subject;
  }

  /** Everything that a check says about a spec, in order. */
  static collect(check: (root: At) => void): Problem[] {
    const found = new Map<string, Problem>();
    check(new At(found, [], undefined));
    return [...found.values()];
  }

  /** A path below this one. */
  key(...keys: ModelPath): At {
    return new At(this.#found, [...this.#path, ...keys], this.#subject);
  }

  /** Another path of the same spec, about the same subject. */
  root(...path: ModelPath): At {
    return new At(this.#found, path, this.#subject);
  }

  /** The same path, with what every message is about: `pull secret ghcr-pull`. */
  about(subject: Words): At {
    return new At(this.#found, this.#path, subject);
  }

  /** Says that the input is broken: nothing is written. */
  refuse<M extends Text, H extends Text>(code: CodeOf<'error'>, message: M & Said<M>, hint: H & Said<H>): void {
    this.#say(code, message, hint);
  }

  /** Says that the run must not go on by itself: nothing is written. */
  stop<M extends Text, H extends Text>(code: CodeOf<'stop'>, message: M & Said<M>, hint: H & Said<H>): void {
    this.#say(code, message, hint);
  }

  /** Says that the answer is incomplete or unsafe: the rest is written. */
  find<M extends Text, H extends Text>(code: CodeOf<'finding'>, message: M & Said<M>, hint: H & Said<H>): void {
    this.#say(code, message, hint);
  }

  /** Says what is worth knowing. */
  warn<M extends Text, H extends Text>(code: CodeOf<'warning'>, message: M & Said<M>, hint: H & Said<H>): void {
    this.#say(code, message, hint);
  }

  /** Refuses a name, if there is a reason why it cannot be one. */
  name(what: string, name: string, error: string | undefined): void {
    if (error !== undefined)
      this.refuse('name-invalid', words`${what} "${name}" ${error}`, 'such as team-a or ghcr-pull');
  }

  /** Refuses a name that nothing carries. */
  dangling(what: string, name: string, known: readonly string[]): void {
    const hint = known.length > 0 ? words`known: ${known}` : words`no ${what} is declared`;
    const at = new At(this.#found, this.#path, undefined);
    at.refuse('name-dangling', words`${what} ${name} does not exist`, hint);
  }

  /** Refuses each of the names that nothing carries, at its place in the list. */
  danglingItems(what: string, names: readonly string[] | undefined, known: readonly string[]): void {
    const isKnown = new Set(known);
    for (const [index, name] of (names ?? []).entries())
      if (!isKnown.has(name)) this.key(index).dangling(what, name, known);
  }

  /** True if something is said meanwhile, at this path or at another of the same root. */
  hears(check: () => void): boolean {
    const before = this.#found.size;
    check();
    return this.#found.size > before;
  }

  #say(code: CodeOf<Severity>, said: Text, hint: Text): void {
    const message = String(this.#subject === undefined ? said : words`${this.#subject}: ${said}`);
    const id = JSON.stringify([code, message, this.#path]);
    if (!this.#found.has(id)) this.#found.set(id, { code, message, at: { path: this.#path }, hint: String(hint) });
  }
}
