import type { Destination } from './applied.js';

/** The cluster of a GitOps engine itself, as destinations name it. */
export const ownCluster = { server: 'https://kubernetes.default.svc', name: 'in-cluster' } as const;

/** Whether a destination is the cluster that the engine itself runs in. */
export function isOwnCluster({ server, name }: Destination): boolean {
  return (
    (server === undefined && name === undefined) ||
    withoutSlash(server) === ownCluster.server ||
    name === ownCluster.name
  );
}

/** Whether a destination is the cluster that these names stand for. Without names every destination is. */
export function isDestination(names: Destination, destination: Destination): boolean {
  if (names.server === undefined && names.name === undefined) return true;
  const isServer = names.server !== undefined && withoutSlash(names.server) === withoutSlash(destination.server);
  const isName = names.name !== undefined && names.name === destination.name;
  return isServer || isName || (isOwnCluster(names) && isOwnCluster(destination));
}

function withoutSlash(server: string | undefined): string | undefined {
  return server?.replace(/\/+$/, '');
}
