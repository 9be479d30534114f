import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { needs } from '../model/needs/needs.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { isAttached } from './attached.js';
import { foreignBelow } from './foreign-objects.js';
import { located } from './located.js';
import { type PodObjects, podObjects, podsOf } from './pod-objects.js';
import type { ClusterScope } from './scopes.js';
import { attachWorkloads } from './workload.js';

/**
 * Gives everything with pods below a construct what its images need. Throws what is wrong with any of it, together.
 *
 * @param fallback where objects run that name no namespace
 */
export function attachAll(cluster: ClusterScope, scope: IConstruct, fallback: string | undefined): void {
  const { namespaces, homeless } = podObjects(cluster, foreignBelow(scope), fallback);
  const problems = homeless
    .filter((object) => !isAttached(object, cluster))
    .flatMap((object) => located(object, [withoutNamespace(object)]));
  cluster.foreign.whileStill(() => {
    for (const each of namespaces) problems.push(...problemsOf(() => attachIn(each, scope)));
  });
  if (problems.length > 0) throw new ImagePullError(problems);
}

function attachIn(pods: PodObjects, scope: IConstruct): void {
  const { cluster, name, labels } = pods.namespace;
  const objects = pods.objects.filter((object) => !isAttached(object, cluster));
  if (objects.length === 0) return;
  const inventory = podsOf(pods, objects);
  if (inventory.problems.length > 0) throw new ImagePullError(located(scope, inventory.problems));
  const { needs: all, grants, findings } = needs(inventory, cluster.model(), { imports: false });
  // A namespace that is asked for is written, so one whose images need nothing is not.
  if (all.length + grants.length + findings.length === 0) return;
  attachWorkloads(cluster.namespace(name, { labels: Object.fromEntries(labels) }), objects, inventory, scope);
}

function problemsOf(work: () => void): readonly Problem[] {
  try {
    work();
    return [];
  } catch (error) {
    if (ImagePullError.is(error)) return error.problems;
    throw error;
  }
}

function withoutNamespace({ kind, name }: ApiObject): Problem {
  return At.of().find(
    'namespace-unstated',
    words`${kind} ${name} names no namespace`,
    "give its chart one, or say where it runs: cluster.attachAll(scope, { namespace: 'shop' })",
  );
}
