const widths = [8, 34, 12, 10];

function printHead(scenario, runs) {
  console.log(`\n${scenario}: best of ${runs}, whole process, interleaved`);
  console.log(row(['size', 'variant', 'time', 'peak']));
}

function printFigures(size, figures) {
  for (const [name, figure] of Object.entries(figures)) {
    if (figure.failure !== undefined) console.log(`${row([size, name])}failed: ${figure.failure}`);
    else console.log(row([size, name, timeText(figure.milliseconds), memoryText(figure.megabytes)]));
  }
}

/** Prints bars `{ what, value, limit, unit, atLeast? }` and returns how many are missed. */
function printBars(bars) {
  let missed = 0;
  for (const { what, value, limit, unit, atLeast } of bars) {
    const known = Number.isFinite(value);
    const met = known && (atLeast ? value >= limit : value <= limit);
    if (known && !met) missed++;
    const verdict = known ? (met ? 'met' : 'MISSED') : 'not measured';
    console.log(
      `  ${what}: ${known ? number(value) : '-'}${unit} (bar: ${atLeast ? '>=' : '<='} ${limit}${unit}) ${verdict}`,
    );
  }
  return missed;
}

function row(cells) {
  return cells
    .map((cell, index) => (index === 1 ? String(cell).padEnd(widths[1]) : String(cell).padStart(widths[index])))
    .join('  ');
}

function timeText(milliseconds) {
  return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function memoryText(megabytes) {
  return Number.isFinite(megabytes) ? `${Math.round(megabytes)} MB` : '';
}

function number(value) {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}

module.exports = { printBars, printFigures, printHead };
