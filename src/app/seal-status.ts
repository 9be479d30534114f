import type { AccessPlan } from '../model/plan/access-plan.js';
import { dueCredentials } from '../model/plan/due-credentials.js';
import { heldEntries } from '../model/plan/kept-ciphertexts.js';
import type { Problem } from '../model/problem/problem.js';
import type { Ciphertext } from '../model/sealing/ciphertext.js';
import { dayOf } from '../sealing/certificate.js';
import { type PlanOptions, planClusters } from './plan.js';
import { refuseOthers, type SealHome, sealHomes } from './seal-homes.js';

/** Options of the status. */
export interface SealStatusOptions extends PlanOptions {
  /** @default - every pull secret that is kept as ciphertext */
  readonly pullSecret?: string | undefined;
  readonly now: Date;
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
  /** Findings about what is missing, stale, broken or due. */
  readonly problems: readonly Problem[];
}

const codes: readonly string[] = ['sealed-missing', 'sealed-stale', 'sealed-invalid', 'sealed-unrecorded'];

/** Says of each place for ciphertext what is there. Reads only. */
export function sealStatus(options: SealStatusOptions): SealStatus {
  const { clusters, problems } = planClusters(options);
  const plans = clusters.map(({ plan }) => plan);
  if (options.pullSecret !== undefined) refuseOthers(plans, options.pullSecret);
  const names = options.pullSecret === undefined ? namesOf(plans) : [options.pullSecret];
  const today = dayOf(options.now);
  const due = plans.flatMap((plan) => dueCredentials(plan, today)).map(options.config.locate);
  return {
    rows: names.flatMap((name) => sealHomes(plans, name)).map(rowOf),
    problems: [...problems.filter(({ code }) => codes.includes(code)), ...due],
  };
}

function namesOf(plans: readonly AccessPlan[]): string[] {
  return [...new Set(plans.flatMap(({ cluster }) => [...cluster.pullSecrets.keys()]))];
}

function rowOf(home: SealHome): SealStatusRow {
  const { existing } = home;
  return { home, ciphertext: existing, entries: existing ? [...(heldEntries(existing) ?? [])].sort() : [] };
}
