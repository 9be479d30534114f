/** Error that is thrown where an expression asks for more work than it is given. */
export class BudgetSpent extends Error {}

/** The work that an expression may make: steps, and the length of the texts and lists that come out of them. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetSpent();
  }
}
