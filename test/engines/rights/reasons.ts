// Why each right of each policy is there: what happens without it.
import { clone, type Deed, existingAccounts, removal, rotation, watchedRotation } from './deeds.js';

/** What happens without a right, in words for the title of a test, and how that shows. */
export type Reason =
  | { readonly without: string; readonly deed: Deed }
  | { readonly without: 'Kyverno refuses the policy' | 'the policy is not ready'; readonly deed?: never };

/** A policy with rights. */
export interface PolicyWithRights {
  readonly title: string;
  readonly pullSecret: string;
  /** Source, distribution and attachment, as keys of a pull secret. */
  readonly picks: string;
  /** By `controller verb resource`. */
  readonly reasons: Readonly<Record<string, Reason>>;
}

const noClone = (deed: Deed): Reason => ({ without: 'a namespace gets no clone', deed });
const noRotation = (deed: Deed): Reason => ({ without: 'clones do not follow their source', deed });
const noRemoval: Reason = { without: 'a namespace that leaves the scope keeps its clone', deed: removal };
const notExisting: Reason = { without: 'accounts that exist are not reached', deed: existingAccounts };
const refused: Reason = { without: 'Kyverno refuses the policy' };
const notReady: Reason = { without: 'the policy is not ready' };

const cloning = (engine: string) => `
      source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: first } }
      distribution: { kyverno: { engine: ${engine}, namespace: sources } }`;
const appending = (engine: string, accounts: string) => `
      source: { existing: {} }
      attachment: { serviceAccountPolicy: ${engine}, serviceAccounts: ${accounts} }`;

const mutatingReasons = {
  'background-controller list serviceaccounts': notExisting,
  'background-controller get serviceaccounts': notExisting,
  'background-controller update serviceaccounts': notExisting,
  'reports-controller get serviceaccounts': notReady,
  'reports-controller list serviceaccounts': notReady,
  'reports-controller watch serviceaccounts': notReady,
};
const legacyReasons = {
  'background-controller get serviceaccounts': refused,
  'background-controller update serviceaccounts': refused,
};

/** Every kind of policy that comes with rights, and each of its rights. */
export const policiesWithRights: readonly PolicyWithRights[] = [
  {
    title: 'GeneratingPolicy',
    pullSecret: 'cloned',
    picks: cloning('kyverno'),
    reasons: {
      'background-controller create secrets': noClone(clone),
      'background-controller get secrets': noClone(clone),
      'background-controller list secrets': noRotation(rotation),
      'background-controller update secrets': noRotation(rotation),
      'background-controller watch secrets': noRotation(watchedRotation),
      'background-controller delete secrets': noRemoval,
    },
  },
  {
    title: 'ClusterPolicy that clones',
    pullSecret: 'cloned-legacy',
    picks: cloning('kyvernoLegacy'),
    reasons: {
      'admission-controller get secrets': refused,
      'admission-controller list secrets': refused,
      'background-controller create secrets': refused,
      'background-controller get secrets': refused,
      'background-controller update secrets': refused,
      'background-controller delete secrets': refused,
      'background-controller list secrets': noRemoval,
    },
  },
  {
    title: 'MutatingPolicy for accounts by name',
    pullSecret: 'named',
    picks: appending('kyverno', '[default]'),
    reasons: mutatingReasons,
  },
  {
    title: 'MutatingPolicy for accounts by pattern',
    pullSecret: 'matching',
    picks: appending('kyverno', '["def*"]'),
    reasons: mutatingReasons,
  },
  {
    title: 'ClusterPolicy for accounts by name',
    pullSecret: 'named-legacy',
    picks: appending('kyvernoLegacy', '[default]'),
    reasons: legacyReasons,
  },
  {
    title: 'ClusterPolicy for accounts by pattern',
    pullSecret: 'matching-legacy',
    picks: appending('kyvernoLegacy', '["def*"]'),
    reasons: { ...legacyReasons, 'background-controller list serviceaccounts': notExisting },
  },
];
