/** Part of JSON Schema that the schema of the vocabulary is made of. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean';
  readonly const?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** False where no other key is known; else the schema of what stands under any name. */
  readonly additionalProperties?: false | JsonSchema;
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** The JSON Schema of image-pull.yaml: `scripts/vocabulary-schema.js` makes it of {@link ImagePullSpec}. */
export function vocabularySchema(): JsonSchema {
  return require('../../../schema/image-pull.schema.json');
}

/** The schema of one interface of the vocabulary, such as `PullSecretSpec`. */
export function definitionOf(name: string): JsonSchema {
  const { definitions = {}, ...whole } = vocabularySchema();
  const definition = name === 'ImagePullSpec' ? whole : definitions[name];
  if (!definition) throw new RangeError(`the vocabulary has no ${name}`);
  return definition;
}

/** The schema itself, not a reference to it. */
export function resolved(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : resolved(definitionOf(schema.$ref.slice('#/definitions/'.length)));
}
