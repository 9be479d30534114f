/** The forms of the tier, each with all of those before it. */
export const forms = ['quick', 'full', 'all'] as const;

/** How much of the tier is run. */
export type Form = (typeof forms)[number];

/** The forms whose engines and tests belong to a form. */
export function formsIn(form: Form): readonly Form[] {
  return forms.slice(0, forms.indexOf(form) + 1);
}

/** The parts of the form `all`, which can be run by themselves. */
export const parts = ['argocd', 'flux'] as const;

/** The tests of one GitOps engine. */
export type Part = (typeof parts)[number];

/** Programs by name, as paths. */
export type Programs = Readonly<Record<string, string>>;

/** An engine that is ready to start. */
export interface Built {
  /** The version that was built, or that the program tells. */
  readonly version: string;
  readonly programs: Programs;
}

/**
 * A program that others wrote, asked to judge what the generator writes. A file of `engines/` exports its engine and,
 * where something is to be started, a function that starts it and answers what can be stopped.
 */
export interface Engine {
  readonly name: string;
  readonly form: Form;
  /** The part that alone needs it. @default - every one */
  readonly part?: Part;
  /**
   * Finds, or builds, its programs.
   *
   * @throws Error with a message for people when that cannot be done
   */
  build(): Promise<Built>;
}

/** Something that was started and must be stopped. */
export interface Running {
  stop(): Promise<void>;
}
