// Many namespaces, three objects each, from one repository through shards: how large what an engine keeps becomes, how long
// it takes, how much memory. SIZE says how many; docs/tested.md has what 10,000 took. With LIGHT=1 Argo CD compares and
// checks objects by itself, without asking the API server for each.
import { loadavg } from 'node:os';
import type { KubeObject } from '../cluster/kube-object.js';
import { ArgoCdStage } from '../gitops/argocd-stage.js';
import { configOf, pullSecret, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { type GitOpsEngine, gitopsEngines } from '../gitops/gitops-engines.js';
import { eventually } from '../processes/eventually.js';
import { noteResult } from '../results.js';

const size = Number(process.env.SIZE ?? 200);
const isLight = process.env.LIGHT !== undefined;
/** Some 1,875 objects a shard at 10,000 namespaces: below the warning of 2,000. */
const shards = Math.max(2, Math.ceil(size / 625));
const limit = 4 * 3600;

/** Namespaces said by hand: the speed of reading is measured elsewhere. */
function manyOf({ settings }: GitOpsEngine): string {
  const sharded = settings.replace(/bootstrap: \{/, `bootstrap: { shards: ${shards},`);
  const names = Array.from({ length: size - 1 }, (_, index) => `team-${String(index).padStart(5, '0')}`);
  const namespaces = names.map((name) => `  ${name}: { pullSecrets: [${pullSecret}] }\n`).join('');
  return `${configOf(`{ ${sharded} }`)}namespaces:\n${namespaces}`;
}

/** The emitted object as it is, or as docs/argocd.md says for many namespaces. */
function asAsked(object: KubeObject): KubeObject {
  if (!isLight || object.kind !== 'Application') return object;
  const { syncPolicy, ...spec } = object.spec as { syncPolicy: { syncOptions: readonly string[] } };
  const syncOptions = [...syncPolicy.syncOptions, 'Validate=false'];
  const metadata = { ...object.metadata, annotations: {} };
  return { ...object, metadata, spec: { ...spec, syncPolicy: { ...syncPolicy, syncOptions } } };
}

/** Argo CD looks at its Applications as often as it does by default. */
const engines = gitopsEngines.map((engine) =>
  engine.gitops === 'argocd' ? { ...engine, start: () => ArgoCdStage.start({}, 120) } : engine,
);

describe.each(engines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop(), limit);

  test(
    `${size} namespaces`,
    async () => {
      const commit = await cluster.push({ 'image-pull.yaml': manyOf(engine), ...workloadsOf('web') });
      const start = Date.now();
      await cluster.stage.bootstrap(cluster.emitted.map(asAsked));
      await cluster.stage.untilApplied(commit, limit);
      const seconds = Math.round((Date.now() - start) / 1000);
      await eventually(async () => {
        const found = await cluster.api.list('v1', 'Secret');
        return found.filter(({ metadata }) => metadata.name === pullSecret).length === size ? true : undefined;
      });
      const bytes = await cluster.stage.largestApplier();
      expect(bytes).toBeLessThan(1024 * 1024);
      const memory = Object.entries(cluster.stage.peakMemory()).map(([name, megabytes]) => `${name} ${megabytes} MB`);
      const load = loadavg()[1]?.toFixed(1);
      const note = (property: string, result: string) =>
        noteResult({
          subject: `${size} namespaces, ${shards} shards${isLight ? ', lighter' : ''}`,
          engine: engine.engine,
          property,
          result,
          varies: true,
        });
      note('largest Application or Kustomization', `${Math.round(bytes / 1024)} KiB`);
      note('peak memory', memory.join(', '));
      note('until it is there', `${seconds} s (load ${load})`);
    },
    limit * 1000,
  );
});
