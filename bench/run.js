// Measures this package beside what it is held against: node bench/run.js [--runs n] [--lib folder] [scenario…]
// The input lies below the system's temporary folder; TMPDIR puts it on another disk.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { measure } = require('./measure');
const { scenarios } = require('./scenarios');
const { printBars, printFigures, printHead } = require('./table');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    lib: { type: 'string', default: path.join(__dirname, '..', 'lib') },
  },
});

const known = Object.keys(scenarios);
const wanted = positionals.length > 0 ? positionals : known;
const runs = Number(values.runs);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0 || !(runs >= 1)) {
  console.error(`Usage: node bench/run.js [--runs n] [--lib folder] [${known.join('|')}…]`);
  process.exit(2);
}

const lib = path.resolve(values.lib);
if (!fs.existsSync(path.join(lib, 'index.js'))) {
  console.error(`There is no index.js in ${lib}: run npm run build first.`);
  process.exit(2);
}
let missed = 0;
for (const name of wanted) {
  const results = new Map();
  printHead(name, runs);
  for (const size of scenarios[name].sizes) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-bench-'));
    try {
      const figures = measure(scenarios[name].variants({ size, folder, lib }), runs, folder);
      results.set(size, figures);
      printFigures(size, figures);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  missed += printBars(scenarios[name].bars(results));
}
process.exitCode = missed > 0 ? 1 : 0;
