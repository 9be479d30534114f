import path from 'node:path';
import { Exclusions } from '../manifests/file-pattern.js';
import { ImageReference } from '../model/image/image-reference.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import { matchesNamespace } from '../model/names/namespace-pattern.js';
import { At } from '../model/problem/at.js';
import { type Problem, placeOf } from '../model/problem/problem.js';
import { problemCodes } from '../model/problem/problem-codes.js';
import { words } from '../model/problem/shown.js';
import type { RegistryIndex } from '../model/registry/registry.js';
import type { AcknowledgeSpec } from '../model/vocabulary/spec.js';
import { verifiedCodes } from './verified-codes.js';

/** A thing that an acknowledgement may be about. */
interface Subject {
  readonly file?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly image?: string | undefined;
}

/** The codes of `verify`, findings of which can be acknowledged one by one. */
const codes: ReadonlySet<string> = new Set(verifiedCodes.map(({ code }) => code));

/** The acknowledgements of a config; remembers which of them were of use. */
export class Acknowledged {
  readonly #entries: readonly Entry[];
  /** The things that each entry takes away, each once. */
  readonly #taken = new Map<Entry, Set<string>>();
  readonly #silenced: SilencedProblem[] = [];

  /** @param base the folder of the config */
  constructor(base: string, specs: readonly AcknowledgeSpec[] = []) {
    this.#entries = specs.map((spec, index) => ({ spec, index, isIn: fileTest(base, spec.path) }));
  }

  /** The inventory without the unseen objects and the unreadable images that were acknowledged. */
  inventory(inventory: Inventory, registries: RegistryIndex): Inventory {
    if (this.#entries.length === 0) return inventory;
    return {
      ...inventory,
      unseen: inventory.unseen.filter(
        ({ place, kind, name, namespace }) => !this.#takes({ file: place?.file, kind, name, namespace }),
      ),
      unread: inventory.unread.filter(({ file }) => !this.#entries.some((entry) => isOfFile(entry, file))),
      workloads: inventory.workloads.map((workload) => this.#workload(workload, registries)),
    };
  }

  /** The problems without those about what need not be seen, and those of the proof that an entry names by code. */
  problems(problems: readonly Problem[]): Problem[] {
    if (this.#entries.length === 0) return [...problems];
    return problems.filter((problem) => {
      const { code, message, about } = problem;
      const isUnseen = problemCodes[code].isUnseen === true;
      const isProven = codes.has(code);
      const entry = this.#taking({ file: placeOf(problem)?.file, ...about }, `${code} ${message}`, ({ spec }) =>
        spec.code === undefined ? isUnseen : isProven && spec.code === code,
      );
      if (entry) this.#silenced.push({ problem, by: 'acknowledge', reason: entry.spec.reason });
      return entry === undefined;
    });
  }

  /** The problems that were taken away. */
  silenced(): readonly SilencedProblem[] {
    return this.#silenced;
  }

  /** Findings about entries that nothing matched. */
  unused(): Problem[] {
    return this.#entries
      .filter((entry) => !this.#taken.has(entry))
      .map(({ index, spec }) =>
        At.of({ path: ['acknowledge', index] }).find(
          'acknowledgement-unused',
          words`acknowledge[${index}] matches nothing that was ${spec.code === undefined ? 'not seen' : 'found'}`,
          'take the entry away, or mend what it names',
        ),
      );
  }

  /** How much each entry takes away, with its reason. */
  tally(): readonly AcknowledgedCount[] {
    return [...this.#taken].map(([{ spec, index }, things]) => ({ index, reason: spec.reason, count: things.size }));
  }

  /** A template that is left in an image can be acknowledged with all that its object is, an image of a registry by itself. */
  #workload(workload: Workload, registries: RegistryIndex): Workload {
    const { kind, name, namespace, place } = workload;
    const images = workload.images.filter(({ image }) => {
      const subject = { file: place?.file, kind, name, namespace, image };
      const reference = ImageReference.tryParse(image);
      if ('error' in reference) return !this.#takes(subject);
      const isDeclared = registries.find(reference) !== undefined;
      return isDeclared || !this.#takes(subject, image, (entry) => isOfUnseen(entry) && entry.spec.image !== undefined);
    });
    return images.length === workload.images.length ? workload : { ...workload, images };
  }

  #takes(subject: Subject, thing?: string, may?: (entry: Entry) => boolean): boolean {
    return this.#taking(subject, thing, may) !== undefined;
  }

  /** The entry that takes a thing away, which is counted. */
  #taking(subject: Subject, thing = JSON.stringify(subject), may = isOfUnseen): Entry | undefined {
    const entry = this.#entries.find((each) => may(each) && matches(each, subject));
    if (entry) this.#taken.set(entry, (this.#taken.get(entry) ?? new Set()).add(thing));
    return entry;
  }
}

/** A problem that somebody has accepted, with the reason. */
export interface SilencedProblem {
  readonly problem: Problem;
  /** The annotation of its object, or an entry of the config. */
  readonly by: 'annotation' | 'acknowledge';
  readonly reason: string;
}

/** The number of things that one entry of `acknowledge` takes away. */
export interface AcknowledgedCount {
  readonly index: number;
  readonly reason: string;
  readonly count: number;
}

interface Entry {
  readonly spec: AcknowledgeSpec;
  readonly index: number;
  readonly isIn: (file: string) => boolean;
}

/** Whether an entry is about what was not seen, not about findings of the proof. */
function isOfUnseen({ spec }: Entry): boolean {
  return spec.code === undefined;
}

function matches({ spec, isIn }: Entry, { file, kind, name, namespace, image }: Subject): boolean {
  return (
    (spec.path === undefined || (file !== undefined && isIn(file))) &&
    (spec.kind === undefined || spec.kind === kind) &&
    (spec.name === undefined || (name !== undefined && matchesNamespace(spec.name, name))) &&
    (spec.namespace === undefined || (namespace !== undefined && matchesNamespace(spec.namespace, namespace))) &&
    (spec.image === undefined || spec.image === image)
  );
}

/** Whether an entry is about whole files, and about this one. */
function isOfFile({ spec, isIn }: Entry, file: string): boolean {
  const { code, kind, name, namespace, image, path } = spec;
  return path !== undefined && [code, kind, name, namespace, image].every((each) => each === undefined) && isIn(file);
}

/** Whether a file is one that a path names, lies below it, or matches it; what was rendered lies where it comes from. */
function fileTest(base: string, pattern: string | undefined): (file: string) => boolean {
  if (pattern === undefined) return () => true;
  const exclusions = new Exclusions(base, [pattern]);
  return (file) => exclusions.has(path.resolve(base, /^<[a-z]+ [a-z]+ (\S+).*>$/.exec(file)?.[1] ?? file));
}
