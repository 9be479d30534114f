import { execFileSync, execSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installCommand } from './readme.js';

/** Runs commands in a folder; what they print on standard output. */
export function runIn(folder: string): (command: string, ...args: string[]) => string {
  return (command, ...args) =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packs the package and installs it into an empty folder with the command of README.md. */
export function installPackage(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "name": "theirs", "private": true }\n');
  const quick = ['ignore_scripts', 'prefer_offline', 'no_audit', 'no_fund'].map((name) => [
    `npm_config_${name}`,
    'true',
  ]);
  execSync(installCommand().replace('../cdk8s-image-pull', process.cwd()), {
    cwd: folder,
    env: { ...process.env, ...Object.fromEntries(quick), npm_config_loglevel: 'error' },
  });
}

/** A project of TypeScript files of a folder, strict, as a user of the package would have it. */
export function projectIn(folder: string, ...files: readonly string[]): string {
  const compilerOptions = {
    module: 'node16',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  return project;
}

/** Compiles projects. Answers what the compiler says of each. */
export function compile(...projects: readonly string[]): string[] {
  const answers = execFileSync('node', [resolve('test/compile.cjs'), ...projects], { encoding: 'utf8' });
  return JSON.parse(answers) as string[];
}
