import type { CodeOf } from '../../problem/problem-codes.js';
import { type Said, Words } from '../../problem/shown.js';

type Text = string | Words;

/** Why an ApplicationSet cannot be expanded; thrown inside, and said as a finding at its object. */
export class ExpansionFault extends Error {
  readonly code: CodeOf<'finding'>;
  readonly what: Words;
  readonly hint: Words;

  constructor(code: CodeOf<'finding'>, what: Words, hint: Words) {
    super(code);
    this.code = code;
    this.what = what;
    this.hint = hint;
  }

  /** A fault with its words; what they show of the input is masked. */
  static of<M extends Text, H extends Text>(code: CodeOf<'finding'>, what: M & Said<M>, hint: H & Said<H>) {
    return new ExpansionFault(code, new Words(String(what)), new Words(String(hint)));
  }
}

/** The hint of everything that only the engine can expand. */
export const writeOut = 'write its Applications out, as argocd appset generate does, and name that file in the entry';

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
