import type { Attachment } from '../app/attach.js';
import type { AttachedList } from '../app/edit-files.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { columns } from './columns.js';
import { pendingReport } from './pending.js';
import { plural } from './problems.js';

/** Report of what was written into which manifests, and what must be put elsewhere by hand. */
export function attachReport({ changes, files, patches, restarts }: Attachment): string {
  const rows = changes.map(({ place, list, ...change }) => [
    oneLine(`${place.file}:${place.line}`),
    oneLine(list.owner),
    oneLine(changeText(change)),
  ]);
  const texts = patches.map(({ title, text }) => `\n${oneLine(title)}\n${text.replace(/^(?=.)/gm, '  ')}`);
  const manual = patches.reduce((sum, { lists }) => sum + lists.length, 0);
  const summary = [
    ...(files.length > 0 ? [`${plural(changes.length, 'list')} in ${plural(files.length, 'file')} edited.`] : []),
    ...(manual > 0
      ? [`${plural(manual, 'list')} ${manual === 1 ? 'is' : 'are'} rendered or in JSON: put in what is printed above.`]
      : []),
    ...(restarts.length > 0 ? [`Once applied, the pods of ${oneLine(someOf(restarts))} are made anew.`] : []),
  ];
  if (summary.length === 0) return 'Every list of pull secrets is what it must be.\n';
  return terminalText(`${columns(rows)}${texts.join('')}${texts.length > 0 ? '\n' : ''}${summary.join(' ')}\n`);
}

const maxNames = 5;

function someOf(names: readonly string[]): string {
  const rest = names.length - maxNames;
  return names.slice(0, maxNames).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Report of what `attach` would do, a line each; empty if nothing. */
export function attachCheckReport({ changes, patches }: Attachment): string {
  return pendingReport([...changes.map(({ list }) => list), ...patches.flatMap(({ lists }) => lists)]);
}

function changeText({ added, takenBack }: Pick<AttachedList, 'added' | 'takenBack'>): string {
  return [...added.map((name) => `+ ${name}`), ...takenBack.map((name) => `- ${name}`)].join('  ');
}
