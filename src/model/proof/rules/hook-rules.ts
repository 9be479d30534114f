import { type Hook, hookOf, isHook } from '../../inventory/hook.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { type Words, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import { type Giver, giversOf, giverText, podsServed } from './givers.js';
import { aboutPod } from './subjects.js';

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

/**
 * The moments of each engine that come before pods, and the policy that takes a hook away again.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/, https://helm.sh/docs/topics/charts_hooks/
 */
const timing: Readonly<Record<Hook['engine'], { readonly early: readonly string[]; readonly gone: string }>> = {
  'Argo CD': { early: ['PreSync', 'Sync'], gone: 'HookSucceeded' },
  Helm: { early: ['pre-install', 'crd-install'], gone: 'hook-succeeded' },
};

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
  const ignored = leftAlone.find(([key, value]) => annotations.get(key)?.toLowerCase() === value);
  if (ignored) return words`Flux does not apply what says ${ignored.join(': ')}`;
  const hook = hookOf(annotations);
  return hook && whyOfHook(hook);
}

function whyOfHook({ engine, moments, deletePolicies }: Hook): Words | undefined {
  const { early, gone } = timing[engine];
  if (moments.includes('Skip')) return words`${engine} passes over it (hook Skip)`;
  if (!moments.some((each) => early.includes(each)))
    return words`${engine} makes it at ${moments}, not before the pods`;
  return deletePolicies.includes(gone) ? words`${engine} deletes it once the hook is through (${gone})` : undefined;
}
