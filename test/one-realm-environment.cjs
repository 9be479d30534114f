const { ModuleMocker } = require('jest-mock');

/** Gives tests the globals of node itself, and takes back what jest lays over them. */
module.exports = class {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #console = globalThis.console;
  #exit = process.exit;

  setup() {
    // As node has it: each `expect` notes a stack.
    Error.stackTraceLimit = 10;
  }

  teardown() {
    globalThis.console = this.#console;
    process.exit = this.#exit;
  }

  /** No context: modules are not loaded into one. */
  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }
};
