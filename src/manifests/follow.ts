import path from 'node:path';
import { headText } from '../model/inventory/object-head.js';
import type { Tree } from '../model/inventory/tree.js';
import type { ManifestSource } from '../model/inventory/workload.js';
import { At } from '../model/problem/at.js';
import { type Problem, placeText } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Applied, Applier, Destination } from '../model/topology/applied.js';
import type { KnownCluster } from '../model/topology/known-cluster.js';
import type { Capabilities, Rendering } from '../model/topology/rendering.js';
import type { RepositoryView } from '../model/topology/repository-view.js';
import type { Topology } from '../model/topology/topology.js';
import { headerPrefix } from '../output/header.js';
import { readDocuments } from '../yaml/documents.js';
import { mayMention } from '../yaml/mention.js';
import { isManifestName } from './file-pattern.js';
import type { Made, MadeManifest, MadeNamespace } from './made.js';
import type { MissingChart, Outcome } from './render/outcome.js';
import type { RepositoryPaths } from './repository-paths.js';
import type { Seed } from './seeds.js';

/** A chain of Applications that is longer than this is taken for endless. */
const mostRounds = 50;
/** More than any cluster applies. */
const mostRenderings = 20_000;

/** Input that {@link follow} works with. */
export interface FollowContext {
  readonly paths: RepositoryPaths;
  readonly view: RepositoryView;
  readonly render: (renderings: readonly Rendering[]) => Promise<readonly Outcome[]>;
  readonly capabilities: ClusterCapabilities;
  /** The clusters that Argo CD knows, as far as the config says. */
  readonly clusters: readonly KnownCluster[];
}

/** Gives what charts see of the cluster that something is applied to; without a destination of that of the entries. */
export type ClusterCapabilities = (destination?: Destination) => Capabilities;

/** A piece of the repository on its way to manifests. */
interface Step extends Seed, Partial<Pick<Applied, 'by' | 'destination' | 'creates' | 'refusesCiphertext'>> {}

/**
 * Renders what entries ask for, follows the GitOps objects in it, renders what these apply, and so on until nothing new
 * comes.
 */
export async function follow(seeds: readonly Seed[], context: FollowContext): Promise<Omit<Made, 'idle'>> {
  return new Follower(context).run(seeds);
}

class Follower {
  readonly #context: FollowContext;
  /** Undefined as long as there is no GitOps object. */
  #topology: Topology | undefined;
  readonly #manifests: MadeManifest[] = [];
  readonly #namespaces: MadeNamespace[] = [];
  readonly #reached = new Set<string>();
  readonly #unrendered = new Set<string>();
  readonly #followed = new Set<string>();
  readonly #failed = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #missingCharts: MissingChart[] = [];
  /** The texts by the names that they have in messages: a name stands for one text. */
  readonly #texts = new Map<string, string>();
  /** Texts without GitOps objects, which matter only where there is one that may refer to something in them. */
  #waiting: (readonly [file: string, text: string, step: Step])[] = [];
  #rendered = 0;

  constructor(context: FollowContext) {
    this.#context = context;
  }

  async run(seeds: readonly Seed[]): Promise<Omit<Made, 'idle'>> {
    let steps: readonly Step[] = seeds.map((seed) => this.#step(seed));
    for (let round = 0; steps.length > 0; round++) {
      this.#rendered += steps.length;
      if (round === mostRounds || this.#rendered > mostRenderings) {
        this.#problems.push(endless(steps));
        break;
      }
      const outcomes = await this.#context.render(steps.map(({ rendering }) => rendering));
      for (const [index, step] of steps.entries()) this.#take(step, outcomes[index]);
      steps = this.#next();
    }
    this.#problems.push(...(this.#topology?.finish() ?? []));
    return {
      manifests: this.#manifests,
      namespaces: this.#namespaces,
      reached: this.#reached,
      unrendered: this.#unrendered,
      followed: this.#followed,
      failed: this.#failed,
      problems: this.#problems,
      missingCharts: this.#missingCharts,
    };
  }

  #next(): Step[] {
    if (this.#followed.size > 0) {
      const due = this.#waiting;
      this.#waiting = [];
      for (const [file, text, step] of due) this.#read(file, text, step);
    }
    return (this.#topology?.next() ?? [])
      .filter(({ rendering }) => !this.#isOutput(rendering))
      .map((each) => this.#step(each));
  }

  /** A rendering as its cluster has it. */
  #step(step: Step): Step {
    const { rendering, destination } = step;
    const source = this.#source(rendering);
    if (rendering.by !== 'helm') return { ...source, ...step };
    const known = { ...this.#context.capabilities(destination), ...rendering.capabilities };
    if (Object.keys(known).length === 0) return { ...source, ...step };
    return { ...source, ...step, rendering: { ...rendering, capabilities: known } };
  }

  #take(step: Step, outcome: Outcome | undefined): void {
    const { namespace, source, destination, creates, by } = step;
    if (creates && by) {
      const { kind, name, place } = by;
      this.#namespaces.push({
        ...creates,
        keeper: `${kind} ${name}`,
        ...(place && { place }),
        ...(destination && { destination }),
      });
    }
    if (!outcome) return;
    if (outcome.texts.length === 0 && by?.place) this.#failed.add(placeText(by.place));
    this.#problems.push(...outcome.problems.map((problem) => (by ? problemOf(by, problem) : problem)));
    if (outcome.missingChart) this.#missingCharts.push(outcome.missingChart);
    for (const each of outcome.reached) this.#reached.add(each);
    if (outcome.texts.length === 0) for (const each of outcome.reached) this.#unrendered.add(each);
    const { reached, mayBeMarked = false } = outcome;
    const from = { rendering: step.rendering, reached, mayBeMarked, ...(by && { by }) };
    for (const { file, text } of outcome.texts) {
      if (text.startsWith(headerPrefix)) continue;
      const name = this.#nameOf(file, text, step);
      this.#manifests.push({
        file: name,
        text,
        ...(namespace !== undefined && { namespace }),
        ...(source && { source: { rendered: name, ...source }, from }),
        ...(destination && { destination }),
      });
      this.#scan(name, text, step);
      if (step.refusesCiphertext) this.#sayCiphertext(name, text, by);
    }
  }

  /** A Secret that SOPS encrypted is refused by Flux, with all that is applied together with it. */
  #sayCiphertext(file: string, text: string, by: Applier | undefined): void {
    if (!by || !text.includes('ENC[')) return;
    readDocuments({ file, text }, (object: Tree) => {
      if (isCiphertextForFlux(object)) this.#problems.push(problemOf(by, undecrypted(by, object)));
      return [];
    });
  }

  /** GitOps objects and what they refer to; what is wrong with a text is said where it is read for its pods. */
  #scan(file: string, text: string, step: Step): void {
    if (mayMention(text, ofEngines)) this.#read(file, text, step);
    else if (referredTo.test(text)) this.#waiting.push([file, text, step]);
  }

  #read(file: string, text: string, { namespace, destination, by }: Step): void {
    const origin = {
      ...(namespace !== undefined && { namespace }),
      ...(destination && { destination }),
      ...(by && { by }),
    };
    this.#topology ??= this.#newTopology();
    const topology = this.#topology;
    readDocuments({ file, text }, (object: Tree) => {
      const place = object.place();
      if (topology.add(object, origin) && place) this.#followed.add(placeText(place));
      return [];
    });
  }

  /** Loaded only where something is to be followed. */
  #newTopology(): Topology {
    const { Topology } = require('../model/topology/topology.js') as typeof import('../model/topology/topology.js');
    return new Topology(this.#context.view, this.#context.clusters);
  }

  #nameOf(file: string, text: string, { by }: Step): string {
    const names = [file, ...(by ? [named(file, `${by.kind} ${by.name}`)] : [])];
    for (let count = 2; ; count++) {
      const name = names.find((each) => (this.#texts.get(each) ?? text) === text);
      if (name !== undefined) {
        this.#texts.set(name, text);
        return name;
      }
      names.push(named(names.at(-1) ?? file, `${count}`));
    }
  }

  /** Gives the file where a manifest can be edited: of a folder, not of a rendering. */
  #source(rendering: Rendering): { readonly source?: ManifestSource } {
    if (rendering.by === 'plain' || rendering.by === 'inline') return {};
    if (rendering.by === 'kustomize') return { source: { from: this.#context.paths.fromBase(rendering.folder) } };
    return {
      source: 'folder' in rendering.chart ? { from: this.#context.paths.fromBase(rendering.chart.folder) } : {},
    };
  }

  /** Whether a folder holds what this package wrote, and nothing else: output is not input. */
  #isOutput(rendering: Rendering): boolean {
    if (!('folder' in rendering)) return false;
    const files = this.#context.view.files(path.posix.join(rendering.folder, '**')).filter(isManifestName);
    return files.length > 0 && files.every((file) => this.#context.view.read(file)?.startsWith(headerPrefix));
  }
}

const ofEngines = /argoproj\.io|fluxcd\.|helm\.cattle\.io/;
const referredTo = /\bConfigMap\b|\bSecret\b/;

function named(file: string, what: string): string {
  return file.endsWith('>') ? `${file.slice(0, -1)} of ${what}>` : file;
}

/** A problem of what an object applies: it stands where it says itself, else where the object does. */
function problemOf({ kind, name, namespace, place }: Applier, problem: Problem): Problem {
  return { about: { kind, name, namespace }, ...(place && { at: place }), ...problem };
}

function isCiphertextForFlux(object: Tree): boolean {
  const decrypt = object.get('metadata')?.get('annotations')?.get('kustomize.toolkit.fluxcd.io/decrypt')?.string();
  const isSecret = object.get('kind')?.string() === 'Secret' && object.get('sops')?.kind === 'map';
  return isSecret && decrypt?.toLowerCase() !== 'disabled';
}

/** fluxcd/kustomize-controller, internal/controller/kustomization_controller.go: "configuring decryption is required". */
function undecrypted({ kind, name, namespace, place }: Applier, object: Tree): Problem {
  const secret = object.get('metadata')?.get('name')?.string() ?? '';
  return At.of(place).find(
    'sops-not-decrypted',
    words`${headText({ kind, name, ...(namespace !== undefined && { namespace }) })} applies Secret ${secret}, which SOPS encrypted, and has no decryption: Flux applies nothing of it`,
  );
}

function endless([step]: readonly Step[]): Problem {
  const by = step?.by;
  return At.of(by?.place).find(
    'applied-without-end',
    words`${by?.kind ?? 'an entry of workloads'} ${by?.name ?? ''}: what is applied goes on without end`,
    'one application makes another one, with a new name each time: end the chain',
  );
}
