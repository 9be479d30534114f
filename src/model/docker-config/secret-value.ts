const mask = '***';

/** `util.inspect.custom`, by its name: the declarations ask for no types of Node.js. */
export const inspected: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * A value that must not be seen: it prints as `***` through every usual way of printing, so that it cannot reach a
 * message, a diff or a log by accident. Only {@link SecretValue.reveal} gives it out.
 */
export class SecretValue {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /** Wraps a value. */
  static of(value: string): SecretValue {
    return new SecretValue(value);
  }

  /** The value itself: for writing it to the place it was asked for, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** True for the empty value. */
  get isEmpty(): boolean {
    return this.#value === '';
  }

  /** True if both hold the same value. */
  equals(other: SecretValue): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  [inspected](): string {
    return mask;
  }
}
