import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs commands in a folder; what they print on standard output. */
export function runIn(folder: string): (command: string, ...args: string[]) => string {
  return (command, ...args) =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packs the package and installs it into an empty folder, as others get it, with further packages beside it. */
export function installPackage(folder: string, ...further: string[]): void {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: process.cwd(),
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{ "name": "theirs", "private": true }\n');
  // cdk8s-plus-27 lists 200 packages as optional by mistake; what the package itself brings is to be seen as it is.
  const omit = further.length > 0 ? ['--omit=optional'] : [];
  const options = ['--prefer-offline', ...omit, '--no-audit', '--no-fund', '--loglevel=error'];
  runIn(folder)('npm', 'install', ...options, `./${filename}`, ...further);
}
