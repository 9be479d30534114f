import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// One case is a heading, settings behind ">", and a text as the difference that the edit makes: " " stays, "-" goes,
// "+" comes. Letters that cannot be seen have signs: ␍ carriage return, ⇥ tab, ␠ blank, ⎀ byte order mark.
const folder = 'test/yaml/edits/corpus';
const noLineBreak = '\\ no line break';
const signs: readonly (readonly [string, string])[] = [
  ['␍', '\r'],
  ['⇥', '\t'],
  ['␠', ' '],
  ['⎀', '\ufeff'],
];

/** An awkward shape of YAML. */
export interface CorpusCase {
  readonly file: string;
  readonly name: string;
  readonly wanted: readonly string[];
  /** The codes of the problems. */
  readonly problems: readonly string[];
  readonly before: string;
  readonly after: string;
}

/** All cases of the corpus. */
export function readCorpus(): readonly CorpusCase[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split(/^=== /m)
      .slice(1)
      .map((block) => parseCase(file, block)),
  );
}

/** Writes the differences anew. */
export function writeCorpus(cases: readonly CorpusCase[]): void {
  for (const file of new Set(cases.map((each) => each.file))) {
    const blocks = cases.filter((each) => each.file === file).map(caseText);
    writeFileSync(join(folder, file), blocks.join(''));
  }
}

function parseCase(file: string, block: string): CorpusCase {
  const [name = '', ...lines] = block.replace(/\n$/, '').split('\n');
  const setting = (key: string) =>
    lines
      .find((line) => line.startsWith(`> ${key}: `))
      ?.slice(`> ${key}: `.length)
      .split(', ');
  const isOpenEnded = lines.includes(noLineBreak);
  const side = (sign: string) => {
    const kept = lines.filter((line) => line[0] === ' ' || line[0] === sign).map((line) => line.slice(1));
    return (
      signs.reduce((text, [shown, letter]) => text.replaceAll(shown, letter), kept.join('\n')) +
      (isOpenEnded ? '' : '\n')
    );
  };
  return {
    file,
    name,
    wanted: setting('wanted') ?? ['hub-pull'],
    problems: setting('problems') ?? [],
    before: side('-'),
    after: side('+'),
  };
}

function caseText({ name, wanted, problems, before, after }: CorpusCase): string {
  const lines = [`=== ${name}`];
  if (wanted.join() !== 'hub-pull') lines.push(`> wanted: ${wanted.join(', ')}`);
  if (problems.length > 0) lines.push(`> problems: ${problems.join(', ')}`);
  lines.push(...difference(shownLines(before), shownLines(after)));
  if (!before.endsWith('\n')) lines.push(noLineBreak);
  return `${lines.join('\n')}\n`;
}

function shownLines(text: string): string[] {
  const visible = text
    .replaceAll('\r', '␍')
    .replaceAll('\t', '⇥')
    .replaceAll('\ufeff', '⎀')
    .replace(/ (?=$)/gm, '␠');
  return visible.replace(/\n$/, '').split('\n');
}

function difference(before: readonly string[], after: readonly string[]): string[] {
  const [line, ...rest] = before;
  if (line === undefined) return after.map((each) => `+${each}`);
  const at = after.indexOf(line);
  if (at < 0) return [`-${line}`, ...difference(rest, after)];
  return [...after.slice(0, at).map((each) => `+${each}`), ` ${line}`, ...difference(rest, after.slice(at + 1))];
}
