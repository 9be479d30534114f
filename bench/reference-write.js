// The least that must be done: writes texts that are there already. Arguments: JSON file of [path, text], folder.
const fs = require('node:fs');
const path = require('node:path');

const [rendered, folder] = process.argv.slice(2);
const made = new Set();
for (const [file, text] of JSON.parse(fs.readFileSync(rendered, 'utf8'))) {
  const target = path.join(folder, file);
  const parent = path.dirname(target);
  if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
  made.add(parent);
  fs.writeFileSync(target, text);
}
