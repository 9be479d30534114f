import type { PodKind, PodPath } from '../pod-kind.js';

/** Kubernetes itself, OpenShift, and what scales pods of its own. */
export const kubernetesKinds: readonly PodKind[] = [
  // Kubernetes: k8s.io/api core/v1, apps/v1, batch/v1
  { group: '', kind: 'Pod', pods: [{ podSpec: 'spec' }] },
  { group: '', kind: 'PodTemplate', pods: [{ podSpec: 'template.spec' }] },
  { group: '', kind: 'ReplicationController', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'Deployment', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'StatefulSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'DaemonSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'apps', kind: 'ReplicaSet', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'batch', kind: 'Job', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'batch', kind: 'CronJob', pods: [{ podSpec: 'spec.jobTemplate.spec.template.spec' }] },

  // OpenShift: github.com/openshift/api apps/v1, build/v1
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', pods: [{ podSpec: 'spec.template.spec' }] },
  {
    group: 'build.openshift.io',
    kind: 'BuildConfig',
    pods: [
      build('spec.strategy.sourceStrategy'),
      build('spec.strategy.dockerStrategy'),
      build('spec.strategy.customStrategy'),
      build('spec.source.images[]'),
    ],
    serviceAccount: ['spec.serviceAccount'],
    defaultAccount: { name: 'builder' },
  },

  // KEDA: github.com/kedacore/keda config/crd/bases/keda.sh_scaledjobs.yaml
  { group: 'keda.sh', kind: 'ScaledJob', pods: [{ podSpec: 'spec.jobTargetRef.template.spec' }] },

  // Knative: knative.dev/serving pkg/apis/serving/v1
  { group: 'serving.knative.dev', kind: 'Service', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'serving.knative.dev', kind: 'Configuration', pods: [{ podSpec: 'spec.template.spec' }] },
  { group: 'serving.knative.dev', kind: 'Revision', pods: [{ podSpec: 'spec' }] },

  // Knative caching: knative.dev/caching pkg/apis/caching/v1alpha1/image_types.go
  {
    group: 'caching.internal.knative.dev',
    kind: 'Image',
    pods: [{ images: ['spec.image'] }],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
  },
];

function build(at: string): PodPath {
  return { at, images: [{ path: '.from', reference: true }], pullSecrets: ['.pullSecret.name'] };
}
