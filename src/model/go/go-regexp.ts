import { type RegexpNode, RegexpParser, UnknownRegexp } from './go-regexp-parser.js';

/** A step of a program: it takes a character, goes to two places, asks where in the text it is, or ends. */
type Step =
  | { readonly op: 'take'; readonly test: (code: number) => boolean }
  | { readonly op: 'fork'; first: number; second: number }
  | { readonly op: 'at'; readonly end: boolean }
  | { readonly op: 'match' };

/** The most steps of a program; what needs more is not run. */
const longest = 5000;

/**
 * Go's regular expressions (RE2), as far as they are about whether a text matches: no look-around and no references
 * back, so the time is the length of the text times that of the expression, whatever both are.
 */
export class GoRegexp {
  readonly #steps: readonly Step[];

  private constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** The expression; undefined where it is none, or uses what is not known here, such as flags and Unicode classes. */
  static tryParse(pattern: string): GoRegexp | undefined {
    try {
      const program = new Program();
      program.add(new RegexpParser(pattern).parse());
      program.push({ op: 'match' });
      return new GoRegexp(program.steps);
    } catch (fault) {
      if (fault instanceof UnknownRegexp) return undefined;
      throw fault;
    }
  }

  /** How many steps a character of a text costs at most. */
  get cost(): number {
    return this.#steps.length;
  }

  /** Whether the expression matches anywhere in a text. */
  test(text: string): boolean {
    const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
    let current = new Set<number>();
    for (let at = 0; ; at++) {
      this.#enter(0, current, at, codes.length);
      const next = new Set<number>();
      for (const index of current) {
        const step = this.#steps[index];
        if (step?.op === 'match') return true;
        const code = codes[at];
        if (step?.op === 'take' && code !== undefined && step.test(code))
          this.#enter(index + 1, next, at + 1, codes.length);
      }
      if (at >= codes.length) return false;
      current = next;
    }
  }

  /** Adds a step and all that it leads to without taking a character. */
  #enter(start: number, into: Set<number>, at: number, length: number): void {
    const pending = [start];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const step = this.#steps[index];
      if (step?.op === 'fork') pending.push(step.second, step.first);
      else if (step?.op === 'at' && at === (step.end ? length : 0)) pending.push(index + 1);
    }
  }
}

/** Writes the steps of an expression (Russ Cox, "Regular Expression Matching Can Be Simple And Fast"). */
class Program {
  readonly steps: Step[] = [];

  push(step: Step): number {
    if (this.steps.length >= longest) throw new UnknownRegexp();
    return this.steps.push(step) - 1;
  }

  add(node: RegexpNode): void {
    switch (node.kind) {
      case 'take':
        this.push({ op: 'take', test: node.test });
        return;
      case 'at':
        this.push({ op: 'at', end: node.end });
        return;
      case 'sequence':
        for (const part of node.parts) this.add(part);
        return;
      case 'either':
        this.#either(node.parts);
        return;
      case 'repeat':
        this.#repeat(node.part, node.least, node.most);
    }
  }

  #either([first, ...rest]: readonly RegexpNode[]): void {
    if (!first) return;
    if (rest.length === 0) {
      this.add(first);
      return;
    }
    const fork = { op: 'fork' as const, first: this.steps.length + 1, second: 0 };
    this.push(fork);
    this.add(first);
    const leave = { op: 'fork' as const, first: 0, second: 0 };
    this.push(leave);
    fork.second = this.steps.length;
    this.#either(rest);
    leave.first = this.steps.length;
    leave.second = this.steps.length;
  }

  #repeat(part: RegexpNode, least: number, most: number | undefined): void {
    for (let count = 0; count < least; count++) this.add(part);
    const forks: { second: number }[] = [];
    for (let count = least; count < (most ?? least + 1); count++) {
      const fork = { op: 'fork' as const, first: this.steps.length + 1, second: 0 };
      const index = this.push(fork);
      forks.push(fork);
      this.add(part);
      if (most === undefined) this.push({ op: 'fork', first: index, second: index });
    }
    for (const fork of forks) fork.second = this.steps.length;
  }
}
