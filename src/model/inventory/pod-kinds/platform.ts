import type { PodKind } from '../pod-kind.js';

/** Kinds that install and run the parts of a platform. */
export const platformKinds: readonly PodKind[] = [
  // Flux operator: github.com/controlplaneio-fluxcd/flux-operator api/v1/fluxinstance_types.go
  {
    group: 'fluxcd.controlplane.io',
    kind: 'FluxInstance',
    pods: [{ images: [{ path: 'spec.distribution.registry', name: '/source-controller' }] }],
    pullSecrets: ['spec.distribution.imagePullSecret'],
    defaultAccount: { name: 'source-controller', ownListOnly: true },
  },

  // Calico: github.com/tigera/operator api/v1/installation_types.go; its pods are in namespaces of their own
  {
    group: 'operator.tigera.io',
    kind: 'Installation',
    pods: [{ images: [{ path: 'spec.registry', name: '/calico/node' }] }],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: 'calico-node', ownListOnly: true },
    ofCluster: true,
  },

  // Crossplane: github.com/crossplane/crossplane apis/pkg/v1, internal/controller/pkg/runtime
  ...['Provider', 'Function', 'Configuration'].map(crossplanePackage),
  {
    group: 'pkg.crossplane.io',
    kind: 'DeploymentRuntimeConfig',
    pods: [{ podSpec: 'spec.deploymentTemplate.spec.template.spec', imageRequired: false }],
    ofCluster: true,
  },

  // Operator Lifecycle Manager: github.com/operator-framework/api pkg/operators/v1alpha1
  {
    group: 'operators.coreos.com',
    kind: 'CatalogSource',
    pods: [{ images: ['spec.image'] }],
    pullSecrets: ['spec.secrets[]'],
    defaultAccount: { name: '{name}', ownListOnly: true },
  },
  {
    group: 'operators.coreos.com',
    kind: 'ClusterServiceVersion',
    pods: [{ podSpec: 'spec.install.spec.deployments[].spec.template.spec' }],
  },

  // Actions Runner Controller: github.com/actions/actions-runner-controller apis/actions.github.com/v1alpha1
  {
    group: 'actions.github.com',
    kind: 'AutoscalingRunnerSet',
    pods: [{ podSpec: 'spec.template.spec' }],
    // Listeners run where the controller does.
    injects: ['spec.listenerTemplate.spec.containers[].image', 'spec.listenerTemplate.spec.initContainers[].image'],
  },
  { group: 'actions.github.com', kind: 'EphemeralRunnerSet', pods: [{ podSpec: 'spec.ephemeralRunnerSpec.spec' }] },
  { group: 'actions.github.com', kind: 'EphemeralRunner', pods: [{ podSpec: 'spec.spec' }] },

  // its older API: apis/actions.summerwind.net/v1alpha1
  { group: 'actions.summerwind.dev', kind: 'RunnerDeployment', pods: [runner('spec.template.spec')] },
  { group: 'actions.summerwind.dev', kind: 'RunnerReplicaSet', pods: [runner('spec.template.spec')] },
  { group: 'actions.summerwind.dev', kind: 'Runner', pods: [runner('spec')] },
  {
    group: 'actions.summerwind.dev',
    kind: 'RunnerSet',
    pods: [
      {
        podSpec: 'spec.template.spec',
        images: [{ path: 'spec.image', ofEveryPod: true }],
        imageRequired: false,
      },
    ],
  },
];

// Packages are pulled by Crossplane itself; the pods of providers and functions get the same list.
function crossplanePackage(kind: string): PodKind {
  return {
    group: 'pkg.crossplane.io',
    kind,
    pods: [{ images: ['spec.package'] }],
    pullSecrets: ['spec.packagePullSecrets[].name'],
    defaultAccount: { name: 'crossplane', ownListOnly: true },
    ofCluster: true,
  };
}

function runner(podSpec: string): PodKind['pods'][number] {
  return { podSpec, images: ['.image', '.sidecarContainers[].image'], imageRequired: false };
}
