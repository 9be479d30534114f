import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster } from '../constructs/cluster.js';
import { ManifestChart } from '../constructs/manifest-chart.js';
import { maxSecretSize } from '../model/docker-config/docker-config-checks.js';
import type { Problem } from '../model/problem/problem.js';
import { identityOf } from './object-order.js';

/** What every construct's own validation says; each runs once, where stock synthesis runs it once per chart. */
export function validateConstructs(constructs: readonly IConstruct[]): Problem[] {
  return constructs.flatMap((construct) =>
    construct.node.validate().map(
      (message): Problem => ({
        code: 'validation-failed',
        message,
        construct: construct.node.path,
      }),
    ),
  );
}

/**
 * Two objects of one identity: the API server would take the last one. Clusters are worlds of their own; where an app
 * has several, a chart outside of them is one too.
 */
export function validateIdentities(constructs: readonly IConstruct[], objects: readonly ApiObject[]): Problem[] {
  const several = constructs.filter(Cluster.isCluster).length > 1;
  const seen = new Map<string, ApiObject>();
  const problems: Problem[] = [];
  for (const object of objects) {
    const identity = `${several ? worldOf(object) : ''} ${identityOf(object)}`;
    const twin = seen.get(identity);
    if (twin) problems.push(duplicate(object, twin));
    else seen.set(identity, object);
  }
  return problems;
}

function worldOf(object: ApiObject): string {
  return ManifestChart.isManifestChart(object.chart)
    ? object.chart.location.cluster
    : `chart ${object.chart.node.path}`;
}

function duplicate(object: ApiObject, twin: ApiObject): Problem {
  const { namespace } = object.metadata;
  const name = `${namespace === undefined ? '' : `${namespace}/`}${object.name}`;
  return {
    code: 'object-duplicate',
    message: `${object.kind} ${name} is declared twice: by ${twin.node.path} and by ${object.node.path}`,
    construct: object.node.path,
    hint: 'remove one of them, or let both use the same construct',
  };
}

/** A rendered Secret that the API server would refuse for its size. */
export function validateSecretSize(object: ApiObject, json: unknown): Problem[] {
  if (object.kind !== 'Secret' || object.apiGroup !== 'core') return [];
  const { data } = json as { data?: Readonly<Record<string, unknown>> };
  let size = 0;
  for (const value of Object.values(data ?? {}))
    if (typeof value === 'string') size += Buffer.byteLength(value, 'base64');
  if (size <= maxSecretSize) return [];
  return [
    {
      code: 'secret-too-large',
      message: `Secret ${object.metadata.namespace ?? ''}/${object.name} holds ${size} bytes; the API server takes ${maxSecretSize}`,
      construct: object.node.path,
      hint: 'name fewer registries in one pull secret',
    },
  ];
}
