import type { CodeOf } from '../model/problem/problem-codes.js';

/** Why a document cannot be read, and where. Its words are the same for every file. */
export class YamlError extends Error {
  readonly offset: number;
  readonly code: CodeOf<'finding'>;

  constructor(message: string, offset: number, code: CodeOf<'finding'> = 'manifest-invalid') {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

/** An error of the grammar. */
export class YamlSyntaxError extends YamlError {}

export function syntaxError(message: string, offset: number): YamlSyntaxError {
  return new YamlSyntaxError(`not valid YAML: ${message}`, offset);
}
