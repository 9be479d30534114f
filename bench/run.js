// Measures this package beside what it is held against. Usage: node bench/run.js [--runs n] [--lib folder] [scenario…]
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
