/** Engines that know hooks, and what their annotations are called. Argo CD takes no note of Helm's hook beside one of its own. */
const engines = [
  { engine: 'Argo CD', hook: 'argocd.argoproj.io/hook' },
  { engine: 'Helm', hook: 'helm.sh/hook' },
] as const;

/** When a hook is made, and when it is deleted, in the words of the engine whose hook it is. */
export interface Hook {
  readonly engine: (typeof engines)[number]['engine'];
  readonly moments: readonly string[];
  readonly deletePolicies: readonly string[];
}

/** The hook that an object is by its annotations. */
export function hookOf(annotations: ReadonlyMap<string, string> | undefined): Hook | undefined {
  const stated = engines.find(({ hook }) => annotations?.has(hook));
  if (!stated) return undefined;
  const listed = (key: string) => (annotations?.get(key) ?? '').split(',').map((each) => each.trim());
  return {
    engine: stated.engine,
    moments: listed(stated.hook),
    deletePolicies: listed(`${stated.hook}-delete-policy`),
  };
}

/** Whether an object is a hook of Argo CD or Helm, by its annotations. */
export function isHook(annotations: ReadonlyMap<string, string> | undefined): boolean {
  return engines.some(({ hook }) => annotations?.has(hook));
}
