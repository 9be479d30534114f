import type { App } from 'cdk8s';
import { Cluster, PullSecret, Source } from 'cdk8s-image-pull';

/** Gives every workload of the app what its images need. */
export function giveAccess(app: App): void {
  // Another team makes the namespaces, so they are not declared here.
  const prod = new Cluster(app, 'prod', { kubernetes: '1.35', gitops: 'argocd', declareNamespaces: false });
  const ghcr = prod.registry('ghcr', { preset: 'ghcr', path: 'acme' });
  const vendor = prod.registry('vendor', { host: 'registry.vendor.example', path: 'agents' });
  prod.registry('redhat', { host: 'registry.access.redhat.com', access: 'public' });

  // The Secret of ghcr is there already; the vendor's credential comes out of the store.
  new PullSecret(prod, 'ghcr-pull', { registries: [ghcr], source: Source.existing() });
  new PullSecret(prod, 'vendor-pull', {
    registries: [vendor],
    source: Source.external({ store: 'vault', key: 'registries/vendor' }),
    allow: ['monitoring'],
  });

  prod.attachAll(app);
}
