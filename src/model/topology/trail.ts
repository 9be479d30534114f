import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import type { CodeOf } from '../problem/problem-codes.js';
import { type Said, type Words, words } from '../problem/shown.js';
import type { Applied } from './applied.js';
import type { Field } from './field.js';
import { applierOf, type KeptObject, keyOf, nameOf, type Reference } from './kept-object.js';
import type { KnownCluster } from './known-cluster.js';
import type { RepositoryView } from './repository-view.js';

type Text = string | Words;

/**
 * How much of what is missing may still come: all of it while the round is `open`; when it is `assuming` no declaration
 * of what bootstrap makes; when it is `settled` nothing that can be done without; when it is `closed` nothing.
 */
export type Round = 'open' | 'assuming' | 'settled' | 'closed';

/** How much an object depends on another: `assumed` has a value without it, `optional` is left out. */
export type Dependence = 'needed' | 'assumed' | 'optional';

/** The dependences for which each round waits. */
const waits: Readonly<Record<Round, readonly Dependence[]>> = {
  open: ['needed', 'assumed', 'optional'],
  assuming: ['needed', 'optional'],
  settled: ['needed'],
  closed: [],
};

/** Answers for an object that is followed. */
export interface World {
  readonly view: RepositoryView;
  readonly clusters: readonly KnownCluster[];
  readonly round: Round;
  /** The object of a key; the first in order where several are different. */
  find(key: string): KeptObject | undefined;
}

/** Record of what one object leads to, gathered while it is followed. */
export class Trail {
  readonly applied: Applied[] = [];
  readonly problems: Problem[] = [];
  /** The objects that it makes, such as the Applications of an ApplicationSet. */
  readonly made: KeptObject[] = [];
  /** The keys of what it waits for. While there are any, the rest does not count. */
  readonly missing: string[] = [];

  constructor(
    readonly object: KeptObject,
    private readonly world: World,
  ) {}

  get view(): RepositoryView {
    return this.world.view;
  }

  /** The clusters that Argo CD knows, as far as the config says. */
  get clusters(): readonly KnownCluster[] {
    return this.world.clusters;
  }

  /** Takes note of something that is applied. */
  apply(applied: Omit<Applied, 'by' | 'destination'> & { readonly destination?: Applied['destination'] }): void {
    const { object } = this;
    this.applied.push({ by: applierOf(object), destination: object.destination, ...applied });
  }

  /** The object that this one refers to; undefined where it is not there, which is said if it is needed. */
  find(reference: Reference, dependence: Dependence, at: Field): KeptObject | undefined {
    const key = keyOf(reference, this.object.destination);
    const found = this.world.find(key);
    if (found) return found;
    if (waits[this.world.round].includes(dependence)) this.missing.push(key);
    else if (dependence === 'needed') this.#sayMissing(reference, at);
    return undefined;
  }

  /**
   * Says what cannot be followed, at a field of the object; the hint is what the code says, unless there is a better
   * one.
   */
  say<M extends Text, H extends Text>(
    code: CodeOf<'finding'>,
    at: Field | undefined,
    message: M & Said<M>,
    hint?: H & Said<H>,
  ): void {
    const here = At.of(at?.place ?? this.object.place);
    const said = words`${nameOf(this.object)} ${message}`;
    const { kind, name, namespace } = this.object;
    const mend = hint === undefined && code === 'engine-needed' ? this.#renderByHand() : hint;
    const problem = mend === undefined ? here.find(code, said) : here.find(code, said, words`${mend}`);
    this.problems.push({ ...problem, about: { kind, name, namespace } });
  }

  /** Hint about what takes the place of what only an engine can do. */
  #renderByHand(): Words {
    const { kind, name } = this.object;
    return words`list what it applies, rendered: { rendered: <file>, namespace: <name> }; or say by hand what its namespace needs: namespaces: { <name>: { pullSecrets: [<name>] } }; then acknowledge: [{ kind: ${kind}, name: ${name}, reason: … }]`;
  }

  #sayMissing(reference: Reference, at: Field): void {
    this.say(
      'reference-missing',
      at,
      words`refers to ${nameOf(reference)}, which nothing that was read declares`,
      words`name the file with that ${reference.kind} in the entry, or render what makes it`,
    );
  }
}
