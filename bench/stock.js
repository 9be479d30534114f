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
  const wave = (number) => ({ 'argocd.argoproj.io/sync-wave': String(number) });
  return {
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        annotations: { ...wave(-3), 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
    },
    secret: {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'ghcr-pull', namespace, annotations: wave(-2) },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: {
          template: {
            type: 'kubernetes.io/dockerconfigjson',
            data: {
              '.dockerconfigjson':
                '{"auths":{"ghcr.io/acme":{"auth":"{{ printf "%s:%s" .username .password | b64enc }}"}}}',
            },
          },
        },
        data: ['username', 'password'].map((property) => ({
          secretKey: property,
          remoteRef: { key: 'registries/ghcr', property },
        })),
      },
    },
    account: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace, annotations: wave(-1) },
      imagePullSecrets: [{ name: 'ghcr-pull' }],
    },
  };
}
