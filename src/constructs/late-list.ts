/**
 * A list of names inside a JSON patch of an object that is not ours. cdk8s copies the values of patches through JSON
 * when it renders (cdk8s, lib/json-patch.js, `apply`), so the list is worked out then.
 */
export class LateList {
  readonly #names: () => readonly string[];

  constructor(names: () => readonly string[]) {
    this.#names = names;
  }

  toJSON(): readonly { readonly name: string }[] {
    return this.#names().map((name) => ({ name }));
  }
}
