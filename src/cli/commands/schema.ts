import { vocabularySchema } from '../../model/vocabulary/json-schema.js';
import type { ExitCode, Io } from '../io.js';

/** Prints the JSON Schema of the config. */
export function schema(io: Io): ExitCode {
  io.out(`${JSON.stringify(vocabularySchema(), null, 2)}\n`);
  return 0;
}
