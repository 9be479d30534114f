import { deployment } from '../../support.js';
import type { Changes } from './git-repository.js';

/** The pull secret that the workloads of {@link workloadsOf} need. */
export const pullSecret = 'ghcr-pull';

/** A config of one cluster whose workloads lie below apps, one folder for each namespace. */
export function configOf(cluster: string, more = ''): string {
  return `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets:
  ${pullSecret}: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } }${more} }
clusters:
  prod: ${cluster}
workloads: [apps]
`;
}

/** The files of the workloads of a namespace: its Deployment, and the Namespace where the workloads bring it. */
export function workloadsOf(namespace: string, { isDeclared = false, list = false } = {}): Changes {
  const names = list ? `imagePullSecrets: [{ name: ${pullSecret} }],` : '';
  const web = deployment(namespace, 'web', ['ghcr.io/acme/web:v1'], names)
    .replace('spec: { template:', 'spec: { selector: { matchLabels: { app: web } }, template:')
    .replace('template: { spec:', 'template: { metadata: { labels: { app: web } }, spec:');
  return {
    [`apps/${namespace}/web.yaml`]: web,
    ...(isDeclared && {
      [`apps/${namespace}/namespace.yaml`]: `{ apiVersion: v1, kind: Namespace, metadata: { name: ${namespace} } }\n`,
    }),
  };
}
