/** Why a list cannot be edited in place. The message goes on from the path of the list. */
export class Obstacle extends Error {
  readonly code: 'list-shared' | 'list-not-editable';
  /** In the piece of text that holds the document. */
  readonly offset: number;

  constructor(code: Obstacle['code'], message: string, offset: number) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}
