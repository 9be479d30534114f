import { words } from '../problem/shown.js';
import type { Field } from './field.js';
import type { Trail } from './trail.js';

/** Revisions that a repository is read on, whatever they are called there. */
const always = new Set(['', 'HEAD', 'main', 'master']);

/** The branch that a revision names; another revision is itself. */
function branchOf(revision: string): string {
  return revision.replace(/^refs\/(?:heads|remotes\/origin)\//, '');
}

/** Whether a revision is what is checked out: by a name that says no more, or by one of some branches. */
export function isCheckedOut(revision: string, branches: readonly string[]): boolean {
  const branch = branchOf(revision.trim());
  return always.has(branch) || branches.includes(branch);
}

/** Says that an object applies another revision of this repository than the one that is read. */
export function sayRevision(trail: Trail, at: Field, revision: string | undefined): void {
  if (revision === undefined || trail.view.isRead(revision)) return;
  const { kind, name } = trail.object;
  const acknowledge = words`acknowledge: [{ kind: ${kind}, name: ${name}, reason: … }]`;
  trail.say(
    'revision-not-read',
    at,
    words`applies revision ${revision} of this repository, and what is checked out is read in its place`,
    isCommit(revision)
      ? words`let it follow a branch; or ${acknowledge}`
      : words`if this config is on that branch: branches: [${JSON.stringify(branchOf(revision))}]; else ${acknowledge}`,
  );
}

function isCommit(revision: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(revision);
}
