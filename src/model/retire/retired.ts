import type { FormerObject, GivingObject } from './former.js';
import type { Gift } from './gift.js';

/** An object of an earlier run that stays as it stands, and why. */
export type KeptObject = RetiredObject | UnsealedObject;

/** An object whose gift nothing needs any more, and that leaves in two steps. */
export interface RetiredObject extends StandingObject {
  readonly because: 'retired';
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** An object that is needed: the ciphertext of what would take its place is missing or cannot be placed. */
export interface UnsealedObject extends StandingObject {
  readonly because: 'unsealed';
}

interface StandingObject extends Pick<GivingObject, 'kind' | 'name' | 'namespace' | 'isSource'> {
  /** Gift that it is kept for; of several the first. */
  readonly gift: Gift;
  /** The parts of its mark. */
  readonly marks: readonly string[];
  readonly object: FormerObject;
}

/** A name that the list of a service account has lost. */
export interface RetiredName {
  readonly namespace: string;
  readonly account: string;
  readonly pullSecret: string;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** Access of an earlier run that stays, or has left the lists. */
export interface Retired {
  /** Sorted by namespace and name. */
  readonly objects: readonly KeptObject[];
  /** Sorted by namespace, account and name. */
  readonly names: readonly RetiredName[];
}

/** Where nothing stays that is not planned. */
export const nothingRetired: Retired = { objects: [], names: [] };

/** The objects that leave in two steps. */
export function retiredObjects({ objects }: Retired): RetiredObject[] {
  return objects.filter((each) => each.because === 'retired');
}

/** Looks up the names that the list of an account has lost. */
export function retiredNames({ names }: Retired): (namespace: string, account: string) => readonly RetiredName[] {
  const byAccount = new Map<string, RetiredName[]>();
  for (const each of names) {
    const key = `${each.namespace}/${each.account}`;
    const known = byAccount.get(key);
    if (known) known.push(each);
    else byAccount.set(key, [each]);
  }
  return (namespace, account) => byAccount.get(`${namespace}/${account}`) ?? [];
}

/** The kept objects that make pull secrets of namespaces. */
export function keptSecrets({ objects }: Retired): readonly (KeptObject & { readonly namespace: string })[] {
  return objects.filter(
    (each): each is KeptObject & { readonly namespace: string } =>
      each.namespace !== undefined && (each.gift.gives === 'secret' || each.gift.gives === 'entry'),
  );
}

/** Tells whether a pull secret of a namespace is one of those that are kept. */
export function keptTest(
  secrets: readonly (KeptObject & { readonly namespace: string })[],
): (namespace: string, name: string) => boolean {
  const kept = new Set(secrets.map(({ namespace, name }) => `${namespace}/${name}`));
  return (namespace, name) => kept.size > 0 && kept.has(`${namespace}/${name}`);
}
