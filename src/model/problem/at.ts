import type { ModelPath, Problem, Where } from './problem.js';
import { type CodeOf, type ProblemCode, problemCodes } from './problem-codes.js';
import { type Said, type Words, words } from './shown.js';

type Text = string | Words;

/** Mend of a problem: undefined for what its code says, null where the message says it already. */
type Mend = Text | undefined | null;

type Hint<H extends Mend> = [] | [H & Said<H>];

/** Sayings of a place, by severity. The message and the hint hold nothing of the input but through {@link words}. */
export abstract class Sayer<Answer> {
  /** Says that the input is broken: nothing is written. */
  refuse<M extends Text, H extends Mend>(code: CodeOf<'error'>, message: M & Said<M>, ...hint: Hint<H>): Answer {
    return this.say(code, message, ...hint);
  }

  /** Says that the run must not go on by itself: nothing is written. */
  stop<M extends Text, H extends Mend>(code: CodeOf<'stop'>, message: M & Said<M>, ...hint: Hint<H>): Answer {
    return this.say(code, message, ...hint);
  }

  /** Says that the answer is incomplete or unsafe: the rest is written. */
  find<M extends Text, H extends Mend>(code: CodeOf<'finding'>, message: M & Said<M>, ...hint: Hint<H>): Answer {
    return this.say(code, message, ...hint);
  }

  /** Says what is worth knowing. */
  warn<M extends Text, H extends Mend>(code: CodeOf<'warning'>, message: M & Said<M>, ...hint: Hint<H>): Answer {
    return this.say(code, message, ...hint);
  }

  protected abstract say(code: ProblemCode, message: Text, hint?: Mend): Answer;
}

/** Says one problem by itself. */
class Single extends Sayer<Problem> {
  readonly #where: Where | undefined;

  constructor(where: Where | undefined) {
    super();
    this.#where = where;
  }

  protected say(code: ProblemCode, message: Text, hint?: Mend): Problem {
    return problemOf(this.#where, code, message, hint);
  }
}

/**
 * A path into a spec at which problems are said. All paths below one root collect into one list; what is said twice is
 * in it once. A rule reads as a sentence: `at.key('source').refuse('source-invalid', 'has no source', words`…`)`.
 */
export class At extends Sayer<void> {
  readonly #found: Map<string, Problem>;
  readonly #path: ModelPath;
  readonly #subject: Words | undefined;

  private constructor(found: Map<string, Problem>, path: ModelPath, subject: Words | undefined) {
    super();
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

  /** Where one problem stands, if that is known: `At.of(image.place).find('registry-undeclared', words`…`)`. */
  static of(where?: Where): Sayer<Problem> {
    return new Single(where);
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

  protected say(code: ProblemCode, message: Text, hint?: Mend): void {
    const said = this.#subject === undefined ? message : words`${this.#subject}: ${message}`;
    const problem = problemOf({ path: this.#path }, code, said, hint);
    const id = JSON.stringify([code, problem.message, this.#path]);
    if (!this.#found.has(id)) this.#found.set(id, problem);
  }
}

function problemOf(at: Where | undefined, code: ProblemCode, message: Text, hint: Mend = mendOf(code)): Problem {
  return { code, message: String(message), ...(at && { at }), ...(hint !== null && { hint: String(hint) }) };
}

/** The mend of a code as a hint. */
function mendOf(code: ProblemCode): string {
  const { mend } = problemCodes[code];
  return mend.charAt(0).toLowerCase() + mend.slice(1).replace(/\.$/, '');
}
