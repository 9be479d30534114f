import type { DeclaredDelivery, DeclaredSecret } from '../../inventory/declared-object.js';
import { headText } from '../../inventory/object-head.js';
import { compareVersions } from '../../names/version.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import type { CopiedSecret } from '../effects.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { enginesSeen } from './engines.js';
import { perState } from './per-state.js';
import { about, aboutSecret, secretText } from './subjects.js';

/** From this release on Kyverno takes the owner off a copy. Release notes of 1.19, #16716. */
const withoutOwnerFrom = '1.19';

/** Rules about copies that policies make: a row for each. */
export const cloneRules: readonly ProofRule[] = [
  {
    code: 'clone-source-absent',
    about: ['policy'],
    check: (state) =>
      clones(state)
        .filter(({ copy }) => !copy.original && !state.cluster.pullSecrets.has(copy.name))
        .map(({ copy, policy, namespace }) =>
          about(
            policy,
            At.of(policy.place).find(
              'clone-source-absent',
              words`${headText(policy)} is to make Secret ${copy.name} in namespace ${namespace} of one that nothing declares`,
            ),
          ),
        ),
  },
  {
    code: 'clone-blocked',
    about: ['Secret'],
    check: (state) =>
      clones(state).flatMap(({ copy, policy, namespace }) => {
        const { declared, madeBy } = state.secrets.find(state.namespaceOf(namespace), copy.name);
        const isOther = declared?.namespace === namespace && declared.isLive !== true && declared !== copy.original;
        if (!isOther || madeBy === copy.by) return [];
        return [
          aboutSecret(
            declared,
            At.of(declared.place).find(
              'clone-blocked',
              words`${secretText(declared)} stands where ${headText(policy)} is to put a copy, which it then does not`,
            ),
          ),
        ];
      }),
  },
  {
    code: 'clone-garbage-collected',
    about: ['Secret'],
    check: (state) => {
      const { kyverno } = state.cluster.versions;
      if (kyverno === undefined || compareVersions(kyverno, withoutOwnerFrom) >= 0) return [];
      return originals(state)
        .filter(({ original }) => hasOwner(original))
        .map(({ original, policy }) =>
          aboutSecret(
            original,
            At.of(original.place).find(
              'clone-garbage-collected',
              words`${secretText(original)} owns its Secret, and ${headText(policy)} copies it with its owner on Kyverno ${kyverno}`,
            ),
          ),
        );
    },
  },
  {
    code: 'clone-source-unprotected',
    about: ['Secret'],
    check: (state) =>
      (enginesSeen(state).has('argocd') ? originals(state) : [])
        .filter(({ original }) => original.kind === 'Secret' && original.isLive !== true && !isProtected(original))
        .map(({ original, policy }) =>
          aboutSecret(
            original,
            At.of(original.place).warn(
              'clone-source-unprotected',
              words`${secretText(original)} is copied by ${headText(policy)}, and its copies go with its Application`,
            ),
          ),
        ),
  },
];

/** A Secret that a policy is to make in a namespace. */
interface Clone {
  readonly copy: CopiedSecret;
  readonly policy: DeclaredDelivery;
  readonly namespace: string;
}

/** Secrets that policies make in the namespaces that were read. */
const clones = perState((state: ProofState): readonly Clone[] => {
  const { inventory, pods, namespaceOf, effects } = state;
  const policies = new Map(
    inventory.deliveries.filter(({ kind }) => kind.endsWith('Policy')).map((each) => [`policy ${each.name}`, each]),
  );
  if (policies.size === 0) return [];
  const names = new Set([...pods.map(({ namespace }) => namespace), ...inventory.namespaces.map(({ name }) => name)]);
  // Objects that name no namespace are not known to be in one.
  return [...names]
    .filter((name) => name !== '')
    .flatMap((namespace) =>
      effects.copiesInto(namespaceOf(namespace)).flatMap((copy) => {
        const policy = policies.get(copy.by);
        return policy ? [{ copy, policy, namespace }] : [];
      }),
    );
});

interface Original {
  readonly original: DeclaredSecret;
  readonly policy: DeclaredDelivery;
}

/** The Secrets that policies copy, each once. */
function originals(state: ProofState): Original[] {
  const found = new Map<string, Original>();
  for (const { copy, policy, namespace } of clones(state)) {
    const { original } = copy;
    if (!original || original.namespace === namespace) continue;
    const key = `${original.namespace}/${original.name}`;
    if (!found.has(key)) found.set(key, { original, policy });
  }
  return [...found.values()];
}

/** Whether the Secret of an object belongs to that object. */
function hasOwner({ kind, maker, annotations }: DeclaredSecret): boolean {
  if (kind === 'ExternalSecret') return maker?.creationPolicy === undefined || maker.creationPolicy === 'Owner';
  return kind === 'SealedSecret' && annotations?.get('sealedsecrets.bitnami.com/skip-set-owner-references') !== 'true';
}

function isProtected({ annotations }: DeclaredSecret): boolean {
  return /\bDelete=(false|confirm)\b/.test(annotations?.get('argocd.argoproj.io/sync-options') ?? '');
}
