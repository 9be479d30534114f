import { parse } from 'yaml';
import { type Case, manifest } from './case.js';

const monitoring = (kind: string): Case => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  rest: parse(`
    spec:
      image: r.io/main
      serviceAccountName: runner
      imagePullSecrets: [{ name: own }]
      containers: [{ name: side, image: r.io/side }, { name: config-reloader }]
      initContainers: [{ name: first, image: r.io/first }]
  `),
  expected: ['runner [own] r.io/main r.io/side r.io/first'],
  listPath: 'spec.imagePullSecrets',
});
export const observabilityCases: readonly Case[] = [
  {
    ...monitoring('Prometheus'),
    rest: { spec: { image: 'r.io/main', thanos: { image: 'r.io/thanos' }, serviceAccountName: 'runner' } },
    expected: ['runner [] r.io/main r.io/thanos'],
  },
  monitoring('PrometheusAgent'),
  monitoring('Alertmanager'),
  monitoring('ThanosRuler'),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMAgent
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vmagent-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMAlert
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vmalert-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMAlertmanager
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vmalertmanager-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMAuth
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vmauth-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMSingle
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }], vmBackup: { image: { repository: r.io/backup } } }
    `,
    ['vmsingle-x! [own] r.io/vm:v1.2 r.io/side', 'vmsingle-x! [] r.io/backup'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMAnomaly
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vmanomaly-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VLogs
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vlogs-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VLAgent
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vlagent-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VLSingle
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vlsingle-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VTSingle
    spec: { image: { repository: r.io/vm, tag: v1.2 }, containers: [{ name: side, image: r.io/side }], imagePullSecrets: [{ name: own }] }
    `,
    ['vtsingle-x! [own] r.io/vm:v1.2 r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VMCluster
    spec:
      serviceAccountName: runner
      imagePullSecrets: [{ name: shared }]
      vmselect: { image: { repository: r.io/select, tag: 'sha256:0a' } }
      vmstorage: { image: { repository: r.io/storage }, imagePullSecrets: [{ name: own }] }
      requestsLoadBalancer: { spec: { image: { repository: r.io/auth } } }
    `,
    ['runner [shared] r.io/select@sha256:0a', 'runner [own] r.io/storage', 'runner [shared] r.io/auth'],
    'spec.vmselect.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VLCluster
    spec:
      serviceAccountName: runner
      imagePullSecrets: [{ name: shared }]
      vlselect: { image: { repository: r.io/select, tag: 'sha256:0a' } }
      vlstorage: { image: { repository: r.io/storage }, imagePullSecrets: [{ name: own }] }
      requestsLoadBalancer: { spec: { image: { repository: r.io/auth } } }
    `,
    ['runner [shared] r.io/select@sha256:0a', 'runner [own] r.io/storage', 'runner [shared] r.io/auth'],
    'spec.vlselect.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: operator.victoriametrics.com/v1beta1
    kind: VTCluster
    spec:
      serviceAccountName: runner
      imagePullSecrets: [{ name: shared }]
      select: { image: { repository: r.io/select, tag: 'sha256:0a' } }
      storage: { image: { repository: r.io/storage }, imagePullSecrets: [{ name: own }] }
      requestsLoadBalancer: { spec: { image: { repository: r.io/auth } } }
    `,
    ['runner [shared] r.io/select@sha256:0a', 'runner [own] r.io/storage', 'runner [shared] r.io/auth'],
    'spec.select.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: opentelemetry.io/v1beta1
    kind: OpenTelemetryCollector
    spec:
      image: r.io/collector
      mode: statefulset
      additionalContainers: [{ name: side, image: r.io/side }]
      targetAllocator: { enabled: true, image: r.io/allocator, serviceAccount: allocator }
    `,
    ['x-collector [] r.io/collector r.io/side', 'allocator [] r.io/allocator'],
  ),
  manifest(
    `
    apiVersion: opentelemetry.io/v1alpha1
    kind: TargetAllocator
    spec: { image: r.io/allocator }
    `,
    ['x-targetallocator [] r.io/allocator'],
  ),
  manifest(
    `
    apiVersion: opentelemetry.io/v1alpha1
    kind: OpAMPBridge
    spec: { image: r.io/bridge, serviceAccount: bridge, endpoint: 'ws://opamp:4320/v1/opamp' }
    `,
    ['bridge [] r.io/bridge'],
  ),
  manifest(
    `
    apiVersion: opentelemetry.io/v1alpha1
    kind: Instrumentation
    spec: { java: { image: r.io/java }, python: { image: r.io/python } }
    `,
    [],
  ),
  manifest(
    `
    apiVersion: grafana.integreatly.org/v1beta1
    kind: Grafana
    spec:
      serviceAccount: { imagePullSecrets: [{ name: own }] }
      deployment: { spec: { template: { spec: { containers: [{ name: grafana, image: r.io/grafana }] } } } }
    `,
    ['x-sa! [own] r.io/grafana'],
    'spec.serviceAccount.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: elasticsearch.k8s.elastic.co/v1
    kind: Elasticsearch
    spec:
      version: 9.2.0
      image: r.io/elasticsearch
      nodeSets:
        - { name: master, count: 3 }
        - { name: data, count: 3, podTemplate: { spec: { serviceAccountName: data, containers: [{ name: side, image: r.io/side }] } } }
    `,
    ['default [] r.io/elasticsearch', 'data [] r.io/side r.io/elasticsearch'],
    'spec.nodeSets[0].podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: kibana.k8s.elastic.co/v1
    kind: Kibana
    spec:
      version: 9.2.0
      image: r.io/kibana
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/kibana r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: apm.k8s.elastic.co/v1
    kind: ApmServer
    spec:
      version: 9.2.0
      image: r.io/apm
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/apm r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: enterprisesearch.k8s.elastic.co/v1
    kind: EnterpriseSearch
    spec:
      version: 9.2.0
      image: r.io/enterprisesearch
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/enterprisesearch r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: logstash.k8s.elastic.co/v1alpha1
    kind: Logstash
    spec:
      version: 9.2.0
      image: r.io/logstash
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/logstash r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: maps.k8s.elastic.co/v1alpha1
    kind: ElasticMapsServer
    spec:
      version: 9.2.0
      image: r.io/maps
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/maps r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: packageregistry.k8s.elastic.co/v1alpha1
    kind: PackageRegistry
    spec:
      version: 9.2.0
      image: r.io/packageregistry
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: i, image: r.io/init }] } }
    `,
    ['default [own] r.io/packageregistry r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: agent.k8s.elastic.co/v1alpha1
    kind: Agent
    spec:
      version: 9.2.0
      image: r.io/agent
      daemonSet: { podTemplate: { spec: { serviceAccountName: elastic-agent } } }
    `,
    ['elastic-agent [] r.io/agent'],
    'spec.daemonSet.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: beat.k8s.elastic.co/v1beta1
    kind: Beat
    spec:
      type: filebeat
      image: r.io/filebeat
      deployment: { replicas: 1 }
    `,
    ['default [] r.io/filebeat'],
    'spec.deployment.podTemplate.spec.imagePullSecrets',
  ),
];
