import { readFileSync } from 'node:fs';

const text = readFileSync('README.md', 'utf8');

/** The texts of the fenced blocks of a language, in their order. */
export function blocksOf(language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
}

/** A command and what is shown below it. */
export interface ShownCommand {
  readonly command: string;
  readonly prints: string;
}

/** Every command of README.md. */
export function shownCommands(): ShownCommand[] {
  return blocksOf('console')
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), prints: part.slice(end + 1) };
    });
}

/** The command that installs the package from a clone. */
export function installCommand(): string {
  return shownCommands().find(({ command }) => command.startsWith('npm install '))?.command ?? '';
}
