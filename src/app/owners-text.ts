import { sortedUnique } from '../model/names/names.js';

/** As many owners are named. */
const mostOwners = 5;

/** The objects that one list in a file stands for: `Deployment one/web (and two/web, three/web and 3 more)`. */
export function ownersText(owners: readonly string[]): string {
  const [first = '', ...others] = sortedUnique(owners);
  const [kind = ''] = first.split(' ', 1);
  const isOneKind = others.every((owner) => owner.startsWith(`${kind} `));
  const shown = others.slice(0, mostOwners - 1).map((owner) => (isOneKind ? owner.slice(kind.length + 1) : owner));
  const rest = others.length - shown.length;
  if (shown.length === 0) return first;
  return `${first} (and ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
}
