import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Runs commands in a folder; what they print on standard output. */
export function runIn(folder: string): (command: string, ...args: string[]) => string {
  return (command, ...args) =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packs the package and installs it into an empty folder, as others get it. */
export function installPackage(folder: string): void {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: process.cwd(),
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{ "name": "theirs", "private": true }\n');
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  runIn(folder)('npm', 'install', ...options, `./${filename}`);
}

/** Compiles TypeScript files of a folder, strictly, as a user of the package would. Answers what the compiler says. */
export function compileIn(folder: string, ...files: readonly string[]): string {
  const compilerOptions = {
    module: 'node16',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return spawnSync('node', [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' }).stdout;
}
