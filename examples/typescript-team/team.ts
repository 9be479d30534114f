import { Chart, type Cron } from 'cdk8s';
import { Cluster, PullSecret, Source } from 'cdk8s-image-pull';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** A program that answers requests. */
export interface Service {
  readonly image: string;
  readonly port: number;
}

/** A program that runs and ends. */
export interface Task {
  readonly image: string;
  readonly schedule: Cron;
}

export interface TeamProps {
  readonly services?: Readonly<Record<string, Service>>;
  readonly tasks?: Readonly<Record<string, Task>>;
}

/**
 * A team: a namespace of its name, a service account, and what the team runs. Who uses it says nothing about registries:
 * each workload gets what its images need, and an image of a registry that nobody knows is an error.
 */
export class Team extends Chart {
  constructor(scope: Construct, name: string, { services = {}, tasks = {} }: TeamProps) {
    super(scope, name, { namespace: name, disableResourceNameHashes: true });
    const cluster = knownRegistries(new Cluster(this, 'cluster', { kubernetes: '1.35', gitops: 'argocd' }));
    const namespace = cluster.namespace(name, { labels: { 'acme.example/team': name } });
    const serviceAccount = new kplus.ServiceAccount(this, 'account', { metadata: { name } });

    for (const [id, { image, port }] of Object.entries(services)) {
      const deployment = new kplus.Deployment(this, id, { serviceAccount, containers: [{ image, portNumber: port }] });
      deployment.exposeViaService({ name: id });
      namespace.attachFor(deployment);
    }
    for (const [id, { image, schedule }] of Object.entries(tasks)) {
      namespace.attachFor(new kplus.CronJob(this, id, { serviceAccount, schedule, containers: [{ image }] }));
    }
  }
}

/** Where images of teams may come from, and where the credentials for these places live. */
function knownRegistries(cluster: Cluster): Cluster {
  const own = cluster.registry('own', { preset: 'ghcr', path: 'acme' });
  const partner = cluster.registry('partner', { preset: 'quay', path: 'acme-partner' });
  cluster.registry('ubi', { host: 'registry.access.redhat.com', access: 'public' });

  new PullSecret(cluster, 'acme-pull', {
    registries: [own],
    source: Source.external({ store: 'vault', key: 'registries/ghcr' }),
  });
  new PullSecret(cluster, 'partner-pull', {
    registries: [partner],
    source: Source.external({ store: 'vault', key: 'registries/partner' }),
    allow: ['checkout'],
  });
  return cluster;
}
