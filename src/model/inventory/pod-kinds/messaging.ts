import type { PodKind, PodPath } from '../pod-kind.js';
import { patchImages } from './pod-template.js';

/** Brokers of messages and streams. */
export const messagingKinds: readonly PodKind[] = [
  // Strimzi: github.com/strimzi/strimzi-kafka-operator install/cluster-operator, api/…/*Resources.java
  {
    group: 'kafka.strimzi.io',
    kind: 'Kafka',
    pods: [
      { ...strimzi('spec.kafka', 'kafka', '.image', '.brokerRackInitImage'), pooled: true },
      strimzi('spec.entityOperator', 'entity-operator', '.topicOperator.image', '.userOperator.image'),
      strimzi('spec.cruiseControl', 'cruise-control', '.image'),
      strimzi('spec.kafkaExporter', 'kafka-exporter', '.image'),
    ],
    operatorImages: ['spec.kafka.image'],
  },
  // A pool is of the Kafka that a label names; its template stands in place of that one's: KafkaPool.java.
  {
    group: 'kafka.strimzi.io',
    kind: 'KafkaNodePool',
    pods: [],
    borrows: [
      {
        ...{ ref: 'metadata.labels.*', kind: 'Kafka', pool: 'spec.template' },
        pullSecrets: ['spec.template.pod.imagePullSecrets[].name'],
      },
    ],
  },
  ...(
    [
      ['KafkaConnect', 'connect'],
      ['KafkaBridge', 'bridge'],
      ['KafkaMirrorMaker2', 'mirrormaker2'],
    ] as const
  ).map(([kind, suffix]) => ({
    group: 'kafka.strimzi.io',
    kind,
    pods: [strimzi('spec', suffix, '.image', '.clientRackInitImage')],
    operatorImages: ['spec.image'],
  })),

  // RabbitMQ: github.com/rabbitmq/cluster-operator api/v1beta1, internal/resource/service_account.go
  {
    group: 'rabbitmq.com',
    kind: 'RabbitmqCluster',
    pods: [
      {
        images: [
          ...['spec.image', 'spec.secretBackend.vault.defaultUserUpdaterImage'],
          ...patchImages('spec.override.statefulSet.spec.template.spec'),
        ],
      },
    ],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: '{name}-server', ownListOnly: true },
    operatorImages: ['spec.image'],
  },

  // ActiveMQ Artemis: github.com/arkmq-org/activemq-artemis-operator api/v1beta1, api/v1beta2
  { group: 'broker.amq.io', kind: 'ActiveMQArtemis', pods: [artemis()] },
  { group: 'broker.arkmq.org', kind: 'Broker', pods: [artemis()] },
];

function strimzi(at: string, suffix: string, ...images: readonly string[]): PodPath {
  return {
    at,
    images,
    pullSecrets: ['.template.pod.imagePullSecrets[].name'],
    defaultAccount: { name: `{name}-${suffix}`, ownListOnly: true },
  };
}

function artemis(): PodPath {
  return {
    at: 'spec.deploymentPlan',
    images: ['.image', '.initImage'].map((path) => ({ path, placeholder: 'placeholder' })),
    serviceAccount: ['.podSecurity.serviceAccountName'],
    pullSecrets: ['.imagePullSecrets[].name'],
  };
}
