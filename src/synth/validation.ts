import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster } from '../constructs/cluster.js';
import { ManifestChart } from '../constructs/manifest-chart.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { sentence } from '../model/problem/shown.js';
import { SameObjects } from '../output/file-object.js';

/** Asks every construct's own validation; each runs once, where stock synthesis runs it once per chart. */
export function validateConstructs(constructs: readonly IConstruct[]): Problem[] {
  return constructs.flatMap((construct) =>
    construct.node
      .validate()
      .map(
        (message): Problem =>
          At.of({ construct: construct.node.path }).refuse('validation-failed', sentence(message), null),
      ),
  );
}

/**
 * Two objects of one identity. Clusters are worlds of their own; where an app has several, a chart outside of them is
 * one too.
 */
export function validateIdentities(constructs: readonly IConstruct[], objects: readonly ApiObject[]): Problem[] {
  const several = constructs.filter(Cluster.isCluster).length > 1;
  const same = new SameObjects();
  for (const object of objects) {
    const { apiVersion, kind, name, metadata, node } = object;
    const head = { apiVersion, kind, name, namespace: metadata.namespace, origin: node.path, json: undefined };
    same.add(several ? worldOf(object) : '', head);
  }
  return same.problems;
}

function worldOf(object: ApiObject): string {
  return ManifestChart.isManifestChart(object.chart)
    ? object.chart.location.cluster
    : `chart ${object.chart.node.path}`;
}
