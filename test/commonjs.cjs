// Packages that are ES modules alone, for jest, whose require knows no such modules; Node.js itself requires them.
const ts = require('typescript');

module.exports = {
  process(text) {
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    return { code: ts.transpileModule(text, { compilerOptions: options }).outputText };
  },
};
