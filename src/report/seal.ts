import type { Sealing } from '../app/seal.js';
import type { SealChoice } from '../app/seal-choice.js';
import { words } from '../model/problem/shown.js';
import { columns } from './columns.js';
import { plural } from './problems.js';

/** Report of a run of `seal`: a row for each cluster, the files, and when the credential expires. */
export function sealReport(pullSecret: string, { choices, changes, expires }: Sealing, folder: string): string {
  const clusters = [...new Set(choices.map(({ home }) => home.cluster.name))];
  const rows = clusters.map((name) => {
    const own = choices.filter(({ home }) => home.cluster.name === name);
    return [name, pullSecret, sealedText(own)];
  });
  const written = changes.create.length + changes.replace.length;
  const files = `${plural(written, 'file')} in ${folder}: ${changes.create.length} new, ${changes.replace.length} changed.`;
  const next = written > 0 ? ' Run synth to place them.' : '';
  return [
    columns(rows),
    ...(choices.length > 0 ? [`${files}${next}\n`] : []),
    ...(expires.length > 0 ? [`Expires: ${expires.join(', ')}.\n`] : []),
  ].join('');
}

function sealedText(choices: readonly SealChoice[]): string {
  const sealed = choices.filter((choice) => choice.sealed.length > 0);
  const registries = [...new Set(sealed.flatMap((choice) => choice.sealed.map(({ name }) => name)))];
  const copied = choices.filter((choice) => choice.isChanged && choice.sealed.length === 0).length;
  const rest = choices.length - sealed.length - copied;
  return [
    ...(sealed.length > 0 ? [`${plural(sealed.length, 'namespace')} sealed (${words`${registries}`})`] : []),
    ...(copied > 0 ? [`${plural(copied, 'namespace')} given what others have`] : []),
    ...(rest > 0 ? [`${plural(rest, 'namespace')} unchanged`] : []),
  ].join(', ');
}
