import type { ControlPlane } from '../cluster/control-plane.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { noteRan, programPath } from '../session.js';
import { GoModule } from '../toolchain/go-module.js';

const goModule = new GoModule('external-secrets-operator');

/** The External Secrets Operator; {@link ExternalSecrets} starts it. */
export const externalSecretsOperator: Engine = {
  name: 'External Secrets Operator',
  form: 'full',
  build: () => goModule.build(crdFolders.externalSecrets.module, ['.']),
};

/** The version that the operator is built from: that of its kinds. */
const kinds = { ...crdFolders.externalSecrets, version: 'v0.17.0' } as const;

/** The operator in a cluster. It acts as the administrator; what stores may read is the business of their accounts. */
export class ExternalSecrets implements Running {
  private constructor(private readonly process: Kept) {}

  /** Serves the kinds of the operator, starts it, and waits until its controllers run. */
  static async start(plane: ControlPlane): Promise<ExternalSecrets> {
    await installCrds(plane.api, kinds);
    const process = Kept.start({
      program: programPath('external-secrets-operator'),
      args: [
        '--metrics-addr=0',
        '--concurrent=4',
        '--store-requeue-interval=1s',
        '--enable-push-secret-reconciler=false',
        '--enable-cluster-push-secret-reconciler=false',
      ],
      env: { KUBECONFIG: plane.kubeconfig },
      folder: plane.folder,
    });
    const operator = new ExternalSecrets(process);
    try {
      await eventually(async () => (operator.logTail(100_000).includes('Starting workers') ? true : undefined), {
        seconds: 120,
        hopeless: () => firstEnd([process]),
        otherwise: () => operator.logTail(),
      });
    } catch (error) {
      await operator.stop();
      throw error;
    }
    noteRan(externalSecretsOperator);
    return operator;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  /** The end of what the operator wrote. */
  logTail(length?: number): string {
    return this.process.logTail(length);
  }
}
