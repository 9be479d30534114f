import path from 'node:path';
import { configFileName } from '../config/load.js';
import type { Changes } from '../manifests/changes/changed-files.js';
import { type Reach, reachOf } from '../manifests/changes/changed-reach.js';
import { Sift } from '../manifests/changes/sift.js';
import type { DeclaredSecret } from '../model/inventory/declared-object.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { sortedUnique } from '../model/names/names.js';
import { type Problem, placeOf, uniqueProblems } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import { proveCluster } from '../model/proof/prove.js';
import { nothingSeen, provenCluster } from '../model/proof/proven-cluster.js';
import { enginesIn } from '../model/proof/rules/engines.js';
import type { Proof } from '../model/proof/state.js';
import { findingsOfAll } from '../model/proof/suppression.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import { workloadsOf } from '../model/vocabulary/cluster.js';
import { type FileEntry, isFileEntry, patternOf } from '../model/vocabulary/workloads.js';
import { type DueIn, dueIn } from './due-in-config.js';
import type { VerifiedSpec } from './verified-spec.js';
import {
  curated,
  readCluster,
  silencedIn,
  type Verification,
  type VerifiedCluster,
  type VerifyOptions,
  verify,
  weighed,
} from './verify.js';

/** Question what a change has done. */
export interface VerifyChangedOptions extends VerifyOptions {
  readonly changes: Changes;
  /** @default - there is none */
  readonly config?: ConfigText | undefined;
}

/** A config as it is written. */
export interface ConfigText {
  /** Without links. */
  readonly file: string;
  readonly text: string;
}

/**
 * Proves what changed files can have altered, and nothing else where that can be told: every finding that was not there
 * before the change is in the answer. Where it cannot be told, everything is proven.
 */
export async function verifyChanged(options: VerifyChangedOptions): Promise<Verification> {
  const { changes, config: _config, ...all } = options;
  const narrow = new ChangedProof(options).answer();
  if (!(narrow instanceof Reason)) return narrow;
  const verification = await verify(all);
  const change = { files: changes.count, everything: narrow.why, namespaces: [], passedOver: 0 };
  return { ...verification, clusters: verification.clusters.map((each) => ({ ...each, change })) };
}

/** Why everything is to be proven. */
class Reason {
  constructor(readonly why: Words) {}
}

/** A cluster as far as a change can have altered it, and what was found there. */
interface NarrowCluster {
  readonly verified: VerifiedCluster;
  readonly problems: readonly Problem[];
}

class ChangedProof {
  readonly #options: VerifyChangedOptions;
  readonly #verified: VerifiedSpec;
  readonly #names: readonly string[];
  readonly #due: DueIn;

  constructor(options: VerifyChangedOptions) {
    this.#options = options;
    this.#verified = options.verified;
    const { clusters, now } = options;
    this.#due = dueIn(options.verified, now);
    this.#names = Object.keys(options.verified.spec.clusters).filter((name) => !clusters || clusters.includes(name));
  }

  answer(): Verification | Reason {
    const reach = this.#reach();
    if (reach instanceof Reason) return reach;
    const found: NarrowCluster[] = [];
    for (const name of this.#names) {
      const one = this.#cluster(name, reach);
      if (one instanceof Reason) return one;
      found.push(one);
    }
    const { spec, locate, problems } = this.#verified;
    const clusters = found.map(({ verified }) => verified);
    const said = [
      ...problems,
      ...found.flatMap((each) => each.problems),
      ...findingsOfAll(clusters.map(({ proof }) => proof)),
    ];
    const all = weighed(uniqueProblems(said.map(locate)), spec);
    return { clusters, problems: all, silenced: silencedIn(clusters, locate), acknowledged: [], sources: new Map() };
  }

  #reach(): ReadonlySet<string> | Reason {
    const { changes, config, searchesSecrets } = this.#options;
    const { spec, base } = this.#verified;
    if ('unclear' in changes) return new Reason(changes.unclear);
    if (searchesSecrets) return new Reason(words`--secrets searches every file`);
    if (spec.acknowledge) return new Reason(words`only then it is known which entries of acknowledge are of use`);
    if (spec.podKinds) return new Reason(words`podKinds may give any kind a meaning`);
    const entries = this.#names.flatMap((name) => workloadsOf(spec, name));
    if (!entries.every(isFileEntry)) return new Reason(words`some of the manifests are rendered or followed`);
    if (entries.some((entry) => patternOf(entry) === '-')) return new Reason(words`standard input is read`);
    const named = changes.files.find(({ path: file }) => isOfConfig(base, config, file));
    if (named) return new Reason(words`${path.basename(named.path)} may be a part of the config`);
    const unnamed = ['', ...entries.flatMap((entry) => (isFileEntry(entry) ? (namespaceOf(entry) ?? []) : []))];
    const reach: Reach = reachOf(changes.files, sortedUnique(unnamed));
    return 'everywhere' in reach ? new Reason(reach.everywhere) : reach.namespaces;
  }

  #cluster(name: string, namespaces: ReadonlySet<string>): NarrowCluster | Reason {
    const { changes, now } = this.#options;
    const files = 'files' in changes ? changes.files.map((file) => file.path) : [];
    const sift = new Sift(namespaces, new Set(files));
    const read = readCluster(this.#verified, name, { sift });
    const { inventory } = read;
    const cluster = provenCluster(this.#verified.spec, name, inventory);
    const { deliveries, imageStreams, mirrors, bindings, workloads } = inventory;
    if (deliveries.length + imageStreams.length + mirrors.length > 0)
      return new Reason(words`there are policies, copies, image streams or mirrors, which act on any namespace`);
    if (bindings.length > 0 && cluster.platform === 'openshift')
      return new Reason(words`there are bindings, which let any namespace pull`);
    const proof = proveCluster({ inventory: narrowed(inventory, namespaces, sift), cluster, now });
    const isAffected = (problem: Problem) => isAbout(problem, namespaces, sift.named);
    const { seen, coverage } = curated(this.#verified, read);
    const isSeen = workloads.length > 0 || sift.hasPods;
    const change = {
      files: changes.count,
      namespaces: sortedUnique(namespaces),
      passedOver: sift.passed,
    };
    return {
      verified: { proof: affected(proof, isAffected), coverage, change },
      problems: [
        ...seen.filter((problem) => isOfSelection(problem) || isAffected(problem)),
        ...(isSeen ? [] : nothingSeen(name, inventory)),
        ...this.#due(name, { namespaces, inventory }),
      ],
    };
  }
}

/** Whether a file says, or may be named where it is said, what is read and how. */
function isOfConfig(base: string, config: ConfigText | undefined, file: string): boolean {
  const name = path.basename(file);
  if (file === config?.file || name === configFileName || name === '.sops.yaml') return true;
  const isSealed = path.relative(base, file).startsWith(`${sealedFolder}${path.sep}`);
  return isSealed || config?.text.includes(name) === true;
}

function namespaceOf(entry: FileEntry): string | undefined {
  return typeof entry === 'string' ? undefined : entry.namespace;
}

/** Part of an inventory that the proof of some namespaces takes, and Secrets of the others by name. */
function narrowed(inventory: Inventory, namespaces: ReadonlySet<string>, sift: Sift): Inventory {
  const isIn = ({ namespace = '' }: { readonly namespace?: string }) => namespaces.has(namespace);
  const workloads = inventory.workloads.filter(isIn);
  const accounts = inventory.accounts.filter(isIn);
  const listed = new Set([
    ...workloads.flatMap(({ pullSecrets }) => pullSecrets.names),
    ...accounts.flatMap(({ pullSecrets }) => pullSecrets),
  ]);
  const elsewhere = [...listed].flatMap((name) =>
    sift.namespacesOf(name).map((namespace) => secretOf(name, namespace)),
  );
  const gitops = [...enginesIn(inventory)];
  return { ...inventory, gitops, workloads, accounts, secrets: [...inventory.secrets, ...elsewhere] };
}

/** A Secret of which only its head is known: that it is there tells of a name in the wrong namespace. */
function secretOf(name: string, namespace: string | undefined): DeclaredSecret {
  return { kind: 'Secret', name, ...(namespace !== undefined && { namespace }), encrypted: false };
}

/** A proof without what is about other namespaces, of which only parts were read. */
function affected(proof: Proof, isAffected: (problem: Problem) => boolean): Proof {
  return {
    ...proof,
    findings: proof.findings.filter(isAffected),
    suppressed: proof.suppressed.filter(({ problem }) => isAffected(problem)),
    unused: proof.unused.filter(({ problem }) => isAffected(problem)),
  };
}

function isAbout(problem: Problem, namespaces: ReadonlySet<string>, files: ReadonlySet<string>): boolean {
  if (files.has(placeOf(problem)?.file ?? '')) return true;
  if (!problem.about) return false;
  const { kind, name, namespace = '' } = problem.about;
  return namespaces.has(kind === 'Namespace' ? name : namespace);
}

/** Whether a problem is about what is selected to be read. */
function isOfSelection(problem: Problem): boolean {
  return placeOf(problem) === undefined || problem.code === 'manifest-is-a-base';
}
