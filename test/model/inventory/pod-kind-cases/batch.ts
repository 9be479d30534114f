import { byHand, type Case, manifest } from './case.js';

export const batchCases: readonly Case[] = [
  manifest(
    `
    apiVersion: jobset.x-k8s.io/v1alpha2
    kind: JobSet
    spec:
      replicatedJobs:
        - { name: leader, replicas: 1, template: { spec: { template: { spec: { containers: [{ name: a, image: r.io/leader }] } } } } }
        - { name: workers, template: { spec: { template: { spec: { containers: [{ name: a, image: r.io/worker }] } } } } }
    `,
    ['default [] r.io/leader', 'default [] r.io/worker'],
    'spec.replicatedJobs[0].template.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: leaderworkerset.x-k8s.io/v1
    kind: LeaderWorkerSet
    spec:
      leaderWorkerTemplate:
        size: 4
        leaderTemplate: { spec: { containers: [{ name: vllm, image: r.io/leader }] } }
        workerTemplate: { spec: { serviceAccountName: worker, containers: [{ name: vllm, image: r.io/worker }] } }
    `,
    ['default [] r.io/leader', 'worker [] r.io/worker'],
    'spec.leaderWorkerTemplate.leaderTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: disaggregatedset.x-k8s.io/v1
    kind: DisaggregatedSet
    spec:
      roles:
        - name: prefill
          spec: { leaderWorkerTemplate: { workerTemplate: { spec: { containers: [{ name: vllm, image: r.io/prefill }] } } } }
    `,
    ['default [] r.io/prefill'],
    'spec.roles[0].spec.leaderWorkerTemplate.workerTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: batch.volcano.sh/v1alpha1
    kind: Job
    spec:
      minAvailable: 3
      schedulerName: volcano
      tasks:
        - { replicas: 1, name: ps, template: { spec: { containers: [{ name: ps, image: r.io/ps }], restartPolicy: Never } } }
        - { replicas: 2, name: worker, template: { spec: { containers: [{ name: worker, image: r.io/worker }] } } }
    `,
    ['default [] r.io/ps', 'default [] r.io/worker'],
    'spec.tasks[0].template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: batch.volcano.sh/v1alpha1
    kind: CronJob
    spec:
      schedule: '*/5 * * * *'
      jobTemplate: { spec: { tasks: [{ name: a, template: { spec: { containers: [{ name: a, image: r.io/a }] } } }] } }
    `,
    ['default [] r.io/a'],
    'spec.jobTemplate.spec.tasks[0].template.spec.imagePullSecrets',
  ),
  byHand(
    `
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: SparkApplication
    spec:
      type: Scala
      mode: cluster
      image: r.io/spark
      imagePullSecrets: [own]
      mainClass: org.apache.spark.examples.SparkPi
      driver: { cores: 1, serviceAccount: spark-operator-spark, initContainers: [{ name: i, image: r.io/init }] }
      executor: { instances: 1, image: r.io/executor, sidecars: [{ name: s, image: r.io/side }] }
    `,
    ['spark-operator-spark [own] r.io/spark r.io/init', 'default [own] r.io/executor r.io/side'],
    'spec.imagePullSecrets[]',
  ),
  byHand(
    `
    apiVersion: sparkoperator.k8s.io/v1beta2
    kind: ScheduledSparkApplication
    spec:
      schedule: '@every 3m'
      template: { image: r.io/spark, driver: { serviceAccount: spark }, executor: {} }
    `,
    ['spark [] r.io/spark', 'default [] r.io/spark'],
    'spec.template.imagePullSecrets[]',
  ),
  manifest(
    `
    apiVersion: ray.io/v1
    kind: RayCluster
    spec:
      enableInTreeAutoscaling: true
      autoscalerOptions: { image: r.io/autoscaler }
      headGroupSpec:
        rayStartParams: {}
        template: { spec: { containers: [{ name: ray-head, image: r.io/head }] } }
      workerGroupSpecs:
        - { groupName: small, template: { spec: { serviceAccountName: worker, containers: [{ name: w, image: r.io/worker }] } } }
    `,
    ['x! [] r.io/head r.io/autoscaler', 'worker [] r.io/worker'],
    'spec.headGroupSpec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: ray.io/v1
    kind: RayJob
    spec:
      entrypoint: python /home/ray/samples/sample_code.py
      submitterPodTemplate: { spec: { containers: [{ name: submitter, image: r.io/submitter }] } }
      rayClusterSpec:
        headGroupSpec:
          rayStartParams: {}
          template: { spec: { containers: [{ name: ray-head, image: r.io/head }] } }
        workerGroupSpecs:
          - { groupName: small, template: { spec: { serviceAccountName: worker, containers: [{ name: w, image: r.io/worker }] } } }
    `,
    ['default [] r.io/head', 'worker [] r.io/worker', 'default [] r.io/submitter'],
    'spec.rayClusterSpec.headGroupSpec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: ray.io/v1
    kind: RayCronJob
    spec:
      schedule: '* * * * *'
      jobTemplate:
        rayClusterSpec:
          headGroupSpec:
            rayStartParams: {}
            template: { spec: { containers: [{ name: ray-head, image: r.io/head }] } }
          workerGroupSpecs:
            - { groupName: small, template: { spec: { serviceAccountName: worker, containers: [{ name: w, image: r.io/worker }] } } }
    `,
    ['default [] r.io/head', 'worker [] r.io/worker'],
    'spec.jobTemplate.rayClusterSpec.headGroupSpec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: ray.io/v1
    kind: RayService
    spec:
      rayClusterConfig:
        headGroupSpec:
          rayStartParams: {}
          template: { spec: { containers: [{ name: ray-head, image: r.io/head }] } }
        workerGroupSpecs:
          - { groupName: small, template: { spec: { serviceAccountName: worker, containers: [{ name: w, image: r.io/worker }] } } }
    `,
    ['default [] r.io/head', 'worker [] r.io/worker'],
    'spec.rayClusterConfig.headGroupSpec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: flink.apache.org/v1beta1
    kind: FlinkDeployment
    spec:
      image: r.io/flink
      flinkVersion: v1_20
      serviceAccount: flink
      podTemplate: { spec: { imagePullSecrets: [{ name: own }], containers: [{ name: flink-main-container }, { name: f, image: r.io/side }] } }
      jobManager: { resource: { memory: 2048m, cpu: 1 } }
      taskManager: { podTemplate: { spec: { initContainers: [{ name: i, image: r.io/init }] } } }
    `,
    ['flink [own] r.io/flink r.io/side r.io/init'],
    'spec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: flink.apache.org/v1beta1
    kind: FlinkBlueGreenDeployment
    spec: { template: { spec: { image: r.io/flink, serviceAccount: flink } } }
    `,
    ['flink [] r.io/flink'],
    'spec.template.spec.podTemplate.spec.imagePullSecrets',
  ),
];
