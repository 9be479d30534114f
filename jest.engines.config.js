// The tests of `npm run test:engines`, which builds the engines first and names their folder of tests.
module.exports = {
  ...require('./jest.config.js'),
  testPathIgnorePatterns: ['/node_modules/'],
  // An engine takes a minute to start on a slow machine.
  testTimeout: 300_000,
  // Each file starts a control plane of its own; one at a time is enough for two cores.
  maxWorkers: 1,
  verbose: true,
};
