// The least that must be done with manifests: reads and parses them all, then writes texts that are there already.
// Arguments: folders of manifests as in PATH, and where something is to be written, JSON file of [path, text] and folder.
const fs = require('node:fs');
const path = require('node:path');
const { parseAllDocuments } = require('yaml');

const [folders] = process.argv.splice(2, 1);
let objects = 0;
const entries = folders
  .split(path.delimiter)
  .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }));
for (const entry of entries) {
  if (!entry.isFile()) continue;
  const text = fs.readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8');
  for (const document of parseAllDocuments(text)) if (document.toJS() !== null) objects++;
}
if (objects === 0) throw new Error('no objects were read');
if (process.argv.length > 2) require('./reference-write');
