import path from 'node:path';
import { At } from '../../model/problem/at.js';
import type { Place, Problem } from '../../model/problem/problem.js';
import { type Words, words } from '../../model/problem/shown.js';
import { TextPool } from '../../yaml/text.js';
import { liesIn } from '../repository.js';
import { type KustomizationNode, type NamedFile, readKustomization } from './kustomization-node.js';
import { isInlineText, readConfiguration } from './kustomize-configuration.js';
import { isFetchedFile, isRemoteName } from './remote-name.js';
import type { Found, RepositoryFiles } from './repository-files.js';

/** As many kustomizations may stand in one build, and in one line. */
const mostNodes = 10_000;
const deepest = 200;

/** Everything that a build reads, found out without starting anything. */
export interface KustomizationGraph {
  /** Files and folders without links, absolute, sorted. */
  readonly reached: readonly string[];
  /** The files and folders without links, by the paths that lead to them. */
  readonly named: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** False where something in it is not known, so that it may read more. */
  readonly isKnown: boolean;
}

/** Where a graph begins: a folder, or names that stand in a kustomization which is not written yet. */
export interface GraphStart {
  readonly folder: string;
  readonly named: readonly NamedFile[];
  readonly isKnown: boolean;
}

/** Knows the kustomizations of a repository, each read once. */
export class KustomizationGraphs {
  readonly #files: RepositoryFiles;
  readonly #nodes = new Map<string, KustomizationNode | Problem | undefined>();
  readonly #pool = new TextPool();

  readonly #graphs = new WeakMap<readonly NamedFile[], KustomizationGraph>();

  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  /** The kustomization of a folder, given without links. */
  node(folder: string): KustomizationNode | Problem | undefined {
    if (!this.#nodes.has(folder)) this.#nodes.set(folder, readKustomization(this.#files, folder, this.#pool));
    return this.#nodes.get(folder);
  }

  /** Gathers what a build of a folder reads. */
  graph(start: GraphStart): KustomizationGraph {
    // What a kustomization names is one list for all who ask.
    const known = this.#graphs.get(start.named) ?? new GraphWalk(this.#files, this).walk(start);
    this.#graphs.set(start.named, known);
    return known;
  }
}

class GraphWalk {
  readonly #files: RepositoryFiles;
  readonly #nodes: KustomizationGraphs;
  readonly #reached = new Set<string>();
  readonly #named = new Map<string, string>();
  readonly #visited = new Set<string>();
  readonly #problems: Problem[] = [];
  #isKnown = true;

  constructor(files: RepositoryFiles, nodes: KustomizationGraphs) {
    this.#files = files;
    this.#nodes = nodes;
  }

  walk({ folder, named, isKnown }: GraphStart): KustomizationGraph {
    this.#isKnown = isKnown;
    this.#reached.add(folder);
    this.#named.set(folder, folder);
    this.#visited.add(folder);
    this.#follow(named, [folder]);
    return {
      reached: [...this.#reached].sort(),
      named: this.#named,
      problems: this.#problems,
      isKnown: this.#isKnown,
    };
  }

  #follow(named: readonly NamedFile[], chain: readonly string[]): void {
    for (const each of named) this.#name(each, chain);
  }

  #name({ text, names, place }: NamedFile, chain: readonly string[]): void {
    const folder = chain.at(-1)!;
    const name = names === 'keyed file' ? text.slice(text.indexOf('=') + 1) : text;
    if (isFetchedFile(name)) return this.#remote(name, place);
    const at = path.resolve(folder, name);
    const found = this.#files.find(at);
    if (found.is === 'file') return this.#file(at, found.real, names, chain, place);
    if (names === 'configuration' && this.#isInline(text, place, chain)) return;
    if (names === 'patch' && isInlineText(text)) return;
    if (isRemoteName(name)) return this.#remote(name, place);
    if (found.is !== 'folder') return this.#lost(name, found, place);
    if (names === 'file' || names === 'keyed file' || names === 'patch')
      return this.#say(place, words`${name} is a folder, and a file belongs here`, undefined);
    this.#named.set(at, found.real);
    this.#folder(found.real, name, names, chain, place);
  }

  #file(at: string, real: string, names: NamedFile['names'], chain: readonly string[], place: Place | undefined): void {
    this.#reached.add(real);
    this.#named.set(at, real);
    if (names === 'component') this.#say(place, 'a component is a folder, and this is a file', undefined);
    if (names !== 'configuration') return;
    const text = this.#files.text(real);
    if (typeof text === 'string') this.#configuration({ file: this.#files.shown(real), text }, chain);
    else this.#isKnown = false;
  }

  #folder(
    real: string,
    name: string,
    names: NamedFile['names'],
    chain: readonly string[],
    place: Place | undefined,
  ): void {
    const around = chain.find((each) => liesIn(real, each));
    if (around !== undefined)
      return this.#say(
        place,
        words`${name} leads back to ${this.#files.shown(real)}, which includes this kustomization`,
        'take one of the two out: kustomize refuses circles',
      );
    if (this.#visited.has(real)) return;
    this.#visited.add(real);
    this.#reached.add(real);
    if (names === 'configuration') this.#isKnown = false;
    if (chain.length > deepest || this.#visited.size > mostNodes)
      return this.#say(place, 'more kustomizations include each other than can be followed', undefined);
    this.#enter(real, chain, place);
  }

  #enter(real: string, chain: readonly string[], place: Place | undefined): void {
    const node = this.#nodes.node(real);
    if (node === undefined)
      return this.#say(place, words`${this.#files.shown(real)} has no kustomization`, 'add one, or name its files');
    if ('code' in node) {
      this.#problems.push(node);
      return;
    }
    this.#reached.add(node.file);
    this.#named.set(node.at, node.file);
    this.#problems.push(...node.problems);
    this.#isKnown &&= node.isKnown;
    this.#follow(node.named, [...chain, real]);
  }

  #isInline(text: string, place: Place | undefined, chain: readonly string[]): boolean {
    if (!isInlineText(text)) return false;
    this.#configuration({ file: place?.file ?? '', text }, chain, place);
    return true;
  }

  #configuration(manifest: { file: string; text: string }, chain: readonly string[], place?: Place): void {
    const { named, problems, isKnown } = readConfiguration(manifest, place);
    this.#problems.push(...problems);
    this.#isKnown &&= isKnown;
    this.#follow(named, chain);
  }

  #remote(name: string, place: Place | undefined): void {
    this.#problems.push(
      At.of(place).find(
        'rendering-remote',
        words`${name} is fetched from elsewhere, and rendering is offline`,
        'keep a copy in the repository and name that, or render it in a step of your own and list { rendered: … }',
      ),
    );
  }

  #lost(name: string, found: Exclude<Found, { is: 'file' | 'folder' }>, place: Place | undefined): void {
    if (found.is === 'outside')
      return this.#say(place, words`${name} leads out of the repository`, 'keep a copy of it in the repository');
    if (found.is === 'unreadable') return this.#say(place, words`${name} cannot be read: ${found.reason}`, undefined);
    this.#say(place, words`${name} does not exist`, 'correct the path, or take the line out');
  }

  #say(place: Place | undefined, message: string | Words, hint: string | undefined): void {
    this.#problems.push(
      At.of(place).find('kustomization-invalid', words`${message}`, hint === undefined ? undefined : words`${hint}`),
    );
  }
}
