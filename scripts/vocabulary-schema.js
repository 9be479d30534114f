// The JSON Schema of image-pull.yaml, out of the interfaces of src/model/vocabulary: `npm run docs` writes it.
const { join } = require('node:path');
const {
  createFormatter,
  createParser,
  DEFAULT_CONFIG,
  HiddenType,
  SchemaGenerator,
} = require('ts-json-schema-generator');
const ts = require('typescript');

const source = join(__dirname, '../src/model/vocabulary/spec.ts');

/** What is a class cannot be written in YAML: keys of such a type are for code alone. */
const classes = {
  supportsNode: (node) => node.kind === ts.SyntaxKind.ClassDeclaration,
  createType: (node) => new HiddenType(node),
};

/** The schema of `ImagePullSpec`, with a definition for each of the interfaces below it. */
function vocabularySchema() {
  const config = { ...DEFAULT_CONFIG, type: 'ImagePullSpec', topRef: false, encodeRefs: false, sortProps: false };
  const program = ts.createProgram([source], {
    strict: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  });
  const parser = createParser(program, config, (chain) => chain.addNodeParser(classes));
  const raw = new SchemaGenerator(program, parser, createFormatter(config), config).createSchema(config.type);
  const { $schema, properties, definitions, ...rest } = tidy(raw, raw.definitions);
  // Editors find the schema by this key of the file.
  const keys = { $schema: { type: 'string' }, ...properties };
  return { $schema, title: 'image-pull.yaml', ...rest, properties: keys, definitions };
}

/** The same meaning in fewer words: one list of values per union, and defaults as part of the description. */
function tidy(node, definitions) {
  if (Array.isArray(node)) return node.map((each) => tidy(each, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const { description, default: given, ...rest } = node;
  const text = described(description, given);
  const entries = Object.entries(rest).map(([key, value]) => [key, tidyPart(key, value, definitions)]);
  const result = { ...(text && { description: text }), ...Object.fromEntries(entries) };
  if (given !== undefined && !isProse(given)) result.default = given;
  if (result.additionalProperties?.not) result.additionalProperties = false;
  if (result.anyOf?.length !== 1) return result;
  const { anyOf, ...others } = result;
  return { ...anyOf[0], ...others };
}

function tidyPart(key, value, definitions) {
  if (key === 'anyOf') return tidy(merged(value, definitions), definitions);
  if (key !== 'properties' && key !== 'definitions') return tidy(value, definitions);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, tidy(each, definitions)]));
}

/** The forms of a union with all fixed values in one. */
function merged(forms, definitions) {
  const valuesOf = (form) => {
    const { const: value, enum: values, anyOf } = form.$ref ? definitions[form.$ref.split('/').pop()] : form;
    if (anyOf) return anyOf.every(valuesOf) ? anyOf.flatMap(valuesOf) : undefined;
    return values ?? (value === undefined ? undefined : [value]);
  };
  const values = forms.flatMap((form) => valuesOf(form) ?? []);
  const others = forms.filter((form) => !valuesOf(form));
  return values.length > 0 ? [{ type: 'string', enum: values }, ...others] : others;
}

/** A default that is told, not written as a value: `- none`, `'a', with x 'b'`. */
function isProse(value) {
  return typeof value === 'string' && /^- |^'/.test(value);
}

function described(description, given) {
  const text = description
    ?.replace(/\{@link (\S+?)\}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  if (given === undefined || given === '- none') return text;
  const value = isProse(given) ? given.replace(/^- /, '').replace(/'([\w.-]+)'/g, '`$1`') : `\`${given}\``;
  return [text, `Default: ${value}.`].filter(Boolean).join(' ');
}

module.exports = { vocabularySchema };
