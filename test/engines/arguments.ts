import { type Form, type Part, parts } from './engine.js';

/** What a run of the tier was asked for. */
export interface Asked {
  readonly form: Form;
  /** Of the form `all` the tests of one GitOps engine, and nothing of the other forms. Undefined for everything. */
  readonly part: Part | undefined;
  /** Patterns of test files, and flags of jest. */
  readonly patterns: readonly string[];
}

/** Reads the arguments after `npm run test:engines --`. */
export function asked(args: readonly string[]): Asked {
  const part = parts.find((each) => args.includes(`--all=${each}`));
  const form = part ? 'all' : ((['quick', 'all'] as const).find((each) => args.includes(`--${each}`)) ?? 'full');
  return { form, part, patterns: args.filter((arg) => !/^--(quick|all)(=|$)/.test(arg)) };
}
