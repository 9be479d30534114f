import { readFileSync } from 'node:fs';

/** Who says something about a failure: an engine, or this package before anything was applied. */
export type Speaker = 'Argo CD' | 'Flux' | 'before';

/** Words of messages, as docs/when-it-fails.md quotes them, by who says them. */
export type Quotes = Readonly<Record<Speaker, readonly string[]>>;

/** The quotes of a section of docs/when-it-fails.md, which is named by its heading. */
export function documentedFailure(heading: string): Quotes {
  const [, section = ''] = readFileSync('docs/when-it-fails.md', 'utf8').split(`\n## ${heading}\n`);
  const table = section.split('\n## ')[0] ?? '';
  const quotes = (row: string) => {
    const line = table.split('\n').find((each) => each.startsWith(`| ${row} |`));
    if (line === undefined) throw new Error(`docs/when-it-fails.md, ${heading}: no row ${row}`);
    return [...line.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
  };
  return { 'Argo CD': quotes('Argo CD'), Flux: quotes('Flux'), before: quotes('`synth`, before').slice(1) };
}
