import { deployment } from '../../support.js';
import { namespace as namespaceObject } from '../cluster/objects.js';
import type { Changes } from './git-repository.js';

/** The pull secret that the workloads of {@link workloadsOf} need. */
export const pullSecret = 'ghcr-pull';

/** The pull secret of images of quay.io/acme. */
export const otherPullSecret = 'quay-pull';

/** A config of one cluster whose workloads lie below apps, one folder for each namespace. */
export function configOf(cluster: string): string {
  return `version: 1
registries: { ghcr: { preset: ghcr, path: acme }, quay: { preset: quay, path: acme } }
pullSecrets:
  ${pullSecret}: { registries: [ghcr], source: { external: { store: vault, key: registries/ghcr } } }
  ${otherPullSecret}: { registries: [quay], source: { external: { store: vault, key: registries/quay } } }
clusters:
  prod: ${cluster}
workloads: [apps]
`;
}

/** How the workloads of a namespace are written. */
interface Workloads {
  /** Whether they bring the Namespace. @default false */
  readonly isDeclared?: boolean;
  /** Whether they list the pull secret. @default false */
  readonly list?: boolean;
  /** Labels of the Namespace that they bring. @default - none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The files of the workloads of a namespace: its Deployment, and the Namespace where the workloads bring it. */
export function workloadsOf(namespace: string, { isDeclared = false, list = false, labels }: Workloads = {}): Changes {
  const names = list ? `imagePullSecrets: [{ name: ${pullSecret} }],` : '';
  return {
    ...workloadOf(namespace, 'web', 'ghcr.io/acme/web:v1', names),
    ...(isDeclared && {
      [`apps/${namespace}/namespace.yaml`]: `${JSON.stringify(namespaceObject(namespace, labels))}\n`,
    }),
  };
}

/** The file of one Deployment. */
export function workloadOf(namespace: string, name: string, image: string, podSpec = ''): Changes {
  const text = deployment(namespace, name, [image], podSpec)
    .replace('spec: { template:', `spec: { selector: { matchLabels: { app: ${name} } }, template:`)
    .replace('template: { spec:', `template: { metadata: { labels: { app: ${name} } }, spec:`);
  return { [`apps/${namespace}/${name}.yaml`]: text };
}
