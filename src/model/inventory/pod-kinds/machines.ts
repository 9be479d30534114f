import type { PodKind, PodPath } from '../pod-kind.js';

const machine = 'spec.template.spec';

/** Virtual machines, whose disks are images. */
export const machineKinds: readonly PodKind[] = [
  // KubeVirt: github.com/kubevirt/kubevirt staging/src/kubevirt.io/api/core/v1/schema.go, pkg/virt-controller/services
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachine',
    pods: [disks(machine), imported('spec.dataVolumeTemplates[].spec.source.registry')],
  },
  { group: 'kubevirt.io', kind: 'VirtualMachineInstance', pods: [disks('spec')] },
  { group: 'kubevirt.io', kind: 'VirtualMachineInstanceReplicaSet', pods: [disks(machine)] },
  {
    group: 'pool.kubevirt.io',
    kind: 'VirtualMachinePool',
    pods: [disks('spec.virtualMachineTemplate.spec.template.spec')],
  },

  // CDI: github.com/kubevirt/containerized-data-importer staging/…/core/v1beta1/types.go, DataVolumeSourceRegistry
  { group: 'cdi.kubevirt.io', kind: 'DataVolume', pods: [imported('spec.source.registry')] },
  { group: 'cdi.kubevirt.io', kind: 'DataImportCron', pods: [imported('spec.template.spec.source.registry')] },
];

// Each disk names one pull secret; the pod gets those of all its disks.
function disks(at: string): PodPath {
  const boot = '.domain.firmware.kernelBoot.container';
  return {
    at,
    images: ['.volumes[].containerDisk.image', `${boot}.image`],
    serviceAccount: ['.volumes[].serviceAccount.serviceAccountName'],
    pullSecrets: ['.volumes[].containerDisk.imagePullSecret', `${boot}.imagePullSecret`],
  };
}

// The importer reads a Secret of its own form, and takes nothing from an account.
function imported(at: string): PodPath {
  return {
    at,
    images: [{ path: '.url', transport: 'docker://' }],
    pullSecrets: ['.secretRef'],
    defaultAccount: { name: 'default', ownListOnly: true },
  };
}
