import { byHand, type Case, inTemplate, manifest, ofPodSpec, template } from './case.js';

export const kruiseCases: readonly Case[] = [
  inTemplate('apps.kruise.io/v1beta1', 'CloneSet'),
  inTemplate('apps.kruise.io/v1beta1', 'StatefulSet'),
  inTemplate('apps.kruise.io/v1alpha1', 'DaemonSet'),
  inTemplate('apps.kruise.io/v1beta1', 'BroadcastJob'),
  {
    apiVersion: 'apps.kruise.io/v1alpha1',
    kind: 'AdvancedCronJob',
    rest: {
      spec: {
        template: {
          broadcastJobTemplate: { spec: template },
          imageListPullJobTemplate: { spec: { images: ['r.io/a', 'r.io/b'], pullSecrets: ['own'] } },
        },
      },
    },
    expected: [ofPodSpec, 'default! [own] r.io/a r.io/b'],
    listPath: 'spec.template.broadcastJobTemplate.spec.template.spec.imagePullSecrets',
  },
  {
    apiVersion: 'apps.kruise.io/v1alpha1',
    kind: 'UnitedDeployment',
    rest: { spec: { template: { cloneSetTemplate: { spec: template } }, topology: { subsets: [{ name: 'zone-a' }] } } },
    expected: [ofPodSpec],
    listPath: 'spec.template.cloneSetTemplate.spec.template.spec.imagePullSecrets',
  },
  manifest(
    `
    apiVersion: apps.kruise.io/v1alpha1
    kind: SidecarSet
    spec: { selector: { matchLabels: { app: web } }, containers: [{ name: side, image: r.io/side }] }
    `,
    [],
  ),
  byHand(
    `
    apiVersion: apps.kruise.io/v1alpha1
    kind: ImagePullJob
    spec:
      image: r.io/web
      parallelism: 10
      pullSecrets: [own, other]
    `,
    ['default! [own other] r.io/web'],
    'spec.pullSecrets[]',
  ),
  byHand(
    `
    apiVersion: apps.kruise.io/v1beta1
    kind: ImageListPullJob
    spec: { images: [r.io/web, r.io/db] }
    `,
    ['default! [] r.io/web r.io/db'],
    'spec.pullSecrets[]',
  ),
];
