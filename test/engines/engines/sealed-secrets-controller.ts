import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { namespace } from '../cluster/objects.js';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programOf } from '../session.js';

/** The namespace of the controller, and of its keys. */
const home = 'sealed-secrets';

/**
 * The program knows a cluster only from inside. It runs in a mount namespace of its own, in which the usual place of the
 * credentials of a pod is a folder of the test.
 */
const inside = `
set -e
mount -t tmpfs none /run
mkdir -p /run/secrets/kubernetes.io/serviceaccount
cp "$1"/* /run/secrets/kubernetes.io/serviceaccount/
[ -e /var/run/secrets ] || { echo "/var/run is not /run" >&2; exit 1; }
shift
exec "$@"
`;

/** The controller of SealedSecrets in a cluster, as administrator. */
export class SealedSecretsController implements Running {
  private constructor(
    private readonly process: Kept,
    private readonly port: number,
  ) {}

  /** Serves its kind, starts it, and waits until it gives out its certificate. */
  static async start(engine: Engine, plane: ControlPlane): Promise<SealedSecretsController> {
    await installCrds(plane.api, crdFolders.sealedSecrets);
    await plane.api.apply(namespace(home));
    const [port = 0, metrics = 0] = await freePorts(2);
    const { hostname, port: apiPort } = new URL(plane.url);
    const args = [
      programOf(engine, 'controller'),
      `--listen-addr=127.0.0.1:${port}`,
      `--listen-metrics-addr=127.0.0.1:${metrics}`,
      '--key-renew-period=0',
      '--update-status',
    ];
    const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    const kept = Kept.start({
      program: 'unshare',
      args: ['--mount', ...asRoot, 'sh', '-c', inside, 'sh', credentialsOf(plane), ...args],
      env: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: apiPort },
      folder: plane.folder,
      name: `sealed-secrets-${port}`,
    });
    const controller = new SealedSecretsController(kept, port);
    try {
      await eventually(() => controller.certificate(), {
        seconds: 120,
        hopeless: () => firstEnd([kept]),
        otherwise: () => controller.logTail(),
      });
    } catch (error) {
      await controller.stop();
      throw error;
    }
    noteRan(engine);
    return controller;
  }

  /** The certificate by which to seal, as `kubeseal --fetch-cert` prints it. */
  async certificate(): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/v1/cert.pem`);
    if (!answer.ok) throw new Error(`the controller answers ${answer.status}`);
    return answer.text();
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  /** The end of what the controller wrote. */
  logTail(length?: number): string {
    return this.process.logTail(length);
  }
}

/** A folder as a pod finds its credentials. */
function credentialsOf(plane: ControlPlane): string {
  const folder = join(plane.folder, 'pod');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'token'), plane.token, { mode: 0o600 });
  writeFileSync(join(folder, 'ca.crt'), plane.certificate);
  writeFileSync(join(folder, 'namespace'), home);
  return folder;
}
