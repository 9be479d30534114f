import { Testing } from 'cdk8s';
import { Cluster, type ClusterProps, PullSecret, type PullSecretProps, Source } from '../../src/index.js';

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
