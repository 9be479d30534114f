import { ApiObject, type Chart, Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  ImagePullError,
  PullSecret,
  type PullSecretProps,
  Source,
} from '../../src/index.js';

/** Where the credential of {@link inChart} is. */
export const external = Source.external({ store: 'vault', key: 'registries/ghcr' });

/** A cluster inside a chart, with one registry and one pull secret `p`. */
export function inChart(props: Partial<PullSecretProps> = {}, clusterProps: ClusterProps = {}) {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'prod', clusterProps);
  const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const pull = new PullSecret(cluster, 'p', { registries: [ghcr], source: external, ...props });
  return { chart, cluster, ghcr, pull };
}

/** A Deployment of the chart with one container. */
export function deployment(chart: Chart, namespace: string, image: string, podSpec: object = {}): ApiObject {
  return new ApiObject(chart, `${namespace}-web`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: { template: { spec: { containers: [{ name: 'c', image }], ...podSpec } } },
  });
}

/** The codes of the problems that an action throws; none where it throws nothing. */
export function codesOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (ImagePullError.is(error)) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}
