// Three objects for each of many namespaces, from this package's constructs. Arguments: lib folder, namespaces, outdir.
const [lib, namespaces, outdir] = process.argv.slice(2);
const { Cluster, ImagePullApp, PullSecret, Source } = require(lib);

const app = new ImagePullApp({ outdir });
const cluster = new Cluster(app, 'prod', { kubernetes: '1.35', gitops: 'argocd' });
const ghcr = cluster.registry('ghcr', { preset: 'ghcr', path: 'acme' });
const pull = new PullSecret(cluster, 'ghcr-pull', {
  registries: [ghcr],
  source: Source.external({ store: 'vault', key: 'registries/ghcr' }),
});
for (let index = 0; index < Number(namespaces); index++) {
  cluster.namespace(`team-${index}`).serviceAccount('default').attach(pull);
}
app.synth();
