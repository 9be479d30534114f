// Tests are compiled by `tsc --build test` into build/ and run against lib/, the code that is published.
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/build'],
  testMatch: ['**/*.test.js'],
  // npm run test:engines runs these.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/build/engines/(?:quick|full|all)/'],
  runtime: '<rootDir>/test/one-realm-runtime.cjs',
  testEnvironment: '<rootDir>/test/one-realm-environment.cjs',
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/slow-first.cjs',
  // What age-encryption is made of: ES modules alone.
  transform: { '/node_modules/(?:age-encryption|@noble|@scure)/.+\\.js$': '<rootDir>/test/commonjs.cjs' },
  transformIgnorePatterns: [],
  // Some tests run whole processes; a slow machine is no failure.
  testTimeout: 60_000,
};
