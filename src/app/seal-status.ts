import type { AccessPlan } from '../model/plan/access-plan.js';
import { dueCredentials } from '../model/plan/due-credentials.js';
import { heldEntries } from '../model/plan/kept-ciphertexts.js';
import type { Problem } from '../model/problem/problem.js';
import type { Ciphertext } from '../model/sealing/ciphertext.js';
import { refuseOthers, type SealHome, sealHomes } from './seal-homes.js';
import { type SynthesizeOptions, synthesize } from './synthesize.js';

/** Options of the status. */
export interface SealStatusOptions extends Omit<SynthesizeOptions, 'within' | 'now'> {
  /** @default - every pull secret that is kept as ciphertext */
  readonly pullSecret?: string | undefined;
  /** This day, such as `2026-11-28`. */
  readonly today: string;
}

/** One place for ciphertext, and what stands there in the clear. */
export interface SealStatusRow {
  readonly home: SealHome;
  /** Undefined where nothing is there that can be read. */
  readonly ciphertext: Ciphertext | undefined;
  /** Names of the registries in it. */
  readonly entries: readonly string[];
}

/** How the ciphertexts of a config stand. */
export interface SealStatus {
  readonly rows: readonly SealStatusRow[];
  /** Problems about what is missing, stale, broken, not needed or due. */
  readonly problems: readonly Problem[];
}

const codes: readonly string[] = [
  'sealed-missing',
  'sealed-stale',
  'sealed-invalid',
  'sealed-unrecorded',
  'sealed-unneeded',
];

/** Says of each place for ciphertext what is there. Reads only. */
export function sealStatus(options: SealStatusOptions): SealStatus {
  const { planned, problems } = synthesize({ ...options, within: options.clusters ?? [''] });
  const plans = planned.map(({ plan }) => plan);
  if (options.pullSecret !== undefined) refuseOthers(plans, options.pullSecret);
  const names = options.pullSecret === undefined ? namesOf(plans) : [options.pullSecret];
  const due = plans
    .flatMap((plan) => dueCredentials(plan.cluster, sealedNamespaces(plan), options.today))
    .map(options.config.locate);
  return {
    rows: names.flatMap((name) => sealHomes(plans, name)).map(rowOf),
    problems: [...problems.filter(({ code }) => codes.includes(code)), ...due],
  };
}

function sealedNamespaces({ secrets }: AccessPlan): (pullSecret: string) => string[] {
  return (name) => secrets.flatMap((each) => (each.sealed && each.pullSecret === name ? each.namespace : []));
}

function namesOf(plans: readonly AccessPlan[]): string[] {
  return [...new Set(plans.flatMap(({ cluster }) => [...cluster.pullSecrets.keys()]))];
}

function rowOf(home: SealHome): SealStatusRow {
  const { existing } = home;
  return { home, ciphertext: existing, entries: existing ? [...(heldEntries(existing) ?? [])].sort() : [] };
}
