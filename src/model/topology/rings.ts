import { compareText } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { type KeptObject, keyOf, nameOf } from './kept-object.js';

/** Knows which objects apply which others, and finds the rings among them. An object that applies itself alone is in none. */
export class Rings {
  readonly #objects = new Map<string, KeptObject>();
  /** The keys of what an object applies, by its key. */
  readonly #applies = new Map<string, Set<string>>();

  /** Takes note that an object applies another one. */
  note(by: string, object: KeptObject): void {
    const key = keyOf(object, object.destination);
    if (key === by) return;
    this.#objects.set(key, object);
    const own = this.#applies.get(by) ?? new Set();
    this.#applies.set(by, own.add(key));
  }

  /** A finding for each ring, at its first object. */
  problems(): Problem[] {
    const left = this.#withoutEnds();
    const reached = new Map([...left.keys()].map((key) => [key, reachedFrom(key, left)]));
    const rings = new Map<string, KeptObject[]>();
    for (const key of [...left.keys()].sort(compareText)) {
      const ring = [...(reached.get(key) ?? [])].filter((other) => reached.get(other)?.has(key)).sort(compareText);
      if (ring.length > 1)
        rings.set(
          ring.join('\n'),
          ring.flatMap((each) => this.#objects.get(each) ?? []),
        );
    }
    return [...rings.values()].map(ringProblem);
  }

  /** The objects that apply and are applied, as far as they may be part of a ring: mostly none. */
  #withoutEnds(): ReadonlyMap<string, ReadonlySet<string>> {
    const left = new Map(this.#applies);
    for (let size = -1; size !== left.size; ) {
      size = left.size;
      const applied = new Set([...left.values()].flatMap((keys) => [...keys]));
      for (const [key, keys] of left)
        if (!applied.has(key) || ![...keys].some((each) => left.has(each))) left.delete(key);
    }
    return left;
  }
}

function reachedFrom(start: string, applies: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const due = [start];
  for (let key = due.pop(); key !== undefined; key = due.pop())
    for (const next of applies.get(key) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      due.push(next);
    }
  return reached;
}

function ringProblem(ring: readonly KeptObject[]): Problem {
  const [first, ...others] = ring;
  const { kind, name, namespace } = first!;
  const problem = At.of(first!.place).find(
    'applied-in-a-ring',
    words`${nameOf(first!)} applies itself by way of ${others.map(nameOf)}`,
  );
  return { ...problem, about: { kind, name, namespace } };
}
