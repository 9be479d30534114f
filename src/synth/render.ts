import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { BootstrapObject } from '../constructs/bootstrap-object.js';
import { ManifestChart } from '../constructs/manifest-chart.js';
import { type Problem, throwErrors } from '../model/problem/problem.js';
import { firstLineOf, pathOf } from '../output/layout.js';
import type { Output, OutputFile } from '../output/output.js';
import { toYamlDocuments } from '../yaml/yaml.js';
import { renderForeignCharts } from './foreign-charts.js';
import { kustomizationFiles } from './kustomization.js';
import { inFileOrder } from './object-order.js';
import { validateConstructs, validateIdentities, validateSecretSize } from './validation.js';

/** What an app renders to. */
export interface Rendered {
  /** Files by path, in the order of the tree. */
  readonly output: Output;
  /** How many objects each file holds, those beside workloads left out. */
  readonly objects: ReadonlyMap<string, number>;
  /** Files that lie beside workloads, by path below the folder that the app's user chooses. */
  readonly beside: Output;
  /** How many objects these hold. */
  readonly besideObjects: number;
}

/**
 * Renders an app in one walk over its tree. Stock synthesis resolves and validates the whole app again for every chart.
 * Throws every problem of the tree together: `validation-failed`, `object-duplicate`, `secret-too-large`,
 * `output-collision`.
 */
export function renderApp(app: App): Rendered {
  const constructs = app.node.findAll();
  const problems = validateConstructs(constructs);
  const byChart = objectsByChart(constructs);
  problems.push(...validateIdentities(constructs, [...byChart.values()].flat()));
  throwErrors(problems);

  const output = new Map<string, OutputFile>();
  const counts = new Map<string, number>();
  const add = (file: OutputFile, objects: number) => {
    if (output.has(file.path)) problems.push(collision(file.path));
    output.set(file.path, file);
    counts.set(file.path, objects);
  };
  const foreign: Chart[] = [];
  const beside = new Map<string, OutputFile>();
  let besideObjects = 0;
  for (const [chart, objects] of byChart) {
    if (!ManifestChart.isManifestChart(chart)) {
      foreign.push(chart);
      continue;
    }
    if (objects.length === 0) continue;
    const file = renderManifestChart(chart, objects, problems);
    if (chart.location.beside === undefined) add(file, objects.length);
    else if (beside.has(file.path)) problems.push(sharedFolder(file.path, chart.location.cluster));
    else beside.set(file.path, file);
    if (chart.location.beside !== undefined) besideObjects += objects.length;
  }
  for (const file of renderForeignCharts(app, constructs, foreign, byChart)) add(file, 0);
  for (const file of kustomizationFiles(constructs, output)) add(file, 0);
  throwErrors(problems);
  return { output, objects: counts, beside, besideObjects };
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

function renderManifestChart(chart: ManifestChart, objects: readonly ApiObject[], problems: Problem[]): OutputFile {
  let secret = false;
  const documents = inFileOrder(objects).map((object) => {
    const json: unknown = object.toJson();
    problems.push(...validateSecretSize(object, json));
    secret ||= object.kind === 'Secret';
    return json;
  });
  return { path: pathOf(chart), text: firstLineOf(chart) + toYamlDocuments(documents), secret };
}

/** Each of them would apply what the other needs. */
function sharedFolder(path: string, cluster: string): Problem {
  return {
    code: 'output-collision',
    message: `${path} would be written for cluster ${cluster} and for another one`,
    hint: 'clusters that share the manifests of workloads need placement central',
  };
}

function collision(path: string): Problem {
  return {
    code: 'output-collision',
    message: `two charts write ${path}`,
    hint: 'give one of them another id',
  };
}
