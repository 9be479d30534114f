import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { globalPullSecretOf, ownershipMoves } from '../model/vocabulary/global-pull-secret.js';
import type { ClusterSpec } from '../model/vocabulary/spec.js';
import type { ClusterScope } from './scopes.js';

/** Constructs read no files; the config does. */
export function unreadDocument({ globalPullSecret }: Pick<ClusterSpec, 'globalPullSecret'>): Problem[] {
  const { file, document } = globalPullSecret?.current?.plaintext ?? {};
  if (file === undefined || document) return [];
  return [
    At.of().refuse(
      'source-invalid',
      words`the global pull secret: ${file} has not been read`,
      'give its content: document: DockerConfigDocument.parse(readFileSync(file))',
    ),
  ];
}

/** Warnings about what the cluster takes over from OpenShift. */
export function ownershipWarnings(cluster: ClusterScope): Problem[] {
  const global = globalPullSecretOf(cluster.model());
  return global && !global.hosted ? [ownershipMoves(cluster.name, global)] : [];
}

/** The namespace of a source was made too late for it to come first. */
export function askedForBefore(namespace: string): Problem {
  return At.of().refuse(
    'pull-secret-late',
    words`namespace ${namespace} was asked for before the pull secret whose source lives in it`,
  );
}

/** A cluster inside of a chart has no files of its own. */
export function enclosed(name: string): Problem {
  return At.of().refuse(
    'bootstrap-invalid',
    words`cluster ${name} lies inside a chart, whose file is all it has: bootstrap and kustomization need files of their own`,
    'make the Cluster directly in the app, or leave them out',
  );
}
