import type { ImagePath, PodKind, PodPath } from '../pod-kind.js';
import { patchedPod, patchImages } from './pod-template.js';

const catalogs = { kind: 'ImageCatalog', clusterKind: 'ClusterImageCatalog' };
const catalogPods: readonly PodPath[] = [
  { images: ['spec.images[].image', 'spec.images[].extensions[].image.reference', 'spec.componentImages[].image'] },
];

const perconaShared = ['spec.initContainer.image', 'spec.initImage', 'spec.logcollector.image', 'spec.pmm.image'];
const ofMongo: readonly ImagePath[] = ['spec.image', 'spec.initImage', 'spec.logcollector.image', 'spec.pmm.image'].map(
  (path) => ({ path, ofEveryPod: true }),
);
const mongoReplicas = ['spec.replsets[]', 'spec.sharding.configsvrReplSet'];
const mongoMembers = ['arbiter', 'hidden', 'nonvoting'];
const mongoPods: readonly PodPath[] = [
  ...mongoReplicas,
  ...mongoReplicas.flatMap((at) => mongoMembers.map((member) => `${at}.${member}`)),
  'spec.sharding.mongos',
  'spec.backup',
].map((at) => ({ at, images: ['.image', '.sidecars[].image', ...ofMongo], serviceAccount: ['.serviceAccountName'] }));

const redis: PodPath = {
  images: [
    ...['spec.kubernetesConfig.image', 'spec.redisExporter.image', 'spec.initContainer.image'],
    'spec.sidecars[].image',
  ],
  serviceAccount: ['spec.serviceAccountName'],
  pullSecrets: ['spec.kubernetesConfig.imagePullSecrets[].name'],
};
const sentinelOfReplication: PodPath = { ...ownList('spec.sentinel'), images: ['.image'] };

const shards: readonly string[] = [
  ...['configSrvPodSpec', 'mongosPodSpec', 'shardPodSpec', 'shardSpecificPodSpec[]'].map(
    (each) => `spec.${each}.podTemplate.spec`,
  ),
  ...['configSrv', 'mongos', 'shard', 'shardOverrides[]'].flatMap((each) =>
    ['podSpec.podTemplate.spec', 'statefulSet.spec.template.spec'].map(
      (template) => `spec.${each}.clusterSpecList[].${template}`,
    ),
  ),
  'spec.shardOverrides[].podSpec.podTemplate.spec',
  'spec.shardOverrides[].statefulSet.spec.template.spec',
];

/** Databases and stores. */
export const databaseKinds: readonly PodKind[] = [
  // CloudNativePG: github.com/cloudnative-pg/cloudnative-pg api/v1; the operator copies the list to the account it makes
  {
    group: 'postgresql.cnpg.io',
    kind: 'Cluster',
    pods: [{ images: ['spec.imageName', 'spec.postgresql.extensions[].image.reference'] }],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: '{name}', ownListOnly: true },
    operatorImages: ['spec.imageName'],
    imageCatalog: 'spec.imageCatalogRef',
    borrows: [{ ref: 'spec.imageCatalogRef', ...catalogs }],
  },
  {
    group: 'postgresql.cnpg.io',
    kind: 'Pooler',
    pods: [{ images: ['spec.pgbouncer.image', ...patchImages('spec.template.spec')] }],
    serviceAccount: ['spec.serviceAccountName', 'spec.template.spec.serviceAccountName'],
    pullSecrets: ['spec.template.spec.imagePullSecrets[].name'],
    listInside: 'spec.template.spec',
    defaultAccount: { name: '{name}', ownListOnly: true },
    borrows: [{ ref: 'spec.pgbouncer.imageCatalogRef', ...catalogs }],
  },
  { group: 'postgresql.cnpg.io', kind: 'ImageCatalog', pods: catalogPods, lends: 'namespace' },
  { group: 'postgresql.cnpg.io', kind: 'ClusterImageCatalog', pods: catalogPods, lends: 'cluster' },

  // Zalando: github.com/zalando/postgres-operator manifests/postgresql.crd.yaml, pkg/util/config/config.go
  {
    group: 'acid.zalan.do',
    kind: 'postgresql',
    pods: [
      {
        images: [
          ...['spec.dockerImage', 'spec.connectionPooler.dockerImage'],
          ...['spec.initContainers[].image', 'spec.sidecars[].image'],
        ],
      },
    ],
    defaultAccount: { name: 'postgres-pod' },
    operatorImages: ['spec.dockerImage'],
  },

  // Percona: the repositories percona/percona-…-operator, their config/crd/bases
  {
    group: 'pxc.percona.com',
    kind: 'PerconaXtraDBCluster',
    pods: ['pxc', 'haproxy', 'proxysql', 'backup'].map((each) => percona(`spec.${each}`)),
  },
  {
    group: 'psmdb.percona.com',
    kind: 'PerconaServerMongoDB',
    pods: mongoPods,
    pullSecrets: ['spec.imagePullSecrets[].name'],
  },
  {
    group: 'pgv2.percona.com',
    kind: 'PerconaPGCluster',
    pods: [
      {
        images: [
          ...['spec.image', 'spec.initContainer.image', 'spec.extensions.image', 'spec.pmm.image'],
          ...['spec.logcollector.image', 'spec.proxy.pgBouncer.image', 'spec.proxy.pgBouncer.sidecars[].image'],
          ...['spec.instances[].initContainer.image', 'spec.instances[].initContainers[].image'],
          ...['spec.instances[].sidecars[].image', 'spec.backups.pgbackrest.image'],
          ...['spec.backups.pgbackrest.initContainer.image', 'spec.backups.pgbackrest.repoHost.sidecars[].image'],
        ],
      },
    ],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: '{name}-instance', ownListOnly: true },
  },

  // MongoDB: github.com/mongodb/mongodb-kubernetes mongodb-community-operator, whose chart makes the account
  {
    group: 'mongodbcommunity.mongodb.com',
    kind: 'MongoDBCommunity',
    pods: [patchedPod(undefined, 'spec.statefulSet.spec.template.spec', [])],
    defaultAccount: { name: 'mongodb-kubernetes-appdb', ownListOnly: true },
  },

  // MongoDB Enterprise: github.com/mongodb/mongodb-kubernetes config/crd/bases
  { group: 'mongodb.com', kind: 'MongoDB', ...enterprise('database-pods', ['spec'], shards) },
  {
    group: 'mongodb.com',
    kind: 'MongoDBMultiCluster',
    ...enterprise('database-pods', ['spec', 'spec.clusterSpecList[]']),
  },
  {
    group: 'mongodb.com',
    kind: 'MongoDBOpsManager',
    pods: [
      ...enterprise('ops-manager', ['spec', 'spec.backup', 'spec.clusterSpecList[]', 'spec.clusterSpecList[].backup'])
        .pods,
      ...enterprise('appdb', ['spec.applicationDatabase', 'spec.applicationDatabase.clusterSpecList[]']).pods,
    ],
  },
  {
    group: 'mongodb.com',
    kind: 'MongoDBSearch',
    ...enterprise('database-pods', ['spec.clusters[]', 'spec.clusters[].shardOverrides[]']),
  },

  // Crunchy: github.com/CrunchyData/postgres-operator config/crd/bases
  {
    group: 'postgres-operator.crunchydata.com',
    kind: 'PostgresCluster',
    pods: [
      {
        images: [
          ...['spec.image', 'spec.backups.pgbackrest.image', 'spec.proxy.pgBouncer.image'],
          ...['spec.proxy.pgBouncer.containers[].image', 'spec.instances[].containers[].image'],
          ...[
            'spec.monitoring.pgmonitor.exporter.image',
            'spec.instrumentation.image',
            'spec.userInterface.pgAdmin.image',
          ],
          ...['spec.instances[]', 'spec.proxy.pgBouncer', 'spec.backups.pgbackrest.repoHost'].map(
            (at) => `${at}.volumes.additional[].image.reference`,
          ),
        ],
      },
    ],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: '{name}-instance', ownListOnly: true },
    operatorImages: ['spec.image'],
  },
  ...['PGAdmin', 'PGUpgrade'].map((kind) => ({
    group: 'postgres-operator.crunchydata.com',
    kind,
    pods: [{ images: ['spec.image', 'spec.instrumentation.image'] }],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    defaultAccount: { name: '{name}', ownListOnly: true },
    operatorImages: ['spec.image'],
  })),

  // Redis: github.com/OT-CONTAINER-KIT/redis-operator config/crd/bases; github.com/spotahome/redis-operator
  ...['Redis', 'RedisCluster', 'RedisReplication', 'RedisSentinel'].map((kind) => ({
    group: 'redis.redis.opstreelabs.in',
    kind,
    pods: [redis, ...(kind === 'RedisReplication' ? [sentinelOfReplication] : [])],
  })),
  {
    group: 'databases.spotahome.com',
    kind: 'RedisFailover',
    pods: ['spec.redis', 'spec.sentinel'].map((at) => ({
      ...ownList(at),
      images: ['.image', '.exporter.image', '.initContainers[].image', '.extraContainers[].image'],
    })),
  },

  // Dragonfly: github.com/dragonflydb/dragonfly-operator api/v1alpha1, internal/resources/resources.go
  {
    group: 'dragonflydb.io',
    kind: 'Dragonfly',
    pods: [{ images: ['spec.image', 'spec.initContainers[].image', 'spec.additionalContainers[].image'] }],
    serviceAccount: ['spec.serviceAccountName'],
    pullSecrets: ['spec.imagePullSecrets[].name'],
    operatorImages: ['spec.image'],
  },

  // MinIO: github.com/minio/operator pkg/apis/minio.min.io/v2
  {
    group: 'minio.min.io',
    kind: 'Tenant',
    pods: [
      {
        images: ['spec.image', 'spec.initContainers[].image', 'spec.sideCars.containers[].image'],
        serviceAccount: ['spec.serviceAccountName'],
        defaultAccount: { name: '{name}-sa', ownListOnly: true },
      },
      { at: 'spec.kes', images: ['.image'], serviceAccount: ['.serviceAccountName'] },
    ],
    pullSecrets: ['spec.imagePullSecret.name'],
    operatorImages: ['spec.image'],
  },
];

/** Templates of pods that are patches of what the operator makes, some as a pod and some as a StatefulSet. */
function enterprise(
  account: string,
  ats: readonly string[],
  further: readonly string[] = [],
): { readonly pods: readonly PodPath[] } {
  const specs = [
    ...ats.flatMap((at) => [`${at}.podSpec.podTemplate.spec`, `${at}.statefulSet.spec.template.spec`]),
    ...further,
  ];
  return {
    pods: specs.map((spec) => ({
      ...patchedPod(...splitAtList(spec), []),
      defaultAccount: { name: `mongodb-kubernetes-${account}`, ownListOnly: true },
    })),
  };
}

/** The last list of a path, whose items are the pods, and the rest of the path. */
function splitAtList(path: string): [at: string | undefined, rest: string] {
  const end = path.lastIndexOf('[]') + '[]'.length;
  return end < '[]'.length * 2 ? [undefined, path] : [path.slice(0, end), path.slice(end)];
}

function percona(at: string): PodPath {
  return { ...ownList(at), images: ['.image', '.sidecars[].image', ...perconaShared] };
}

function ownList(at: string): PodPath {
  return { at, serviceAccount: ['.serviceAccountName'], pullSecrets: ['.imagePullSecrets[].name'] };
}
