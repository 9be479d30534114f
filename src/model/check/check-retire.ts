import { subdomainError } from '../names/names.js';
import type { Problem } from '../problem/problem.js';
import type { ImagePullSpec, RetireSpec } from '../vocabulary/spec.js';
import { patternProblems } from './check-pull-secrets.js';
import { nameProblem } from './check-references.js';
import { dangling } from './dangling.js';

/** Problems of `retire`: its form and its names. What it names may be gone from the spec; clusters may not. */
export function checkRetire(spec: ImagePullSpec): Problem[] {
  return (spec.retire ?? []).flatMap((entry, index) => checkEntry(entry, index, Object.keys(spec.clusters)));
}

function checkEntry(entry: RetireSpec, index: number, clusters: readonly string[]): Problem[] {
  const at = ['retire', index];
  const { pullSecret, namespace, serviceAccount } = entry;
  const problems: Problem[] = [];
  if (pullSecret === undefined && namespace === undefined) {
    problems.push({
      code: 'retire-invalid',
      message: 'an entry of retire names neither a pull secret nor a namespace',
      path: at,
      hint: 'retire: [{ pullSecret: old-pull }], or [{ namespace: team-a, serviceAccount: default }]',
    });
  }
  if (pullSecret !== undefined)
    problems.push(...nameProblem('pull secret', pullSecret, subdomainError(pullSecret), [...at, 'pullSecret']));
  if (serviceAccount !== undefined)
    problems.push(
      ...nameProblem('service account', serviceAccount, subdomainError(serviceAccount), [...at, 'serviceAccount']),
    );
  if (namespace !== undefined)
    problems.push(...patternProblems([namespace], at).map((each) => ({ ...each, path: [...at, 'namespace'] })));
  for (const [each, cluster] of (entry.clusters ?? []).entries()) {
    if (!clusters.includes(cluster)) problems.push(dangling('cluster', cluster, clusters, [...at, 'clusters', each]));
  }
  return problems;
}
