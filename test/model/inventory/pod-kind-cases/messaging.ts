import { type Case, manifest } from './case.js';

export const messagingCases: readonly Case[] = [
  manifest(
    `
    apiVersion: kafka.strimzi.io/v1
    kind: Kafka
    spec:
      kafka: { version: 4.1.0, image: r.io/kafka, template: { pod: { imagePullSecrets: [{ name: own }] } } }
      entityOperator: { topicOperator: { image: r.io/operator }, userOperator: {} }
      cruiseControl: { image: r.io/cruise }
      kafkaExporter: { topicRegex: '.*', image: r.io/exporter }
    `,
    [
      'x-kafka! [own] r.io/kafka',
      'x-entity-operator! [] r.io/operator',
      'x-cruise-control! [] r.io/cruise',
      'x-kafka-exporter! [] r.io/exporter',
    ],
    'spec.kafka.template.pod.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaNodePool
    spec: { replicas: 3, roles: [broker], template: { pod: { affinity: {} } } }
    `,
    [],
  ),
  manifest(
    `
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaConnect
    spec: { image: r.io/kafka, bootstrapServers: 'my-cluster-kafka-bootstrap:9093', template: { pod: { imagePullSecrets: [{ name: own }] } } }
    `,
    ['x-connect! [own] r.io/kafka'],
    'spec.template.pod.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaBridge
    spec: { image: r.io/kafka, bootstrapServers: 'my-cluster-kafka-bootstrap:9093', template: { pod: { imagePullSecrets: [{ name: own }] } } }
    `,
    ['x-bridge! [own] r.io/kafka'],
    'spec.template.pod.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaMirrorMaker2
    spec: { image: r.io/kafka, bootstrapServers: 'my-cluster-kafka-bootstrap:9093', template: { pod: { imagePullSecrets: [{ name: own }] } } }
    `,
    ['x-mirrormaker2! [own] r.io/kafka'],
    'spec.template.pod.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: rabbitmq.com/v1beta1
    kind: RabbitmqCluster
    spec:
      replicas: 3
      image: r.io/rabbitmq
      override: { statefulSet: { spec: { template: { spec: { containers: [{ name: side, image: r.io/side }] } } } } }
    `,
    ['x-server! [] r.io/rabbitmq r.io/side'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: broker.amq.io/v1beta1
    kind: ActiveMQArtemis
    spec: { deploymentPlan: { size: 1, image: r.io/broker, initImage: placeholder, imagePullSecrets: [{ name: own }] } }
    `,
    ['default [own] r.io/broker'],
    'spec.deploymentPlan.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: broker.arkmq.org/v1beta2
    kind: Broker
    spec: { deploymentPlan: { size: 1, image: r.io/broker, initImage: placeholder, imagePullSecrets: [{ name: own }] } }
    `,
    ['default [own] r.io/broker'],
    'spec.deploymentPlan.imagePullSecrets',
  ),
];
