import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.js';
import { crdFolders, installCrds } from '../cluster/crds.js';
import { type KubeObject, manifestsOf, type NewObject } from '../cluster/kube-object.js';
import type { Engine, Running } from '../engine.js';
import { eventually } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programPath } from '../session.js';
import { moduleYaml } from '../toolchain/module-files.js';
import { kyvernoModule, kyvernoUpstream } from './kyverno-cli.js';

/** Admission and background controllers; {@link Kyverno} starts them. */
export const kyvernoControllers: Engine = {
  name: 'Kyverno controllers (admission, background)',
  form: 'full',
  build: () =>
    kyvernoModule.build(kyvernoUpstream, [
      `${kyvernoUpstream}/cmd/kyverno`,
      `${kyvernoUpstream}/cmd/background-controller`,
    ]),
};

/** Kyverno in a cluster, with the RBAC of its own installation: each controller acts as its service account. */
export class Kyverno implements Running {
  #processes: readonly Kept[];

  private constructor(private readonly controllers: readonly (() => Kept)[]) {
    this.#processes = controllers.map((start) => start());
  }

  /** Installs Kyverno and waits until its webhooks for policies are there. */
  static async start(plane: ControlPlane): Promise<Kyverno> {
    await install(plane);
    const [webhooks = 0, ...metrics] = await freePorts(3);
    const kyverno = new Kyverno([
      () => startAdmission(plane, webhooks, metrics[0]),
      () => startBackground(plane, metrics[1]),
    ]);
    try {
      await kyverno.#ready(plane);
    } catch (error) {
      await kyverno.stop();
      throw error;
    }
    noteRan(kyvernoControllers);
    return kyverno;
  }

  /** Starts controllers again that ended, as a cluster does. */
  revive(): void {
    this.#processes = this.#processes.map((each, index) =>
      each.end === undefined ? each : this.controllers[index]!(),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.stop()));
  }

  /** The end of what the controllers wrote. */
  logTail(): string {
    return this.#processes.map((each) => each.logTail()).join('\n');
  }

  /** The webhooks are registered before they answer: a policy must pass them. */
  async #ready({ api }: ControlPlane): Promise<void> {
    const metadata = { name: 'kyverno-policy-validating-webhook-cfg' };
    const webhook = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata };
    const probe = async () => ((await api.find(webhook)) ? api.create(probePolicy, { dryRun: true }) : undefined);
    await eventually(probe, {
      seconds: 180,
      hopeless: () => firstEnd(this.#processes),
      otherwise: () => this.logTail(),
    });
  }
}

/** A policy that no webhook objects to. */
const probePolicy: NewObject = {
  apiVersion: 'policies.kyverno.io/v1',
  kind: 'ValidatingPolicy',
  metadata: { name: 'probe' },
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    },
    validations: [{ expression: 'true' }],
  },
};

/**
 * The installation as Kyverno publishes it. Its Deployments have no pods: the controllers run beside the cluster. Its
 * bindings to the role `view` are left out, as its chart can (createViewRoleBinding): what is tested brings its rights.
 */
async function install({ api }: ControlPlane): Promise<void> {
  await installCrds(api, crdFolders.kyverno);
  const [text = ''] = await moduleYaml({ ...crdFolders.kyverno, folder: 'config/install-latest-testing.yaml' });
  const documents = text.split(/^---$/m).filter((each) => !each.includes('\nkind: CustomResourceDefinition\n'));
  const objects = documents.flatMap(manifestsOf).map(({ object }) => object);
  for (const object of objects.filter((each) => !bindsView(each))) {
    await api.apply(withoutPods(object), { manager: 'helm' });
  }
}

function bindsView({ kind, metadata }: KubeObject): boolean {
  return kind === 'ClusterRoleBinding' && metadata.name.endsWith(':view');
}

function withoutPods(object: KubeObject): KubeObject {
  return object.kind === 'Deployment' ? { ...object, spec: { ...object.spec, replicas: 0 } } : object;
}

function startAdmission(plane: ControlPlane, webhooks: number, metrics = 0): Kept {
  return startController(plane, 'kyverno', 'admission-controller', [
    `--metricsPort=${metrics}`,
    `--serverIP=127.0.0.1:${webhooks}`,
    `--webhookServerPort=${webhooks}`,
    '--webhookServerHost=127.0.0.1',
    '--servicePort=443',
    '--caSecretName=kyverno-svc.kyverno.svc.kyverno-tls-ca',
    '--tlsSecretName=kyverno-svc.kyverno.svc.kyverno-tls-pair',
    '--backgroundServiceAccountName=system:serviceaccount:kyverno:kyverno-background-controller',
    '--reportsServiceAccountName=system:serviceaccount:kyverno:kyverno-reports-controller',
    '--admissionReports=false',
  ]);
}

function startBackground(plane: ControlPlane, metrics = 0): Kept {
  return startController(plane, 'background-controller', 'background-controller', [`--metricsPort=${metrics}`]);
}

function startController(plane: ControlPlane, program: string, component: string, flags: readonly string[]): Kept {
  const account = `kyverno-${component}`;
  const shared = [
    '--disableMetrics=true',
    '--metricsHost=127.0.0.1',
    '--controllerRuntimeMetricsAddress=0',
    '--loggingFormat=json',
  ];
  return Kept.start({
    program: programPath(program),
    args: [`--kubeconfig=${kubeconfigAs(plane, account)}`, ...shared, ...flags],
    folder: plane.folder,
    name: account,
    env: {
      INIT_CONFIG: 'kyverno',
      METRICS_CONFIG: 'kyverno-metrics',
      KYVERNO_NAMESPACE: 'kyverno',
      KYVERNO_SVC: 'kyverno-svc',
      KYVERNO_DEPLOYMENT: account,
      KYVERNO_POD_NAME: `${account}-0`,
      KYVERNO_SERVICEACCOUNT_NAME: account,
      KYVERNO_ROLE_NAME: `kyverno:${component}`,
    },
  });
}

/** A kubeconfig with the rights of a service account of Kyverno. */
function kubeconfigAs(plane: ControlPlane, account: string): string {
  const file = join(plane.folder, `${account}.kubeconfig`);
  writeFileSync(file, plane.kubeconfigAs(`kyverno/${account}`), { mode: 0o600 });
  return file;
}
