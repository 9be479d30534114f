import { heldEntries } from '../model/plan/kept-ciphertexts.js';
import type { Registry } from '../model/registry/registry.js';
import type { GlobalDocument } from './global-document.js';
import type { GivenCredentials } from './seal-credentials.js';
import type { SealHome } from './seal-homes.js';

/** Decision about the entries of one place for ciphertext. */
export interface SealChoice {
  readonly home: SealHome;
  /** Entries whose ciphertext stays as it is. */
  readonly kept: readonly Registry[];
  /** Entries that are sealed, with credentials that were given. */
  readonly sealed: readonly Registry[];
  /** Entries that would have to be sealed and for which no credential was given. */
  readonly lacking: readonly Registry[];
  /** True where there is a file to write. */
  readonly isChanged: boolean;
  /** Entries that stay though a credential was given, because nothing tells whether it is the same. */
  readonly uncompared: readonly Registry[];
}

type Entries = Omit<SealChoice, 'home' | 'isChanged'>;

/** Decides what is sealed: what is missing, what is known to have changed, and with `rotate` everything that was given. */
export function sealChoice(home: SealHome, given: GivenCredentials, rotate: boolean): SealChoice {
  const { registries, donor } = home;
  const existing = home.existing ?? donor;
  const held = existing && (heldEntries(existing) ?? new Set(registries.map(({ name }) => name)));
  const isWhole = existing !== undefined && heldEntries(existing) === undefined;
  const choice = {
    kept: [] as Registry[],
    sealed: [] as Registry[],
    lacking: [] as Registry[],
    uncompared: [] as Registry[],
  };
  for (const registry of registries) {
    const isGiven = given.of(registry) !== undefined;
    const isHeld = held?.has(registry.name) === true;
    const record = existing?.records.get(registry.name);
    const isSame = given.isSame(registry, record?.checksum, useOf(home));
    if (isHeld && isGiven && (rotate || isSame === false)) choice.sealed.push(registry);
    else if (isHeld) {
      choice.kept.push(registry);
      if (isGiven && isSame === undefined) choice.uncompared.push(registry);
    } else if (isGiven) choice.sealed.push(registry);
    else choice.lacking.push(registry);
  }
  const isOne = (isWhole || home.pullSecret.source.name === 'sops') && choice.sealed.length + choice.lacking.length > 0;
  const all = isOne ? asWhole(choice, given) : choice;
  return { home, ...all, isChanged: all.sealed.length > 0 || donor !== undefined };
}

/** One ciphertext for all entries: where one of them is sealed, all are. */
function asWhole(choice: Entries, given: GivenCredentials): Entries {
  const again = choice.kept.filter((registry) => given.of(registry));
  const stuck = choice.kept.filter((registry) => !given.of(registry));
  return { kept: [], sealed: [...choice.sealed, ...again], lacking: [...choice.lacking, ...stuck], uncompared: [] };
}

/**
 * Decides about the global pull secret: sealed where nothing is, with `rotate`, and where the document of the cluster has
 * entries that the ciphertext does not know, or the other way round.
 */
export function globalChoice(
  home: SealHome,
  given: GivenCredentials,
  document: GlobalDocument,
  rotate: boolean,
): SealChoice {
  const { existing, registries } = home;
  const [sealed, rest] = divided(registries, (registry) => given.of(registry) !== undefined);
  const [kept, lacking] = divided(rest, ({ key }) => document.holds(key));
  const isDrifted = document.isKnown && existing !== undefined && !document.isAsRecorded(existing, registries);
  if (existing && !rotate && !isDrifted)
    return { home, kept: registries, sealed: [], lacking: [], uncompared: sealed, isChanged: false };
  return { home, kept, sealed, lacking, uncompared: [], isChanged: true };
}

function divided<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Text that a checksum is made for. */
export function useOf({ cluster, pullSecret }: SealHome): readonly string[] {
  return [cluster.name, pullSecret.name];
}
