import type { PodKind, PodPath } from '../pod-kind.js';
import { patchedPod, patchImages } from './pod-template.js';

const elasticKinds = [
  ['kibana', 'Kibana'],
  ['apm', 'ApmServer'],
  ['enterprisesearch', 'EnterpriseSearch'],
  ['logstash', 'Logstash'],
  ['maps', 'ElasticMapsServer'],
  ['packageregistry', 'PackageRegistry'],
] as const;

const victoriaKinds = [
  ...['VMAgent', 'VMAlert', 'VMAlertmanager', 'VMAuth', 'VMSingle', 'VMAnomaly'],
  ...['VLogs', 'VLAgent', 'VLSingle', 'VTSingle'],
] as const;
const victoriaClusters = [
  ['VMCluster', 'vmselect', 'vminsert', 'vmstorage', 'vmstorage.vmBackup'],
  ['VLCluster', 'vlselect', 'vlinsert', 'vlstorage'],
  ['VTCluster', 'select', 'insert', 'storage'],
] as const;

/** Kinds that watch: metrics, logs, traces, dashboards. */
export const observabilityKinds: readonly PodKind[] = [
  // Prometheus operator: github.com/prometheus-operator/prometheus-operator pkg/apis/monitoring
  { group: 'monitoring.coreos.com', kind: 'Prometheus', ...monitoring('spec.image', 'spec.thanos.image') },
  { group: 'monitoring.coreos.com', kind: 'PrometheusAgent', ...monitoring('spec.image') },
  { group: 'monitoring.coreos.com', kind: 'Alertmanager', ...monitoring('spec.image') },
  { group: 'monitoring.coreos.com', kind: 'ThanosRuler', ...monitoring('spec.image') },

  // VictoriaMetrics: github.com/VictoriaMetrics/operator api/operator/v1beta1 and v1
  ...victoriaKinds.map((kind) => ({
    group: 'operator.victoriametrics.com',
    kind,
    pods: [victoria('spec', kind), ...(kind === 'VMSingle' ? [victoria('spec.vmBackup', kind)] : [])],
  })),
  ...victoriaClusters.map(([kind, ...parts]) => ({
    group: 'operator.victoriametrics.com',
    kind,
    pods: [...parts, 'requestsLoadBalancer.spec'].map((part) => victoria(`spec.${part}`, kind)),
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
  })),

  // OpenTelemetry: github.com/open-telemetry/opentelemetry-operator apis/v1beta1, apis/v1alpha1, internal/naming
  {
    group: 'opentelemetry.io',
    kind: 'OpenTelemetryCollector',
    pods: [
      telemetry('spec', 'collector'),
      { ...telemetry('spec.targetAllocator', 'targetallocator'), images: ['.image'] },
    ],
    operatorImages: ['spec.image'],
  },
  {
    group: 'opentelemetry.io',
    kind: 'TargetAllocator',
    pods: [telemetry('spec', 'targetallocator')],
    operatorImages: ['spec.image'],
  },
  {
    group: 'opentelemetry.io',
    kind: 'OpAMPBridge',
    pods: [telemetry('spec', 'opamp-bridge')],
    operatorImages: ['spec.image'],
  },
  {
    group: 'opentelemetry.io',
    kind: 'Instrumentation',
    pods: [],
    injects: ['spec.*.image', 'spec.java.extensions[].image'],
  },

  // Grafana: github.com/grafana/grafana-operator api/v1beta1, controllers/resources
  {
    group: 'grafana.integreatly.org',
    kind: 'Grafana',
    pods: [
      {
        images: patchImages('spec.deployment.spec.template.spec'),
        serviceAccount: ['spec.deployment.spec.template.spec.serviceAccountName'],
        pullSecrets: [
          'spec.deployment.spec.template.spec.imagePullSecrets[].name',
          'spec.serviceAccount.imagePullSecrets[].name',
        ],
        defaultAccount: { name: '{name}-sa', ownListOnly: true },
      },
    ],
    // A tag, or a whole image.
    injects: ['spec.version'],
  },

  // Elastic: github.com/elastic/cloud-on-k8s pkg/apis, config/crds/v1
  {
    group: 'elasticsearch.k8s.elastic.co',
    kind: 'Elasticsearch',
    pods: [elastic('spec.nodeSets[]')],
    operatorImages: ['spec.image'],
  },
  ...elasticKinds.map(([group, kind]) => ({
    group: `${group}.k8s.elastic.co`,
    kind,
    pods: [patchedPod(undefined, 'spec.podTemplate.spec', ['spec.image'])],
    operatorImages: ['spec.image'],
  })),
  {
    group: 'agent.k8s.elastic.co',
    kind: 'Agent',
    pods: ['deployment', 'daemonSet', 'statefulSet'].map((each) => elastic(`spec.${each}`)),
    operatorImages: ['spec.image'],
  },
  {
    group: 'beat.k8s.elastic.co',
    kind: 'Beat',
    pods: ['deployment', 'daemonSet'].map((each) => elastic(`spec.${each}`)),
    operatorImages: ['spec.image'],
  },
];

function victoria(at: string, kind: string): PodPath {
  return {
    at,
    images: [
      { path: '.image.repository', tag: 'tag' },
      ...['.configReloaderImage', '.configReloaderImageTag', '.containers[].image', '.initContainers[].image'],
      '.volumes[].image.reference',
    ],
    serviceAccount: ['.serviceAccountName'],
    pullSecrets: ['.imagePullSecrets[].name'],
    defaultAccount: { name: `${kind.toLowerCase()}-{name}`, ownListOnly: true },
  };
}

// Containers of the same name as one of the operator's are patches of it and need no image.
function monitoring(...images: string[]): Pick<PodKind, 'pods' | 'serviceAccount' | 'pullSecrets' | 'operatorImages'> {
  const further = ['spec.containers[].image', 'spec.initContainers[].image', 'spec.volumes[].image.reference'];
  return {
    pods: [{ images: [...images, ...further] }],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    operatorImages: images,
  };
}

function telemetry(at: string, suffix: string): PodPath {
  return {
    at,
    images: ['.image', '.initContainers[].image', '.additionalContainers[].image', '.volumes[].image.reference'],
    serviceAccount: ['.serviceAccount'],
    defaultAccount: { name: `{name}-${suffix}` },
  };
}

function elastic(at: string): PodPath {
  return patchedPod(at, '.podTemplate.spec', [{ path: 'spec.image', ofEveryPod: true }]);
}
