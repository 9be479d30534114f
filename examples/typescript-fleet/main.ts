import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';
import { fleet, type Row } from './fleet.js';

const app = new ImagePullApp();
for (const [name, row] of Object.entries(fleet)) addCluster(name, row);
app.synth();

/** Makes a cluster out of its row: what stands here is the same on all of them. */
function addCluster(name: string, { props, store, namespaces, labels, grants = {} }: Row): void {
  const cluster = new Cluster(app, name, props);
  const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const pull = new PullSecret(cluster, 'ghcr-pull', {
    registries: [ghcr],
    source: Source.external({ store, key: 'registries/ghcr' }),
    ...(labels && { for: { labels } }),
  });

  for (const each of namespaces) {
    const namespace = cluster.namespace(each);
    // A policy puts the name on pods; where there is none, the account lists it.
    if (props.attachment) namespace.pullSecret(pull);
    else namespace.serviceAccount('default').attach(pull);
  }

  for (const [images, consumers] of Object.entries(grants)) {
    const namespace = cluster.namespace(images, { declare: false });
    for (const to of consumers) namespace.grant({ to });
  }
}
