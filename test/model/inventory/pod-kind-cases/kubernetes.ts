import { parse } from 'yaml';
import { type Case, inTemplate, manifest, ofPodSpec, podSpec, template } from './case.js';

export const kubernetesCases: readonly Case[] = [
  { apiVersion: 'v1', kind: 'Pod', rest: { spec: podSpec }, expected: [ofPodSpec], listPath: 'spec.imagePullSecrets' },
  {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    rest: template,
    expected: [ofPodSpec],
    listPath: 'template.spec.imagePullSecrets',
  },
  inTemplate('v1', 'ReplicationController'),
  inTemplate('apps/v1', 'Deployment'),
  inTemplate('apps/v1', 'StatefulSet'),
  inTemplate('apps/v1', 'DaemonSet'),
  inTemplate('apps/v1', 'ReplicaSet'),
  inTemplate('batch/v1', 'Job'),
  {
    apiVersion: 'batch/v1beta1',
    kind: 'CronJob',
    rest: { spec: { jobTemplate: { spec: template } } },
    expected: [ofPodSpec],
    listPath: 'spec.jobTemplate.spec.template.spec.imagePullSecrets',
  },
  inTemplate('apps.openshift.io/v1', 'DeploymentConfig'),
  {
    apiVersion: 'build.openshift.io/v1',
    kind: 'BuildConfig',
    rest: parse(`
      spec:
        strategy:
          type: Source
          sourceStrategy: { from: { kind: DockerImage, name: r.io/builder }, pullSecret: { name: own } }
        source:
          images:
            - { from: { kind: ImageStreamTag, name: "tools:1", namespace: shared }, paths: [] }
            - { from: { kind: ImageStreamImage, name: "lib@sha256:00" }, pullSecret: { name: other } }
    `),
    expected: ['builder [own] r.io/builder', 'builder [] shared/tools=tools:1', 'builder [other] lib=lib@sha256:00'],
    listPath: undefined,
    namesField: 'spec.strategy.sourceStrategy.pullSecret.name',
  },
  manifest(
    `
    apiVersion: keda.sh/v1alpha1
    kind: ScaledJob
    spec:
      jobTargetRef:
        template:
          spec:
            imagePullSecrets: [{ name: own }]
            containers: [{ name: consumer, image: r.io/consumer }]
      triggers: [{ type: rabbitmq, metadata: { queueName: hello } }]
    `,
    ['default [own] r.io/consumer'],
    'spec.jobTargetRef.template.spec.imagePullSecrets',
  ),
  inTemplate('serving.knative.dev/v1', 'Service'),
  inTemplate('serving.knative.dev/v1', 'Configuration'),
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Revision',
    rest: { spec: podSpec },
    expected: [ofPodSpec],
    listPath: 'spec.imagePullSecrets',
  },
  manifest(
    `
    apiVersion: caching.internal.knative.dev/v1alpha1
    kind: Image
    spec: { image: r.io/queue, serviceAccountName: runner, imagePullSecrets: [{ name: own }] }
    `,
    ['runner [own] r.io/queue'],
    'spec.imagePullSecrets',
  ),
];
