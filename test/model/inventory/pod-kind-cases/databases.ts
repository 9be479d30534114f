import { byHand, type Case, manifest } from './case.js';

export const databaseCases: readonly Case[] = [
  manifest(
    `
    apiVersion: postgresql.cnpg.io/v1
    kind: Cluster
    spec:
      instances: 3
      imageName: r.io/postgresql
      imagePullSecrets: [{ name: own }]
      storage: { size: 1Gi }
      postgresql: { extensions: [{ name: vector, image: { reference: r.io/vector } }] }
    `,
    ['x! [own] r.io/postgresql r.io/vector'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: postgresql.cnpg.io/v1
    kind: Pooler
    spec:
      cluster: { name: cluster-example }
      type: rw
      pgbouncer: { poolMode: session }
      template: { spec: { containers: [{ name: pgbouncer, image: r.io/pgbouncer }] } }
    `,
    ['x! [] r.io/pgbouncer'],
    'spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: postgresql.cnpg.io/v1
    kind: ImageCatalog
    spec:
      images:
        - { major: 17, image: r.io/postgresql:17 }
        - { major: 18, image: r.io/postgresql:18, extensions: [{ name: vector, image: { reference: r.io/vector } }] }
      componentImages: [{ key: pgbouncer, image: r.io/pgbouncer }]
    `,
    ['default [] r.io/postgresql:17 r.io/postgresql:18 r.io/vector r.io/pgbouncer'],
  ),
  manifest(
    `
    apiVersion: postgresql.cnpg.io/v1
    kind: ClusterImageCatalog
    spec:
      images:
        - { major: 17, image: r.io/postgresql:17 }
        - { major: 18, image: r.io/postgresql:18, extensions: [{ name: vector, image: { reference: r.io/vector } }] }
      componentImages: [{ key: pgbouncer, image: r.io/pgbouncer }]
    `,
    [],
  ),
  manifest(
    `
    apiVersion: acid.zalan.do/v1
    kind: postgresql
    spec:
      teamId: acid
      dockerImage: r.io/spilo
      connectionPooler: { dockerImage: r.io/pgbouncer }
      sidecars: [{ name: exporter, image: r.io/exporter }]
    `,
    ['postgres-pod [] r.io/spilo r.io/pgbouncer r.io/exporter'],
  ),
  manifest(
    `
    apiVersion: pxc.percona.com/v1
    kind: PerconaXtraDBCluster
    spec:
      initContainer: { image: r.io/init }
      pxc: { image: r.io/pxc, imagePullSecrets: [{ name: own }], sidecars: [{ name: s, image: r.io/side }] }
      haproxy: { image: r.io/haproxy, serviceAccountName: proxy }
      backup: { image: r.io/backup }
    `,
    [
      'default [own] r.io/pxc r.io/side r.io/init',
      'proxy [] r.io/haproxy r.io/init',
      'default [] r.io/backup r.io/init',
    ],
    'spec.pxc.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: psmdb.percona.com/v1
    kind: PerconaServerMongoDB
    spec:
      image: r.io/mongod
      imagePullSecrets: [{ name: own }]
      replsets: [{ name: rs0, size: 3, sidecars: [{ name: s, image: r.io/side }], arbiter: { enabled: false } }]
      sharding: { configsvrReplSet: { serviceAccountName: config }, mongos: { size: 3 } }
      backup: { enabled: true, image: r.io/backup, serviceAccountName: backup }
    `,
    [
      'default [own] r.io/side r.io/mongod',
      'config [own] r.io/mongod',
      'default [own] r.io/mongod',
      'default [own] r.io/mongod',
      'backup [own] r.io/backup r.io/mongod',
    ],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: pgv2.percona.com/v2
    kind: PerconaPGCluster
    spec:
      image: r.io/postgresql
      imagePullSecrets: [{ name: own }]
      instances: [{ name: instance1, sidecars: [{ name: s, image: r.io/side }] }]
      proxy: { pgBouncer: { image: r.io/pgbouncer } }
      backups: { pgbackrest: { image: r.io/pgbackrest } }
    `,
    ['x-instance! [own] r.io/postgresql r.io/pgbouncer r.io/side r.io/pgbackrest'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: mongodbcommunity.mongodb.com/v1
    kind: MongoDBCommunity
    spec:
      members: 3
      type: ReplicaSet
      statefulSet: { spec: { template: { spec: { containers: [{ name: mongod, image: r.io/mongod }] } } } }
    `,
    ['mongodb-kubernetes-appdb! [] r.io/mongod'],
    'spec.statefulSet.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: mongodb.com/v1
    kind: MongoDB
    spec:
      type: ShardedCluster
      podSpec: { podTemplate: { spec: { containers: [{ name: mongodb-enterprise-database, image: r.io/database }] } } }
      mongosPodSpec: { podTemplate: { spec: { imagePullSecrets: [{ name: own }], initContainers: [{ name: x, image: r.io/x }] } } }
      shardOverrides: [{ statefulSet: { spec: { template: { spec: { containers: [{ name: y, image: r.io/y }] } } } } }]
    `,
    [
      'mongodb-kubernetes-database-pods! [] r.io/database',
      'mongodb-kubernetes-database-pods! [own] r.io/x',
      'mongodb-kubernetes-database-pods! [] r.io/y',
    ],
    'spec.podSpec.podTemplate.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: mongodb.com/v1
    kind: MongoDBMultiCluster
    spec: { clusterSpecList: [{ clusterName: a, statefulSet: { spec: { template: { spec: { containers: [{ name: x, image: r.io/x }] } } } } }] }
    `,
    ['mongodb-kubernetes-database-pods! [] r.io/x'],
    'spec.clusterSpecList[0].statefulSet.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: mongodb.com/v1
    kind: MongoDBOpsManager
    spec:
      statefulSet: { spec: { template: { spec: { containers: [{ name: mongodb-ops-manager, image: r.io/manager }] } } } }
      backup: { statefulSet: { spec: { template: { spec: { containers: [{ name: mongodb-backup-daemon, image: r.io/backup }] } } } } }
      applicationDatabase: { podSpec: { podTemplate: { spec: { containers: [{ name: mongod, image: r.io/mongod }] } } } }
    `,
    [
      'mongodb-kubernetes-ops-manager! [] r.io/manager',
      'mongodb-kubernetes-ops-manager! [] r.io/backup',
      'mongodb-kubernetes-appdb! [] r.io/mongod',
    ],
    'spec.statefulSet.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: mongodb.com/v1
    kind: MongoDBSearch
    spec: { clusters: [{ statefulSet: { spec: { template: { spec: { containers: [{ name: mongot, image: r.io/mongot }] } } } } }] }
    `,
    ['mongodb-kubernetes-database-pods! [] r.io/mongot'],
    'spec.clusters[0].statefulSet.spec.template.spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: postgres-operator.crunchydata.com/v1beta1
    kind: PostgresCluster
    spec:
      image: r.io/postgres
      imagePullSecrets: [{ name: own }]
      instances: [{ containers: [{ name: side, image: r.io/side }], volumes: { additional: [{ name: v, image: { reference: r.io/volume } }] } }]
      backups: { pgbackrest: { image: r.io/pgbackrest } }
      proxy: { pgBouncer: { image: r.io/pgbouncer } }
    `,
    ['x-instance! [own] r.io/postgres r.io/pgbackrest r.io/pgbouncer r.io/side r.io/volume'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: postgres-operator.crunchydata.com/v1beta1
    kind: PGAdmin
    spec: { image: r.io/tool, imagePullSecrets: [{ name: own }] }
    `,
    ['x! [own] r.io/tool'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: postgres-operator.crunchydata.com/v1beta1
    kind: PGUpgrade
    spec: { image: r.io/tool, imagePullSecrets: [{ name: own }] }
    `,
    ['x! [own] r.io/tool'],
    'spec.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: redis.redis.opstreelabs.in/v1beta2
    kind: Redis
    spec:
      kubernetesConfig: { image: r.io/redis, imagePullSecrets: [{ name: own }] }
      redisExporter: { enabled: true, image: r.io/exporter }
      serviceAccountName: runner
    `,
    ['runner [own] r.io/redis r.io/exporter'],
    'spec.kubernetesConfig.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: redis.redis.opstreelabs.in/v1beta2
    kind: RedisCluster
    spec:
      kubernetesConfig: { image: r.io/redis, imagePullSecrets: [{ name: own }] }
      redisExporter: { enabled: true, image: r.io/exporter }
      serviceAccountName: runner
    `,
    ['runner [own] r.io/redis r.io/exporter'],
    'spec.kubernetesConfig.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: redis.redis.opstreelabs.in/v1beta2
    kind: RedisReplication
    spec:
      kubernetesConfig: { image: r.io/redis, imagePullSecrets: [{ name: own }] }
      redisExporter: { enabled: true, image: r.io/exporter }
      serviceAccountName: runner
      sentinel: { image: r.io/sentinel, size: 3 }
    `,
    ['runner [own] r.io/redis r.io/exporter', 'default [] r.io/sentinel'],
    'spec.kubernetesConfig.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: redis.redis.opstreelabs.in/v1beta2
    kind: RedisSentinel
    spec:
      kubernetesConfig: { image: r.io/redis, imagePullSecrets: [{ name: own }] }
      redisExporter: { enabled: true, image: r.io/exporter }
      serviceAccountName: runner
    `,
    ['runner [own] r.io/redis r.io/exporter'],
    'spec.kubernetesConfig.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: databases.spotahome.com/v1
    kind: RedisFailover
    spec:
      sentinel: { replicas: 3, image: r.io/sentinel }
      redis: { image: r.io/redis, imagePullSecrets: [{ name: own }], exporter: { enabled: true, image: r.io/exporter } }
    `,
    ['default [own] r.io/redis r.io/exporter', 'default [] r.io/sentinel'],
    'spec.redis.imagePullSecrets',
  ),
  manifest(
    `
    apiVersion: dragonflydb.io/v1alpha1
    kind: Dragonfly
    spec:
      image: r.io/dragonfly
      imagePullSecrets: [{ name: own }]
      initContainers: [{ name: first, image: r.io/first }]
      additionalContainers: [{ name: more, image: r.io/more }]
      serviceAccountName: runner
    `,
    ['runner [own] r.io/dragonfly r.io/first r.io/more'],
    'spec.imagePullSecrets',
  ),
  byHand(
    `
    apiVersion: minio.min.io/v2
    kind: Tenant
    spec:
      image: r.io/minio
      imagePullSecret: { name: own }
      pools: [{ servers: 4, volumesPerServer: 4 }]
      kes: { image: r.io/kes, serviceAccountName: kes }
    `,
    ['x-sa! [own] r.io/minio', 'kes [own] r.io/kes'],
    'spec.imagePullSecret.name',
  ),
];
