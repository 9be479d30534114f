import type { FormerObject, GivingObject } from './former.js';
import type { Gift } from './gift.js';

/** An object that stays as it stands for one more step. */
export interface KeptObject extends Pick<GivingObject, 'kind' | 'name' | 'namespace' | 'isSource'> {
  /** What it gives, and nothing needs any more; of several gifts the first. */
  readonly gift: Gift;
  /** The parts of its mark. */
  readonly marks: readonly string[];
  readonly object: FormerObject;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** A name that the list of a service account has lost. */
export interface RetiredName {
  readonly namespace: string;
  readonly account: string;
  readonly pullSecret: string;
  /** The index of the entry of `retire` that lets it leave. */
  readonly entry: number;
}

/** What leaves in two steps. */
export interface Retired {
  /** Sorted by namespace and name. */
  readonly objects: readonly KeptObject[];
  /** Sorted by namespace, account and name. */
  readonly names: readonly RetiredName[];
}

/** Where nothing leaves. */
export const nothingRetired: Retired = { objects: [], names: [] };

/** The names that the list of an account has lost. */
export function retiredOf({ names }: Retired, namespace: string, account: string): readonly RetiredName[] {
  return names.filter((each) => each.namespace === namespace && each.account === account);
}

/** The kept objects that make pull secrets of namespaces. */
export function keptSecrets({ objects }: Retired): readonly (KeptObject & { readonly namespace: string })[] {
  return objects.filter(
    (each): each is KeptObject & { readonly namespace: string } =>
      each.namespace !== undefined && (each.gift.gives === 'secret' || each.gift.gives === 'entry'),
  );
}
