// docs/config.md: every key of image-pull.yaml, out of its JSON Schema.
const { cell, generated } = require('./markdown.js');

/** The page with a line for each key of the schema. */
function configPage(schema) {
  const rows = [];
  walk(schema, '', true, schema, rows);
  const table = rows.map(({ key, type, text }) => `| \`${key}\` | ${cell(type)} | ${cell(text)} |`).join('\n');
  return `${generated}\n# image-pull.yaml\n\n\`<name>\` is any name. Keys that are not listed are errors. Editors complete the file with the JSON Schema:\n\n\`\`\`yaml\n# yaml-language-server: $schema=./node_modules/cdk8s-image-pull/schema/image-pull.schema.json\n\`\`\`\n\nPrecedence: the pull secret over the cluster over the platform's default. A cluster may add \`workloads\` and \`grants\`,\nreplace a namespace's needs under \`namespaces\`, and override keys of a pull secret under \`pullSecrets.<name>\`.\n\nWhich entries of \`workloads\` fit a repository: [repositories, from zero to green](repositories.md).\n\n| key | type | meaning |\n|---|---|---|\n${table}\n`;
}

function walk(node, path, required, root, rows, isItem = false) {
  const schema = node.$ref
    ? { ...resolve(node.$ref, root), ...(node.description && { description: node.description }) }
    : node;
  if (path !== '' && !isItem && !rows.some((row) => row.key === path))
    rows.push({
      key: path,
      type: typeOf(schema, root) + (required ? ', required' : ''),
      text: schema.description ?? '',
    });
  if (path.startsWith('clusters.<name>.') && isShared(path)) return;
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    if (key === '$schema') continue;
    walk(child, path === '' ? key : `${path}.${key}`, (schema.required ?? []).includes(key), root, rows);
  }
  const extra = schema.additionalProperties;
  if (extra && typeof extra === 'object' && !isText(extra, root))
    walk(extra, `${path}.<name>`, false, root, rows, true);
  const items = schema.items && (schema.items.$ref ? resolve(schema.items.$ref, root) : schema.items);
  if (items?.properties) walk(items, `${path}[]`, false, root, rows, true);
  for (const each of [...(schema.anyOf ?? []), ...(items?.anyOf ?? [])]) {
    const object = each.$ref ? resolve(each.$ref, root) : each;
    if (!object.properties) continue;
    // What one form requires, another form of the same key does not have.
    const form = schema.items ? object : { ...object, required: [] };
    walk(form, schema.items ? `${path}[]` : path, false, root, rows, true);
  }
}

/** Keys of a cluster that are described at the top level already. */
function isShared(path) {
  return /^clusters\.<name>\.(workloads|namespaces|grants|pullSecrets|distribution|attachment)$/.test(path);
}

function isText(schema, root) {
  return (schema.$ref ? resolve(schema.$ref, root) : schema).type === 'string';
}

function resolve(ref, root) {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((at, key) => at[key], root);
}

function typeOf(schema, root) {
  const one = schema.$ref ? resolve(schema.$ref, root) : schema;
  if (one.const !== undefined) return `\`${one.const}\``;
  if (one.enum) return one.enum.map((value) => `\`${value}\``).join(', ');
  if (one.anyOf) return one.anyOf.map((each) => typeOf(each, root)).join(' or ');
  if (one.type === 'array') return `list of ${typeOf(one.items ?? {}, root)}`;
  if (one.type === 'object') {
    if (one.additionalProperties && typeof one.additionalProperties === 'object')
      return `map of ${typeOf(one.additionalProperties, root)}`;
    const keys = [...new Set([...(one.required ?? []), ...Object.keys(one.properties ?? {})])];
    return keys.length === 0 ? '`{}`' : keys.length < 4 ? `\`{ ${keys.join(', ')} }\`` : 'object';
  }
  return { string: 'text', boolean: 'true or false', number: 'number' }[one.type] ?? 'any';
}

module.exports = { configPage };
