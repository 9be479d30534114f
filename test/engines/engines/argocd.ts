import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { manifestsOf } from '../cluster/kube-object.js';
import { namespace } from '../cluster/objects.js';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programPath } from '../session.js';
import { GoModule } from '../toolchain/go-module.js';
import { moduleYaml } from '../toolchain/module-files.js';
import { redis } from './redis.js';

const upstream = 'github.com/argoproj/argo-cd/v3';
const goModule = new GoModule('argocd');

/** Two components of Argo CD in one program; {@link ArgoCd} starts both. */
export const argoCd: Engine = {
  name: 'Argo CD (application controller, repo server)',
  form: 'all',
  part: 'argocd',
  build: () => goModule.build(upstream, ['.']),
};

/** Argo CD in a cluster, as administrator: application controller, repo server and their cache. */
export class ArgoCd implements Running {
  private constructor(private readonly processes: readonly Kept[]) {}

  /**
   * Installs Argo CD as it ships its settings, and waits until it has looked at the cluster.
   *
   * @param settings - further keys of `argocd-cm`
   * @param resync - seconds after which it looks at an Application again
   */
  static async start(plane: ControlPlane, settings: Readonly<Record<string, string>>, resync: number): Promise<ArgoCd> {
    await install(plane, settings);
    const [cache = 0, repo = 0, repoMetrics = 0, metrics = 0] = await freePorts(4);
    const env = await environment(plane);
    const argo = new ArgoCd([
      startRedis(plane.folder, cache),
      startComponent('argocd-repo-server', plane.folder, env, [
        '--address=127.0.0.1',
        `--port=${repo}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${repoMetrics}`,
        `--redis=127.0.0.1:${cache}`,
        '--disable-tls',
        '--client-ca-path=',
        '--revision-cache-expiration=2s',
      ]),
      startComponent('argocd-application-controller', plane.folder, env, [
        `--kubeconfig=${plane.kubeconfig}`,
        '--namespace=argocd',
        `--redis=127.0.0.1:${cache}`,
        `--repo-server=127.0.0.1:${repo}`,
        '--repo-server-plaintext',
        `--metrics-port=${metrics}`,
        `--app-resync=${resync}`,
        '--app-resync-jitter=0',
      ]),
    ]);
    try {
      await argo.#ready(metrics);
    } catch (error) {
      await argo.stop();
      throw error;
    }
    noteRan(argoCd);
    noteRan(redis);
    return argo;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.stop()));
  }

  /** The most memory that each program has held, in megabytes. */
  peakMemory(): Record<string, number> {
    return Object.fromEntries(this.processes.map((each) => [each.name, each.peakMemory()]));
  }

  /** The end of what the components wrote. */
  logTail(length?: number): string {
    return this.processes.map((each) => each.logTail(length)).join('\n');
  }

  async #ready(metrics: number): Promise<void> {
    const ask = async () => ((await fetch(`http://127.0.0.1:${metrics}/healthz`)).ok ? true : undefined);
    await eventually(ask, {
      seconds: 120,
      hopeless: () => firstEnd(this.processes),
      otherwise: () => this.logTail(),
    });
  }
}

async function install({ api }: ControlPlane, settings: Readonly<Record<string, string>>): Promise<void> {
  await installCrds(api, crdFolders.argoCd);
  await api.apply(namespace('argocd'));
  const texts = await moduleYaml({ ...crdFolders.argoCd, folder: 'manifests/base/config' });
  const objects = texts.flatMap(manifestsOf).map(({ object }) => object);
  for (const object of objects.filter(({ kind }) => kind !== 'Kustomization')) {
    const data = object.metadata.name === 'argocd-cm' ? { ...object.data, ...settings } : object.data;
    const metadata = { ...object.metadata, namespace: 'argocd' };
    await api.apply({ ...object, metadata, ...(data && { data }) }, { manager: 'installer' });
  }
  const key = Buffer.from('key-of-a-cluster-that-lives-for-one-test-file').toString('base64');
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'argocd-secret', namespace: 'argocd' } };
  await api.merge(secret, { data: { 'server.secretkey': key } });
  await api.apply(project('default'), { manager: 'installer' });
}

/** An AppProject that allows everything, as the one that Argo CD makes by itself. */
function project(name: string) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}

/** Folders of its own, the programs that it renders with, and the wrapper by which it looks at commits. */
async function environment(plane: ControlPlane): Promise<Record<string, string>> {
  const folder = (name: string) => {
    const path = join(plane.folder, 'argocd', name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const [wrapper = ''] = await moduleYaml({ ...crdFolders.argoCd, folder: 'hack/git-verify-wrapper.sh' });
  const programs = folder('bin');
  writeFileSync(join(programs, 'git-verify-wrapper.sh'), wrapper);
  chmodSync(join(programs, 'git-verify-wrapper.sh'), 0o755);
  const renderers = ['kustomize', 'helm'].map((name) => dirname(programPath(name)));
  return {
    KUBECONFIG: plane.kubeconfig,
    HOME: folder('home'),
    TMPDIR: folder('tmp'),
    PATH: [programs, ...renderers, process.env.PATH].join(delimiter),
    // The cluster that it runs in, though it does not.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: folder('tls'),
    ARGOCD_SSH_DATA_PATH: folder('ssh'),
    ARGOCD_GNUPGHOME: folder('gpg-home'),
    ARGOCD_GPG_DATA_PATH: folder('gpg'),
    ARGOCD_PLUGINSOCKFILEPATH: folder('plugins'),
  };
}

function startRedis(folder: string, port: number): Kept {
  const args = [`--port ${port}`, '--bind 127.0.0.1', '--save', '', '--appendonly no'].flatMap((each) =>
    each.includes(' ') ? each.split(' ') : [each],
  );
  return Kept.start({ program: programPath('redis-server'), args, folder });
}

function startComponent(name: string, folder: string, env: Record<string, string>, args: readonly string[]): Kept {
  return Kept.start({ program: programPath('argocd'), args, folder, name, env: { ...env, ARGOCD_BINARY_NAME: name } });
}
