import { z } from 'zod';
import { imagePullSchema } from './schema.js';

/** The JSON Schema of image-pull.yaml, for editors. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(imagePullSchema, { target: 'draft-7', io: 'input', reused: 'inline' });
  return { ...schema, title: 'image-pull.yaml' };
}
