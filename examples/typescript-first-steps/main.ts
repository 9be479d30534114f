import { Cluster, ImagePullApp, PullSecret, Source } from 'cdk8s-image-pull';

const app = new ImagePullApp();
const prod = new Cluster(app, 'prod', { kubernetes: '1.35', gitops: 'argocd' });

// A registry is a host with a path: the credential is for the images of the platform project, and for no others on this host.
const harbor = prod.registry('harbor', { preset: 'harbor', host: 'harbor.acme.example', path: 'platform' });

// The id is the name of the Secret. Its value stays in Vault, and External Secrets brings it into the cluster.
const pull = new PullSecret(prod, 'harbor-pull', {
  registries: [harbor],
  source: Source.external({ store: 'vault', key: 'registries/harbor' }),
});

// Pods that name no service account run as default; the invoices are made under an account of their own.
const billing = prod.namespace('billing');
billing.serviceAccount('default').attach(pull);
billing.serviceAccount('invoices').attach(pull);

app.synth();
