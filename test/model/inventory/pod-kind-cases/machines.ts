import { byHand, type Case } from './case.js';

export const machineCases: readonly Case[] = [
  byHand(
    `
    apiVersion: kubevirt.io/v1
    kind: VirtualMachine
    spec:
      runStrategy: Always
      dataVolumeTemplates:
        - { metadata: { name: boot }, spec: { source: { registry: { url: docker://r.io/boot, secretRef: endpoint } } } }
      template:
        spec:
          domain: { devices: {}, firmware: { kernelBoot: { container: { image: r.io/kernel } } } }
          volumes:
            - { name: root, containerDisk: { image: r.io/disk, imagePullSecret: own } }
            - { name: account, serviceAccount: { serviceAccountName: runner } }
    `,
    ['runner [own] r.io/disk r.io/kernel', 'default! [endpoint] r.io/boot'],
    'spec.template.spec.volumes[].containerDisk.imagePullSecret',
  ),
  byHand(
    `
    apiVersion: kubevirt.io/v1
    kind: VirtualMachineInstance
    spec:
      domain: { devices: {}, firmware: { kernelBoot: { container: { image: r.io/kernel } } } }
      volumes:
        - { name: root, containerDisk: { image: r.io/disk, imagePullSecret: own } }
        - { name: account, serviceAccount: { serviceAccountName: runner } }
    `,
    ['runner [own] r.io/disk r.io/kernel'],
    'spec.volumes[].containerDisk.imagePullSecret',
  ),
  byHand(
    `
    apiVersion: kubevirt.io/v1
    kind: VirtualMachineInstanceReplicaSet
    spec:
      replicas: 2
      template:
        spec:
          domain: { devices: {}, firmware: { kernelBoot: { container: { image: r.io/kernel } } } }
          volumes:
            - { name: root, containerDisk: { image: r.io/disk, imagePullSecret: own } }
            - { name: account, serviceAccount: { serviceAccountName: runner } }
    `,
    ['runner [own] r.io/disk r.io/kernel'],
    'spec.template.spec.volumes[].containerDisk.imagePullSecret',
  ),
  byHand(
    `
    apiVersion: pool.kubevirt.io/v1beta1
    kind: VirtualMachinePool
    spec:
      virtualMachineTemplate:
        spec:
          template:
            spec:
              domain: { devices: {}, firmware: { kernelBoot: { container: { image: r.io/kernel } } } }
              volumes:
                - { name: root, containerDisk: { image: r.io/disk, imagePullSecret: own } }
                - { name: account, serviceAccount: { serviceAccountName: runner } }
    `,
    ['runner [own] r.io/disk r.io/kernel'],
    'spec.virtualMachineTemplate.spec.template.spec.volumes[].containerDisk.imagePullSecret',
  ),
  byHand(
    `
    apiVersion: cdi.kubevirt.io/v1beta1
    kind: DataVolume
    spec:
      source: { registry: { url: docker://r.io/fedora } }
      storage: { resources: { requests: { storage: 5Gi } } }
    `,
    ['default! [] r.io/fedora'],
    'spec.source.registry.secretRef',
  ),
  byHand(
    `
    apiVersion: cdi.kubevirt.io/v1beta1
    kind: DataImportCron
    spec:
      schedule: 30 1 * * 1
      template: { spec: { source: { registry: { url: docker://r.io/fedora } } } }
    `,
    ['default! [] r.io/fedora'],
    'spec.template.spec.source.registry.secretRef',
  ),
];
