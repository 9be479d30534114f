import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { namespace } from '../cluster/objects.js';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programPath } from '../session.js';
import { GoModule } from '../toolchain/go-module.js';

const goModule = new GoModule('flux');
const source = { module: 'github.com/fluxcd/source-controller', version: 'v1.9.3', folder: 'config/crd/bases' };

/** The controllers of Flux that read sources and apply kustomizations; {@link Flux} starts them. */
export const fluxControllers: Engine = {
  name: 'Flux (source-controller, kustomize-controller)',
  form: 'all',
  part: 'flux',
  async build() {
    const programs = [crdFolders.flux.module, source.module];
    const built = await goModule.build(crdFolders.flux.module, programs);
    return { ...built, version: `source ${source.version}, kustomize ${crdFolders.flux.version}` };
  },
};

/** Flux in a cluster, as administrator. */
export class Flux implements Running {
  private constructor(private readonly processes: readonly Kept[]) {}

  /** Serves its kinds, starts both controllers, and waits until they answer. */
  static async start(plane: ControlPlane): Promise<Flux> {
    await installCrds(plane.api, crdFolders.flux);
    await installCrds(plane.api, source);
    await plane.api.apply(namespace('flux-system'));
    const [storage = 0, sourceMetrics = 0, sourceHealth = 0, metrics = 0, health = 0] = await freePorts(5);
    const artifacts = join(plane.folder, 'artifacts');
    mkdirSync(artifacts);
    const flux = new Flux([
      start(plane, 'source-controller', sourceMetrics, sourceHealth, [
        `--storage-path=${artifacts}`,
        `--storage-addr=127.0.0.1:${storage}`,
        `--storage-adv-addr=127.0.0.1:${storage}`,
      ]),
      start(plane, 'kustomize-controller', metrics, health, ['--requeue-dependency=1s']),
    ]);
    try {
      await flux.#ready([sourceHealth, health]);
    } catch (error) {
      await flux.stop();
      throw error;
    }
    noteRan(fluxControllers);
    return flux;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.stop()));
  }

  /** The most memory that each program has held, in megabytes. */
  peakMemory(): Record<string, number> {
    return Object.fromEntries(this.processes.map((each) => [each.name, each.peakMemory()]));
  }

  /** The end of what the controllers wrote. */
  logTail(length?: number): string {
    return this.processes.map((each) => each.logTail(length)).join('\n');
  }

  async #ready(ports: readonly number[]): Promise<void> {
    const ask = async () => {
      const replies = await Promise.all(ports.map((port) => fetch(`http://127.0.0.1:${port}/readyz`)));
      return replies.every(({ ok }) => ok) ? true : undefined;
    };
    await eventually(ask, {
      seconds: 120,
      hopeless: () => firstEnd(this.processes),
      otherwise: () => this.logTail(),
    });
  }
}

function start(plane: ControlPlane, program: string, metrics: number, health: number, args: readonly string[]): Kept {
  return Kept.start({
    program: programPath(program),
    args: [
      `--metrics-addr=127.0.0.1:${metrics}`,
      `--health-addr=127.0.0.1:${health}`,
      '--events-addr=',
      '--watch-all-namespaces',
      // Thousands of objects; by default a client asks 50 times in a second.
      '--kube-api-qps=500',
      '--kube-api-burst=1000',
      ...args,
    ],
    env: { KUBECONFIG: plane.kubeconfig, RUNTIME_NAMESPACE: 'flux-system', TMPDIR: plane.folder },
    folder: plane.folder,
  });
}
