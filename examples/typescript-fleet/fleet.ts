import type { ClusterProps } from 'cdk8s-image-pull';

/** A row of the table: what sets a cluster apart from the others. */
export interface Row {
  readonly props: ClusterProps;
  /** The ClusterSecretStore of External Secrets there. */
  readonly store: string;
  /** The namespaces that run images of ours. */
  readonly namespaces: readonly string[];
  /** The label by which a namespace asks for the pull secret, where whoever creates one decides. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Who pulls from the image streams of a namespace (OpenShift). */
  readonly grants?: Readonly<Record<string, readonly string[]>>;
}

export const fleet: Readonly<Record<string, Row>> = {
  'eu-prod': {
    props: { kubernetes: '1.35', gitops: 'argocd' },
    store: 'vault-eu',
    namespaces: ['catalog', 'checkout'],
  },
  'us-prod': {
    props: { kubernetes: '1.35', gitops: 'flux' },
    store: 'aws-us-east-1',
    namespaces: ['catalog', 'checkout'],
  },
  // Anybody may create namespaces here, so Kyverno clones the pull secret by label and puts it on the pods.
  sandbox: {
    props: {
      kubernetes: '1.36',
      gitops: 'argocd',
      kyverno: '1.19',
      distribution: 'kyverno',
      attachment: { podPolicy: 'kyverno' },
    },
    store: 'vault-eu',
    namespaces: [],
    labels: { 'acme.example/pulls': 'ghcr' },
  },
  // OpenShift owns the lists of its service accounts; a policy adds to the pods instead.
  ocp: {
    props: { openshift: '4.20', gitops: 'argocd', kyverno: '1.19', attachment: { podPolicy: 'kyverno' } },
    store: 'vault-ocp',
    namespaces: ['billing'],
    grants: { images: ['billing', 'reports'] },
  },
};
