import type { Gitops } from '../../inventory/declared-object.js';
import type { Inventory } from '../../inventory/found-inventory.js';
import type { ProofState } from '../state.js';
import { perState } from './per-state.js';

/** Prefixes of the annotations by which objects tell who applies them. */
const prefixes: readonly (readonly [string, Gitops])[] = [
  ['argocd.argoproj.io/', 'argocd'],
  ['kustomize.toolkit.fluxcd.io/', 'flux'],
];

/** The GitOps engines that apply what was read, as its objects tell. */
export const enginesSeen = perState(({ inventory }: ProofState) => enginesIn(inventory));

/** The GitOps engines that objects tell of. */
export function enginesIn({ gitops, workloads, accounts, secrets, namespaces }: Inventory): ReadonlySet<Gitops> {
  const engines = new Set(gitops);
  const annotated = [
    ...[...workloads, ...accounts, ...secrets, ...namespaces].map(({ annotations }) => annotations),
    ...secrets.map(({ maker }) => maker?.annotations),
  ];
  for (const annotations of annotated)
    for (const key of annotations?.keys() ?? [])
      for (const [prefix, engine] of prefixes) if (key.startsWith(prefix)) engines.add(engine);
  return engines;
}

/** Whether one engine alone was seen. */
export function isOnly(state: ProofState, engine: Gitops): boolean {
  const engines = enginesSeen(state);
  return engines.size === 1 && engines.has(engine);
}
