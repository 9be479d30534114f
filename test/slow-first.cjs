const Sequencer = require('@jest/test-sequencer').default;

/** Suites that run for long, the longest first. */
const slow = [
  ...['package', 'output/diff', 'config/vocabulary', 'yaml/yaml', 'yaml/edits/properties', 'api-page', 'doors'],
  ...['app/retire', 'yaml/edits/abuse', 'config/load', 'cli/leaks', 'docs', 'cli/process', 'cells'],
];

/** Begins with slow suites, so that no worker is left with one at the end; the others come in jest's own order. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (slow.findIndex((name) => path.endsWith(`build/${name}.test.js`)) + slow.length + 1) % (slow.length + 1);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
