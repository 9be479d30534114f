/** This moment. Nothing else of this package asks for it. */
export function now(): Date {
  return new Date();
}
