import { type ApiObject, type App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { OutputFile } from '../output/output.js';
import { toYamlDocuments } from '../yaml/yaml.js';

/**
 * The files of charts that are not ours, as stock cdk8s names and writes them (cdk8s, lib/app.js `synth`). Without
 * explicit dependencies the stock order is the order of the tree, and one walk is enough; with them the stock code
 * itself is asked.
 */
export function renderForeignCharts(
  app: App,
  constructs: readonly IConstruct[],
  charts: readonly Chart[],
  objects: ReadonlyMap<Chart, readonly ApiObject[]>,
): OutputFile[] {
  if (charts.length === 0) return [];
  const stock = hasDependencies(constructs);
  const jsonOf = (chart: Chart): unknown[] =>
    stock || chart.toJson !== Chart.prototype.toJson
      ? Object.values(chart.toJson() as object)
      : (objects.get(chart) ?? []).map((object) => object.toJson() as unknown);
  const rendered = new Map(charts.map((chart) => [chart, jsonOf(chart)]));
  const ordered = stock ? app.charts.filter((chart) => rendered.has(chart)) : charts;
  const nameOf = chartNamer(app, stock);
  const documents = ordered.flatMap((chart) => rendered.get(chart) ?? []);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      return [fileOf(`app${app.outputFileExtension}`, documents)];
    case YamlOutputType.FILE_PER_RESOURCE:
      return documents.map((json) => fileOf(`${resourceName(json)}${app.outputFileExtension}`, [json]));
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return ordered.flatMap((chart) =>
        (rendered.get(chart) ?? []).map((json) =>
          fileOf(`${nameOf(chart)}/${resourceName(json)}${app.outputFileExtension}`, [json]),
        ),
      );
    default:
      return ordered.map((chart) => fileOf(`${nameOf(chart)}${app.outputFileExtension}`, rendered.get(chart) ?? []));
  }
}

/** True if the tree has dependencies of its own: explicit ones, or a chart inside a chart. */
function hasDependencies(constructs: readonly IConstruct[]): boolean {
  return constructs.some(
    (construct) =>
      construct.node.dependencies.length > 0 ||
      (Chart.isChart(construct) && construct.node.scopes.slice(0, -1).some((scope) => Chart.isChart(scope))),
  );
}

/** Stock numbers the files of all charts as soon as one depends on another. */
function chartNamer(app: App, stock: boolean): (chart: Chart) => string {
  const charts = stock ? app.charts : [];
  const dependent = charts.some((chart) => chart.node.dependencies.some((target) => Chart.isChart(target)));
  if (!dependent) return (chart) => Names.toDnsLabel(chart);
  return (chart) => `${String(charts.indexOf(chart)).padStart(4, '0')}-${Names.toDnsLabel(chart)}`;
}

function resourceName(json: unknown): string {
  const { kind, metadata } = json as { kind: string; metadata: { name: string } };
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

function fileOf(path: string, documents: readonly unknown[]): OutputFile {
  return { path, text: toYamlDocuments(documents), stock: true };
}
