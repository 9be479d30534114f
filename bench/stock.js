// The same kinds of objects from stock cdk8s. Arguments: "charts" (one per namespace) or "chart" (one), namespaces, outdir.
const { ApiObject, App, Chart } = require('cdk8s');

const [kind, namespaces, outdir] = process.argv.slice(2);
const app = new App({ outdir });
const shared = kind === 'chart' ? new Chart(app, 'all') : undefined;
for (let index = 0; index < Number(namespaces); index++) {
  const namespace = `team-${index}`;
  const chart = shared ?? new Chart(app, namespace);
  for (const [id, props] of Object.entries(objectsOf(namespace))) new ApiObject(chart, `${namespace}-${id}`, props);
}
app.synth();

function objectsOf(namespace) {
  const argocd = (wave, options) => ({
    'argocd.argoproj.io/sync-options': options,
    'argocd.argoproj.io/sync-wave': wave,
  });
  const kept = { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };
  const protectedOptions = 'ServerSideApply=true,Prune=false,Delete=false';
  return {
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, annotations: { ...kept, ...argocd('-5', protectedOptions) } },
    },
    secret: {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'ghcr-pull', namespace, annotations: argocd('-4', 'SkipDryRunOnMissingResource=true') },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        data: ['username', 'password'].map((property) => ({
          secretKey: property,
          remoteRef: { key: 'registries/ghcr', property },
        })),
        target: {
          name: 'ghcr-pull',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            type: 'kubernetes.io/dockerconfigjson',
            data: {
              '.dockerconfigjson':
                '{"auths":{"ghcr.io/acme/":{"auth":"{{ printf "%s:%s" .username .password | b64enc }}"}}}',
            },
          },
        },
      },
    },
    account: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace, annotations: { ...kept, ...argocd('-3', protectedOptions) } },
      imagePullSecrets: [{ name: 'ghcr-pull' }],
    },
  };
}
