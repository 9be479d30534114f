import type { CodeOf } from '../../problem/problem-codes.js';
import { type Said, type Words, words } from '../../problem/shown.js';

type Text = string | Words;

/** Why a template or a set cannot be expanded; thrown inside, and said as a finding at the object. */
export class ExpansionFault extends Error {
  readonly code: CodeOf<'finding'>;
  readonly what: Words;
  /** Hint that mends it, where that is more than what mends anything that is not expanded. */
  readonly hint: Words | undefined;

  constructor(code: CodeOf<'finding'>, what: Words, hint?: Words) {
    super(code);
    this.code = code;
    this.what = what;
    this.hint = hint;
  }

  /** A fault with its words; what they show of the input is masked. */
  static of<M extends Text, H extends Text>(code: CodeOf<'finding'>, what: M & Said<M>, hint?: H & Said<H>) {
    return new ExpansionFault(code, words`${what}`, hint === undefined ? undefined : words`${hint}`);
  }
}

/** As many characters may an expansion make before it is given up. */
const maxCharacters = 100_000_000;

/** Counts what an expansion makes, so that a small template cannot fill the memory. */
export class ExpansionBudget {
  #left = maxCharacters;

  /** A text that was made. */
  spend(text: string): string {
    this.#left -= text.length + 1;
    if (this.#left < 0)
      throw ExpansionFault.of('expansion-too-large', 'makes more text than is expanded', 'make several of it');
    return text;
  }
}
