import type { Gitops } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import { At } from '../../problem/at.js';
import type { Place, Problem } from '../../problem/problem.js';
import { words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { enginesSeen } from './engines.js';
import { about, aboutAccount, accountText } from './subjects.js';

type Annotations = ReadonlyMap<string, string> | undefined;

const syncOptions = 'argocd.argoproj.io/sync-options';
const fluxPrune = 'kustomize.toolkit.fluxcd.io/prune';
const fluxForce = 'kustomize.toolkit.fluxcd.io/force';

/** Rules about what Argo CD and Flux do to accounts and namespaces: a row for each. */
export const gitopsRules: readonly ProofRule[] = [
  {
    code: 'default-account-unprotected',
    about: ['service account'],
    check: (state) =>
      state.inventory.accounts
        .filter(
          ({ name, isLive, annotations }) => name === 'default' && !isLive && isPruned(enginesSeen(state), annotations),
        )
        .map((account) =>
          aboutAccount(
            account,
            At.of(account.place).warn(
              'default-account-unprotected',
              words`${accountText(account)} is declared, and nothing keeps it from being deleted with its manifest`,
            ),
          ),
        ),
  },
  {
    code: 'replace-unsafe',
    about: ['service account', 'namespace'],
    check: (state) =>
      keptObjects(state).flatMap(({ text, annotations, place, say }) => {
        const option = replacing(annotations);
        return option === undefined ? [] : [say(At.of(place).find('replace-unsafe', words`${text} has ${option}`))];
      }),
  },
];

/** Whether an engine that was seen deletes an object once its manifest is gone. */
function isPruned(engines: ReadonlySet<Gitops>, annotations: Annotations): boolean {
  return [...engines].some((engine) =>
    engine === 'argocd'
      ? !/\bPrune=(false|confirm)\b/.test(annotations?.get(syncOptions) ?? '')
      : annotations?.get(fluxPrune)?.toLowerCase() !== 'disabled',
  );
}

/** The option by which an object is replaced in place of being patched. */
function replacing(annotations: Annotations): string | undefined {
  const option = /\b(Replace|Force)=true\b/.exec(annotations?.get(syncOptions) ?? '')?.[0];
  if (option !== undefined) return option;
  return annotations?.get(fluxForce)?.toLowerCase() === 'enabled' ? 'force: enabled' : undefined;
}

interface KeptObject {
  readonly text: string;
  readonly annotations: Annotations;
  readonly place: Place | undefined;
  readonly say: (problem: Problem) => Problem;
}

/** The objects that others write to as well. */
function keptObjects({ inventory }: ProofState): KeptObject[] {
  return [
    ...inventory.accounts.map((account) => ({
      text: accountText(account),
      annotations: account.annotations,
      place: account.place,
      say: (problem: Problem) => aboutAccount(account, problem),
    })),
    ...inventory.namespaces.map(({ name, annotations, place }) => ({
      text: headText({ kind: 'Namespace', name }),
      annotations,
      place,
      say: (problem: Problem) => about({ kind: 'Namespace', name }, problem),
    })),
  ];
}
