import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { BootstrapObject } from '../constructs/bootstrap.js';
import { Cluster } from '../constructs/cluster.js';
import { ManifestChart } from '../constructs/manifest-chart.js';
import { type FilePurpose, noPurpose } from '../model/plan/file-purpose.js';
import { throwErrors } from '../model/problem/problem.js';
import type { FileObject } from '../output/file-object.js';
import { type Rendered, Renderer } from '../output/rendered.js';
import { renderForeignCharts } from './foreign-charts.js';
import { validateConstructs, validateIdentities } from './validation.js';

/**
 * Renders an app in one walk over its tree. Stock synthesis resolves and validates the whole app again for every chart.
 * Throws every problem of the tree together: `validation-failed`, `object-duplicate`, `secret-too-large`,
 * `output-collision`.
 */
export function renderApp(app: App): Rendered {
  const constructs = app.node.findAll();
  const byChart = objectsByChart(constructs);
  throwErrors([...validateConstructs(constructs), ...validateIdentities(constructs, [...byChart.values()].flat())]);
  const renderer = new Renderer('app');
  const foreign: Chart[] = [];
  for (const [chart, objects] of byChart) {
    if (!ManifestChart.isManifestChart(chart)) foreign.push(chart);
    else if (objects.length > 0) renderer.addManifests(chart.location, objects.map(fileObject), purposeOf(chart));
  }
  for (const file of renderForeignCharts(app, constructs, foreign, byChart)) renderer.addFile(file);
  const clusters = constructs.filter(Cluster.isCluster).filter(({ props }) => props.kustomization);
  renderer.addKustomizations(clusters.map(({ name }) => name));
  return renderer.rendered();
}

function objectsByChart(constructs: readonly IConstruct[]): Map<Chart, ApiObject[]> {
  const byChart = new Map<Chart, ApiObject[]>();
  for (const construct of constructs) {
    if (ApiObject.isApiObject(construct)) {
      const object = construct as ApiObject;
      if (BootstrapObject.isBootstrapObject(object) && object.isIdle) continue;
      const list = byChart.get(object.chart);
      if (list) list.push(object);
      else byChart.set(object.chart, [object]);
    } else if (Chart.isChart(construct) && !byChart.has(construct)) byChart.set(construct, []);
  }
  return byChart;
}

/** A chart of ours is made by its cluster. */
function purposeOf({ location, node }: ManifestChart): FilePurpose {
  return Cluster.isCluster(node.scope) ? node.scope.record.purposeOf(location) : noPurpose;
}

function fileObject(object: ApiObject): FileObject {
  const { apiVersion, kind, name, metadata, node } = object;
  return { apiVersion, kind, name, namespace: metadata.namespace, origin: node.path, json: object.toJson() as unknown };
}
