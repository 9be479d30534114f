import { sortedUnique } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { Ciphertext } from '../sealing/ciphertext.js';
import type { SealingTarget } from '../sealing/ciphertexts.js';
import { sealedFolder, sealedPath } from '../sealing/sealed-path.js';
import { isByEntry } from '../sealing/sealed-secret.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { ciphertextSourceOf } from '../vocabulary/sources.js';

/** Parts of a pull secret that matter to its ciphertext. */
interface Sealable extends Pick<ClusterPullSecret, 'name' | 'source' | 'registries'> {
  /** The arguments of `seal` that make it. @default - its name */
  readonly sealedBy?: string | undefined;
}

/** Where a pull secret is to be made of ciphertext, and of which registries. */
interface CiphertextHome {
  readonly pullSecret: Sealable;
  readonly namespace: string;
  readonly registries: readonly Registry[];
}

/** The ciphertext of a place, as a plan has it. */
export interface PlannedCiphertext {
  /** False where there is none that can be placed. */
  readonly write: boolean;
  readonly sealed: {
    /** The names of the needed registries that are not in it. */
    readonly lacks: readonly string[];
  };
}

/** Looks at the ciphertexts of a cluster: which can be placed, and what is missing or stale. */
export class KeptCiphertexts {
  readonly #cluster: Pick<ClusterModel, 'name'>;
  /** Gaps by pull secret: namespaces, or registries of them. */
  readonly #missing = new Map<string, string[]>();
  /** The arguments of `seal` by pull secret. */
  readonly #sealedBy = new Map<string, string>();
  /** Namespaces by pull secret whose ciphertext is for another certificate. */
  readonly #otherKeys = new Map<string, string[]>();
  readonly #problems: Problem[] = [];

  constructor(cluster: Pick<ClusterModel, 'name'>) {
    this.#cluster = cluster;
  }

  /** Plans the ciphertext of a place. Takes down what is wrong. */
  planned(home: CiphertextHome): PlannedCiphertext {
    const { registries } = home;
    const absent = this.#absent(home);
    const isEmpty = absent === undefined || (registries.length > 0 && absent.length === registries.length);
    return { write: !isEmpty, sealed: { lacks: (absent ?? registries).map(({ name }) => name) } };
  }

  /** The registries that are not in the ciphertext of a place; undefined where there is none that can be placed. */
  #absent({ pullSecret, namespace, registries }: CiphertextHome): readonly Registry[] | undefined {
    if (pullSecret.sealedBy !== undefined) this.#sealedBy.set(pullSecret.name, pullSecret.sealedBy);
    const ciphertexts = ciphertextSourceOf(pullSecret)?.ciphertexts;
    const found = ciphertexts?.find(this.#cluster.name, namespace);
    if (!ciphertexts || !found) {
      note(this.#missing, pullSecret.name, namespace);
      return undefined;
    }
    if ('problem' in found) {
      this.#problems.push(found.problem);
      return undefined;
    }
    const { ciphertext } = found;
    const file = `${sealedFolder}/${sealedPath(this.#cluster.name, pullSecret.name, namespace)}`;
    const fault = unfitness(ciphertext, pullSecret, namespace);
    if (fault !== undefined) {
      this.#problems.push(fault(file));
      return undefined;
    }
    const target = ciphertexts.target(this.#cluster.name, namespace);
    this.#problems.push(...staleness(ciphertext, pullSecret, registries, { ...target, file }));
    if (isForOtherKey(ciphertext, target)) note(this.#otherKeys, pullSecret.name, namespace);
    const absent = lacking(ciphertext, registries);
    if (absent.length > 0)
      note(this.#missing, pullSecret.name, `${namespace} (${absent.map(({ name }) => name).join(', ')})`);
    return absent;
  }

  /** Problems; those about what is missing once for each pull secret. */
  problems(): Problem[] {
    const missing = [...this.#missing].map(([pullSecret, namespaces]) =>
      At.of().find(
        'sealed-missing',
        words`${this.#cluster.name}: pull secret ${pullSecret} has no ciphertext for ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces}`,
        words`run image-pull seal ${sentence(this.#sealedBy.get(pullSecret) ?? pullSecret)}`,
      ),
    );
    return [...missing, ...this.#problems, ...this.#otherKeyProblems()];
  }

  #otherKeyProblems(): Problem[] {
    return [...this.#otherKeys].map(([pullSecret, namespaces]) =>
      At.of().warn(
        'sealed-for-other-key',
        words`${this.#cluster.name}: pull secret ${pullSecret} is sealed for another certificate than the config names, in ${namespaces}`,
        words`a controller opens it as long as it keeps the key; else run image-pull seal ${pullSecret} --rotate`,
      ),
    );
  }
}

function note(lists: Map<string, string[]>, name: string, what: string): void {
  const known = lists.get(name) ?? [];
  lists.set(name, known);
  known.push(what);
}

/** Whether a certificate is recorded, and is not that of the config. */
function isForOtherKey({ records }: Ciphertext, { certificate }: SealingTarget): boolean {
  const recorded = [...records.values()].map((record) => record.certificate);
  return certificate !== undefined && recorded.some((each) => each !== undefined && each !== certificate);
}

/** The registries whose credentials are not in a ciphertext, as far as that is known. */
export function lacking(ciphertext: Ciphertext, registries: readonly Registry[]): Registry[] {
  const held = heldEntries(ciphertext);
  return held ? registries.filter(({ name }) => !held.has(name)) : [];
}

/** The names of the registries in a ciphertext; undefined where nobody recorded them. */
export function heldEntries(ciphertext: Ciphertext): ReadonlySet<string> | undefined {
  if (ciphertext.source === 'sealed' && isByEntry(ciphertext)) return new Set(Object.keys(ciphertext.encryptedData));
  return ciphertext.records.size > 0 ? new Set(ciphertext.records.keys()) : undefined;
}

/** Why a ciphertext could not be opened where it is to be placed. */
function unfitness(
  ciphertext: Ciphertext,
  { name, source, sealedBy = name }: Sealable,
  namespace: string,
): ((file: string) => Problem) | undefined {
  if (ciphertext.source !== source.name)
    return (file) =>
      At.of().find(
        'sealed-stale',
        words`${file} holds no ciphertext of source ${source.name}`,
        words`run image-pull seal ${sentence(sealedBy)} --rotate`,
      );
  if (ciphertext.source === 'sops' || ciphertext.scope === 'cluster-wide') return undefined;
  const isOther = ciphertext.namespace !== namespace || (ciphertext.scope === 'strict' && ciphertext.name !== name);
  if (!isOther) return undefined;
  return (file) =>
    At.of().find(
      'sealed-invalid',
      words`${file} is sealed for ${ciphertext.namespace}/${ciphertext.name}, and opens nowhere else`,
      words`run image-pull seal ${sentence(sealedBy)} --rotate`,
    );
}

/** Says where a ciphertext is not as the config asks, though it opens. */
function staleness(
  ciphertext: Ciphertext,
  { name, source, registries: all, sealedBy = name }: Sealable,
  registries: readonly Registry[],
  { file, recipients }: SealingTarget & { readonly file: string },
): Problem[] {
  const stale = (message: string) =>
    At.of().find(
      'sealed-stale',
      words`${file} ${sentence(message)}`,
      words`run image-pull seal ${sentence(sealedBy)} --rotate`,
    );
  const problems: Problem[] = [];
  if (ciphertext.source === 'sealed' && source.name === 'sealed' && ciphertext.scope !== source.scope)
    problems.push(stale(`has scope ${ciphertext.scope}, the config says ${source.scope}`));
  for (const { name: registry, key } of registries) {
    const recorded = ciphertext.records.get(registry)?.key;
    if (recorded !== undefined && recorded !== key)
      problems.push(stale(`holds the entry of ${registry} under another key than ${key}`));
  }
  if (ciphertext.source === 'sops' && recipients && !sameTexts(recipients, ciphertext.recipients))
    problems.push(stale('is not encrypted for the recipients of the config'));
  const known = new Set(all.map((registry) => registry.name));
  const others = [...(heldEntries(ciphertext) ?? [])].filter((entry) => !known.has(entry));
  if (others.length > 0) problems.push(stale(`holds ${others.join(', ')}, which the pull secret has no more`));
  if (!heldEntries(ciphertext))
    problems.push(At.of().warn('sealed-unrecorded', words`${file}: what is in it is not known`));
  return problems;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return sortedUnique(a).join() === sortedUnique(b).join();
}
