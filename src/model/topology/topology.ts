import { isDeepStrictEqual } from 'node:util';
import { comparePlaces } from '../inventory/object-head.js';
import { groupOf } from '../inventory/pod-kind-index.js';
import type { Tree } from '../inventory/tree.js';
import { compareText } from '../names/names.js';
import { At } from '../problem/at.js';
import { type Problem, placeOf, placeText } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Applied } from './applied.js';
import { forbidden } from './argocd/app-project.js';
import { TooDeep } from './field.js';
import { followers, sourceKinds } from './followers.js';
import { compareObjects, type KeptObject, keptObject, keyOf, nameOf, type ObjectOrigin } from './kept-object.js';
import type { KnownCluster } from './known-cluster.js';
import type { RepositoryView } from './repository-view.js';
import { Rings } from './rings.js';
import { saySuspended } from './suspension.js';
import { type Round, Trail } from './trail.js';

/** The rounds of one question, in order. */
const rounds: readonly Round[] = ['open', 'assuming', 'settled'];

/**
 * Works out which piece of the repository each GitOps object applies. Objects are added as they are read; what is
 * followed leads to renderings, whose objects are added in turn, until {@link next} answers nothing new.
 */
export class Topology {
  readonly #view: RepositoryView;
  readonly #clusters: readonly KnownCluster[];
  /** The objects by key, those with different content side by side. */
  readonly #objects = new Map<string, KeptObject[]>();
  /** Objects that are to be followed, with the keys that it waits for. */
  readonly #pending = new Map<KeptObject, ReadonlySet<string>>();
  readonly #problems: Problem[] = [];
  readonly #rings = new Rings();
  #arrived = new Set<string>();

  /** @param clusters the clusters that Argo CD knows */
  constructor(view: RepositoryView, clusters: readonly KnownCluster[] = []) {
    this.#view = view;
    this.#clusters = clusters;
  }

  /**
   * Adds an object; the document may go afterwards.
   *
   * @returns true where {@link next} follows it, or {@link finish} says why not
   */
  add(object: Tree, origin: ObjectOrigin = {}): boolean {
    const kind = kindKey(groupOf(object.get('apiVersion')?.string() ?? ''), object.get('kind')?.string() ?? '');
    const isFollowed = followers.has(kind);
    if (!(isFollowed || sourceKinds.has(kind))) return false;
    const kept = this.#keptObject(object, origin, isFollowed);
    if (kept) this.#keep(kept);
    if (kept && isFollowed && origin.by) this.#rings.note(origin.by.key, kept);
    return isFollowed && kept !== undefined;
  }

  /**
   * Gives what is applied, as far as it was not said before; what may do without an object waits until nothing else
   * comes.
   */
  next(): readonly Applied[] {
    for (const round of rounds) {
      const applied = this.#round(round);
      if (applied.length > 0) return applied;
    }
    return [];
  }

  /** Says what could not be followed, what never came, and what contradicts itself. */
  finish(): readonly Problem[] {
    this.#round('closed');
    const forbids = forbidden(this.#ofKind('argoproj.io', 'Application'), this.#ofKind('argoproj.io', 'AppProject'));
    return [...this.#problems, ...forbids, ...this.#contradictions(), ...this.#rings.problems()].sort(compareProblems);
  }

  /** The copy of an object; one that nests too deep applies nothing that is read. */
  #keptObject(object: Tree, origin: ObjectOrigin, isFollowed: boolean): KeptObject | undefined {
    try {
      return keptObject(object, origin);
    } catch (fault) {
      if (!(fault instanceof TooDeep)) throw fault;
      const name = object.get('metadata')?.get('name')?.string() ?? '';
      if (isFollowed)
        this.#problems.push(
          At.of(object.place()).find(
            'gitops-object-invalid',
            words`${object.get('kind')?.string() ?? ''} ${name} nests deeper than is read`,
          ),
        );
      return undefined;
    }
  }

  #keep(object: KeptObject): void {
    const key = keyOf(object, object.destination);
    const known = this.#objects.get(key) ?? [];
    if (known.some((other) => isSame(other, object))) return;
    this.#objects.set(key, [...known, object].sort(compareObjects));
    this.#arrived.add(key);
    if (followers.has(kindKey(object.group, object.kind))) this.#pending.set(object, new Set());
  }

  #round(round: Round): readonly Applied[] {
    const applied: Applied[] = [];
    let due = this.#due(round !== 'open');
    for (; due.length > 0; due = this.#due(false)) {
      this.#arrived = new Set();
      for (const object of due) {
        const trail = this.#follow(object, round);
        if (trail.missing.length > 0) {
          this.#pending.set(object, new Set(trail.missing));
          continue;
        }
        this.#pending.delete(object);
        applied.push(...trail.applied);
        this.#problems.push(...trail.problems);
        for (const made of trail.made) {
          this.#keep(made);
          this.#rings.note(keyOf(object, object.destination), made);
        }
      }
    }
    return applied;
  }

  /** Takes what waits for nothing, or for something that arrived; or all that waits. */
  #due(isAll: boolean): KeptObject[] {
    const isDue = (waits: ReadonlySet<string>) =>
      isAll || waits.size === 0 || [...waits].some((key) => this.#arrived.has(key));
    return [...this.#pending].flatMap(([object, waits]) => (isDue(waits) ? [object] : [])).sort(compareObjects);
  }

  #follow(object: KeptObject, round: Round): Trail {
    const find = (key: string) => this.#objects.get(key)?.[0];
    const trail = new Trail(object, { view: this.#view, clusters: this.#clusters, round, find });
    followers.get(kindKey(object.group, object.kind))?.(trail);
    saySuspended(trail);
    return trail;
  }

  #ofKind(group: string, kind: string): KeptObject[] {
    return [...this.#objects.values()].flat().filter((object) => object.group === group && object.kind === kind);
  }

  /** Objects that are declared several times and do not say the same. */
  #contradictions(): Problem[] {
    return [...this.#objects.values()]
      .filter((objects) => objects.length > 1)
      .map(([first, second]) => contradiction(first!, second!));
  }
}

function contradiction(first: KeptObject, second: KeptObject): Problem {
  const elsewhere = second.place === undefined ? 'elsewhere' : words`in ${placeText(second.place)}`;
  return At.of(first.place).find(
    'applied-twice',
    words`${nameOf(first)} is declared ${elsewhere}, too, and does not say the same there`,
  );
}

function compareProblems(a: Problem, b: Problem): number {
  return comparePlaces(placeOf(a), placeOf(b)) || compareText(a.message, b.message);
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

function isSame(a: KeptObject, b: KeptObject): boolean {
  return isDeepStrictEqual([a.spec.plain(), a.data.plain()], [b.spec.plain(), b.data.plain()]);
}
