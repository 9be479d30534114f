import type { DeclaredList } from '../model/plan/declared-list.js';
import { placeText } from '../model/problem/problem.js';
import { terminalText } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';

/** A list that is not what it must be. */
export type PendingList = Pick<DeclaredList, 'place' | 'owner' | 'missing' | 'surplus'>;

/** Report of what `attach` would do, a line each; empty if nothing. */
export function pendingReport(lists: readonly PendingList[]): string {
  const lines = [...new Set(lists.map(pendingLine))];
  return lines.length === 0
    ? ''
    : terminalText(`${lines.map(oneLine).join('\n')}\nRun attach and commit what it writes.\n`);
}

/** `apps/web.yaml:12:7: Deployment team-a/web lacks ghcr-pull`. */
function pendingLine({ place, owner, missing, surplus }: PendingList): string {
  const parts = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`no longer needs ${surplus.join(', ')}`] : []),
  ];
  return `${place ? `${placeText(place)}: ` : ''}${owner} ${parts.join(' and ')}`;
}
