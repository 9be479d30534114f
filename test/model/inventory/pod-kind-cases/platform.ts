import { byHand, type Case, inTemplate, manifest, ofPodSpec, podSpec } from './case.js';

export const platformCases: readonly Case[] = [
  byHand(
    `
    apiVersion: fluxcd.controlplane.io/v1
    kind: FluxInstance
    spec: { distribution: { version: 2.x, registry: r.io/fluxcd, imagePullSecret: own } }
    `,
    ['source-controller! [own] r.io/fluxcd/source-controller'],
    'spec.distribution.imagePullSecret',
  ),
  manifest(
    `
    apiVersion: operator.tigera.io/v1
    kind: Installation
    spec: { registry: r.io/, imagePullSecrets: [{ name: own }] }
    `,
    ['calico-node! [own] r.io/calico/node'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: pkg.crossplane.io/v1
    kind: Provider
    spec: { package: 'r.io/package:v1', packagePullSecrets: [{ name: own }] }
    `,
    ['crossplane! [own] r.io/package:v1'],
    'spec.packagePullSecrets',
  ),
  manifest(
    `
    apiVersion: pkg.crossplane.io/v1
    kind: Function
    spec: { package: 'r.io/package:v1', packagePullSecrets: [{ name: own }] }
    `,
    ['crossplane! [own] r.io/package:v1'],
    'spec.packagePullSecrets',
  ),
  manifest(
    `
    apiVersion: pkg.crossplane.io/v1
    kind: Configuration
    spec: { package: 'r.io/package:v1', packagePullSecrets: [{ name: own }] }
    `,
    ['crossplane! [own] r.io/package:v1'],
    'spec.packagePullSecrets',
  ),
  manifest(
    `
    apiVersion: pkg.crossplane.io/v1beta1
    kind: DeploymentRuntimeConfig
    spec:
      deploymentTemplate: { spec: { template: { spec: { containers: [{ name: package-runtime }, { name: s, image: r.io/side }] } } } }
    `,
    ['default [] r.io/side'],
    'spec.deploymentTemplate.spec.template.spec.imagePullSecrets',
  ),
  byHand(
    `
    apiVersion: operators.coreos.com/v1alpha1
    kind: CatalogSource
    spec:
      sourceType: grpc
      image: r.io/catalog
      secrets: [own]
    `,
    ['x! [own] r.io/catalog'],
    'spec.secrets[]',
  ),
  manifest(
    `
    apiVersion: operators.coreos.com/v1alpha1
    kind: ClusterServiceVersion
    spec:
      install:
        strategy: deployment
        spec:
          deployments:
            - { name: operator, spec: { template: { spec: { serviceAccountName: operator, containers: [{ name: m, image: r.io/operator }] } } } }
    `,
    ['operator [] r.io/operator'],
    'spec.install.spec.deployments[0].spec.template.spec.imagePullSecrets',
  ),
  inTemplate('actions.github.com/v1alpha1', 'AutoscalingRunnerSet'),
  {
    apiVersion: 'actions.github.com/v1alpha1',
    kind: 'EphemeralRunnerSet',
    rest: { spec: { replicas: 1, ephemeralRunnerSpec: { spec: podSpec } } },
    expected: [ofPodSpec],
    listPath: 'spec.ephemeralRunnerSpec.spec.imagePullSecrets',
  },
  {
    apiVersion: 'actions.github.com/v1alpha1',
    kind: 'EphemeralRunner',
    rest: { spec: { spec: podSpec } },
    expected: [ofPodSpec],
    listPath: 'spec.spec.imagePullSecrets',
  },
  manifest(
    `
    apiVersion: actions.summerwind.dev/v1alpha1
    kind: RunnerDeployment
    spec: { template: { spec: { repository: acme/web, serviceAccountName: runner, imagePullSecrets: [{ name: own }], image: r.io/runner, containers: [{ name: main, image: r.io/main }] } } }
    `,
    ['runner [own] r.io/main r.io/runner'],
    'spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: actions.summerwind.dev/v1alpha1
    kind: RunnerReplicaSet
    spec: { template: { spec: { repository: acme/web, serviceAccountName: runner, imagePullSecrets: [{ name: own }], image: r.io/runner, containers: [{ name: main, image: r.io/main }] } } }
    `,
    ['runner [own] r.io/main r.io/runner'],
    'spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: actions.summerwind.dev/v1alpha1
    kind: Runner
    spec: { repository: acme/web, serviceAccountName: runner, imagePullSecrets: [{ name: own }], image: r.io/runner, containers: [{ name: main, image: r.io/main }] }
    `,
    ['runner [own] r.io/main r.io/runner'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: actions.summerwind.dev/v1alpha1
    kind: RunnerSet
    spec:
      repository: acme/web
      image: r.io/runner
      template: { spec: { containers: [{ name: runner, resources: {} }] } }
    `,
    ['default [] r.io/runner'],
    'spec.template.spec.imagePullSecrets',
  ),
];
