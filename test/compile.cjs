// What TypeScript says of several projects, as a JSON list of texts: node compile.cjs <tsconfig.json>…
// In one process, so that the declarations that they share, most of all those of cdk8s-plus, are parsed once.
const path = require('node:path');
const ts = require('typescript');

const declarations = new Map();

function compiled(config) {
  process.chdir(path.dirname(config));
  const refuse = (diagnostic) => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  };
  const { options, fileNames, errors } = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse },
  );
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(fileNames, options, { ...host, getSourceFile: sharing(host) });
  const diagnostics = [...errors, ...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(diagnostics), host);
}

/** Reads each declaration file once for all projects. */
function sharing(host) {
  return (file, language, ...others) => {
    const key = `${language.languageVersion} ${language.impliedNodeFormat} ${file}`;
    const source = declarations.get(key) ?? host.getSourceFile(file, language, ...others);
    if (file.endsWith('.d.ts')) declarations.set(key, source);
    return source;
  };
}

console.log(JSON.stringify(process.argv.slice(2).map(compiled)));
