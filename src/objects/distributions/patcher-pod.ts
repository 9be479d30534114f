import { ImageReference } from '../../model/image/image-reference.js';
import { sortedUnique } from '../../model/names/names.js';
import type { PatcherSettings } from '../../model/vocabulary/patcher.js';
import type { DeliveryContext } from '../delivery-object.js';

const folder = '/app/secrets';

/**
 * The pod of imagepullsecret-patcher, hardened to the restricted Pod Security Standard. The image runs as root by
 * itself and needs nothing of it: the program reads one mounted file and talks to the API server. Its image is built
 * for amd64 only.
 */
export function patcherPod(account: string, patcher: PatcherSettings, context: DeliveryContext): unknown {
  const { pullSecret, cluster } = context;
  return {
    automountServiceAccountToken: true,
    containers: [
      {
        env: environment(patcher, context),
        image: patcher.image,
        name: 'imagepullsecret-patcher',
        resources: patcher.resources,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [{ mountPath: folder, name: 'source', readOnly: true }],
      },
    ],
    enableServiceLinks: false,
    ...(isPulledWith(patcher, context) && { imagePullSecrets: [{ name: pullSecret.name }] }),
    nodeSelector: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' },
    securityContext: {
      runAsNonRoot: true,
      // OpenShift gives every namespace users of its own, and refuses others (SCC restricted-v2).
      ...(cluster.platform === 'kubernetes' && { runAsGroup: 65534, runAsUser: 65534 }),
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName: account,
    volumes: [{ name: 'source', secret: { secretName: pullSecret.name } }],
  };
}

/**
 * Every setting, so that no default of another version counts. Names are compared as they stand: no spaces
 * (imagepullsecret-patcher v0.14, main.go). The file is read again in every round, so a rotated credential is seen.
 */
function environment(patcher: PatcherSettings, { pullSecret, scope }: DeliveryContext): unknown[] {
  const settings: Readonly<Record<string, string>> = {
    CONFIG_ALLSERVICEACCOUNT: String(patcher.serviceAccounts === undefined),
    CONFIG_DEBUG: String(patcher.debug),
    CONFIG_DOCKERCONFIGJSONPATH: `${folder}/.dockerconfigjson`,
    CONFIG_EXCLUDED_NAMESPACES: scope.except.join(','),
    CONFIG_FORCE: String(patcher.force),
    CONFIG_LOOP_DURATION: patcher.loopDuration,
    CONFIG_MANAGEDONLY: 'false',
    CONFIG_RUNONCE: 'false',
    CONFIG_SECRETNAME: pullSecret.name,
    ...(patcher.serviceAccounts && { CONFIG_SERVICEACCOUNTS: sortedUnique(patcher.serviceAccounts).join(',') }),
  };
  return Object.entries(settings)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}

/** True if the image lies in a registry of the pull secret, whose source is at hand. */
function isPulledWith({ image }: PatcherSettings, { pullSecret, cluster }: DeliveryContext): boolean {
  const reference = ImageReference.tryParse(image);
  const registry = 'error' in reference ? undefined : cluster.registryIndex.find(reference);
  return registry !== undefined && pullSecret.registries.includes(registry);
}
