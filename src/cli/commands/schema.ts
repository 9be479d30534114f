import { jsonSchema } from '../../config/json-schema.js';
import type { ExitCode, Io } from '../io.js';

/** Prints the JSON Schema of the config. */
export function schema(io: Io): ExitCode {
  io.out(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return 0;
}
