import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import { type FormatName, formats } from '../report/proof/formats.js';

/** A format, and where it goes. */
export interface FormatOutput {
  readonly format: FormatName;
  /** @default - standard output */
  readonly file?: string;
}

/**
 * The outputs that `--format` asks for. Standard output has the text unless another format goes there.
 *
 * @throws ImagePullError `usage` for an unknown format, for two on standard output, and for two in one file.
 */
export function formatOutputs(asked: readonly string[]): readonly FormatOutput[] {
  const outputs = asked.map(outputOf);
  const files = outputs.map(({ file }) => file);
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw usage(words`two formats are to be written to ${twice}`);
  const onStream = outputs.filter(({ file }) => file === undefined);
  if (onStream.length > 1)
    throw usage(
      words`standard output takes one format, and ${onStream.map(({ format }) => format)} are to go there`,
      words`write the others to files: --format ${onStream[1]?.format ?? ''}=<file>`,
    );
  return onStream.length === 0 ? [...outputs, { format: 'text' }] : outputs;
}

function outputOf(text: string): FormatOutput {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (!Object.hasOwn(formats, name))
    throw usage(words`format ${name} does not exist`, words`known: ${Object.keys(formats)}`);
  if (file === '') throw usage(words`--format ${text} names no file`, words`write --format ${name}=<file>`);
  return { format: name as FormatName, ...(file !== undefined && { file }) };
}

function usage(message: Words, hint?: Words): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', message, hint));
}
