import { isHook } from '../../inventory/hook.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { type Words, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import { type Giver, giversOf, giverText, podsServed } from './givers.js';
import { aboutPod } from './subjects.js';

type Annotations = ReadonlyMap<string, string>;

/** Rules about what serves a pod and is not there when it starts: a row for each. */
export const hookRules: readonly ProofRule[] = [
  {
    code: 'not-applied',
    about: ['workload'],
    check: (state) =>
      [...podsServed(state)]
        .filter(({ workload }) => workload.isLive !== true && !isHook(workload.annotations))
        .flatMap((pod) =>
          giversOf(pod).flatMap((giver) => {
            const why = whyNotThere(giver);
            if (why === undefined) return [];
            const problem = At.of(giver.place).find(
              'not-applied',
              words`${workloadText(pod.workload)} is served by ${giverText(giver)}, and ${why}`,
            );
            return [aboutPod(pod, problem)];
          }),
        ),
  },
];

/** Hooks of an engine: which of them come before pods, and the policy that takes them away again. */
interface Hooks {
  readonly engine: string;
  readonly hook: string;
  readonly early: readonly string[];
  readonly deletePolicy: string;
  readonly gone: string;
}

/**
 * Where Argo CD's own hook is stated, it takes no note of Helm's.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/, https://helm.sh/docs/topics/charts_hooks/
 */
const hooks: readonly Hooks[] = [
  {
    engine: 'Argo CD',
    hook: 'argocd.argoproj.io/hook',
    early: ['PreSync', 'Sync'],
    deletePolicy: 'argocd.argoproj.io/hook-delete-policy',
    gone: 'HookSucceeded',
  },
  {
    engine: 'Helm',
    hook: 'helm.sh/hook',
    early: ['pre-install', 'crd-install'],
    deletePolicy: 'helm.sh/hook-delete-policy',
    gone: 'hook-succeeded',
  },
];

/** Annotations by which Flux leaves an object alone: https://fluxcd.io/flux/components/kustomize/kustomizations/. */
const leftAlone: readonly (readonly [string, string])[] = [
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'ignore'],
];

/** Why an object is not there when pods start; undefined where it is. */
function whyNotThere(giver: Giver): Words | undefined {
  const maker = 'maker' in giver ? giver.maker : undefined;
  const annotations = maker ? maker.annotations : giver.annotations;
  if (giver.isLive || !annotations) return undefined;
  const [ignored] = leftAlone.filter(([key, value]) => annotations.get(key)?.toLowerCase() === value);
  if (ignored) return words`Flux does not apply what says ${ignored.join(': ')}`;
  const stated = hooks.find(({ hook }) => annotations.has(hook));
  return stated && whyOfHook(stated, annotations);
}

function whyOfHook({ engine, hook, early, deletePolicy, gone }: Hooks, annotations: Annotations): Words | undefined {
  const moments = listed(annotations.get(hook));
  if (moments.includes('Skip')) return words`${engine} passes over it (hook Skip)`;
  if (!moments.some((each) => early.includes(each)))
    return words`${engine} makes it at ${moments}, not before the pods`;
  return listed(annotations.get(deletePolicy)).includes(gone)
    ? words`${engine} deletes it once the hook is through (${gone})`
    : undefined;
}

function listed(text = ''): string[] {
  return text.split(',').map((each) => each.trim());
}
