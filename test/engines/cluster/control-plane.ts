import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from '../engine.js';
import { etcd } from '../engines/etcd.js';
import { kubectl, kubernetes } from '../engines/kubernetes.js';
import { eventually, type Patience } from '../processes/eventually.js';
import { firstEnd, Kept } from '../processes/keeper.js';
import { freePorts } from '../processes/ports.js';
import { noteRan, programPath, workFolder } from '../session.js';
import { serviceAccountUser } from './access-review.js';
import { ApiServer } from './api-server.js';
import { AuditLog, auditFlags } from './audit-log.js';
import { Connection } from './connection.js';

/** Everybody who knows it is system:masters. */
const adminToken = 'admin-token-of-a-cluster-that-lives-for-one-test-file';

/** How a control plane runs. */
export interface ControlPlaneOptions {
  /** Seconds until the API server ends a watch, at most twice as many; clients then begin anew. @default 1800 */
  readonly watchSeconds?: number;
}

/** etcd, API server and controller manager on the loopback interface. There is no node: pods stay Pending. */
export class ControlPlane implements Running {
  readonly api: ApiServer;
  /** What was asked of Secrets and service accounts, by whom. */
  readonly audit: AuditLog;
  /** The path of a kubeconfig for the administrator. */
  readonly kubeconfig: string;

  private constructor(
    readonly folder: string,
    private readonly connection: Connection,
    private readonly processes: readonly Kept[],
  ) {
    this.api = new ApiServer(connection);
    this.audit = new AuditLog(folder);
    this.kubeconfig = join(folder, 'kubeconfig');
  }

  /** Starts a control plane with nothing in it, and waits until it makes service accounts. */
  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const folder = workFolder('control-plane');
    const [client = 0, peer = 0, secure = 0] = await freePorts(3);
    const processes: Kept[] = [];
    try {
      writeCredentials(folder, secure);
      processes.push(startEtcd(folder, client, peer), startApiServer(folder, client, secure, options));
      const connection = await connect(folder, secure, processes);
      processes.push(startControllerManager(folder));
      const plane = new ControlPlane(folder, connection, processes);
      await plane.#defaultAccount();
      noteRan(etcd);
      noteRan(kubernetes);
      return plane;
    } catch (error) {
      await stopAll(processes);
      throw error;
    }
  }

  /** The URL of the API server. */
  get url(): string {
    return `https://127.0.0.1:${this.connection.port}`;
  }

  /** The token of the administrator. */
  get token(): string {
    return adminToken;
  }

  /** The certificate of the API server. */
  get certificate(): string {
    return readFileSync(join(this.folder, 'apiserver.crt'), 'utf8');
  }

  /** Runs kubectl as administrator and answers its standard output. */
  kubectl(...args: string[]): Promise<string> {
    return kubectl('--kubeconfig', this.kubeconfig, ...args);
  }

  /** The text of a kubeconfig with the rights of a service account, given as `namespace/name`. */
  kubeconfigAs(account: string): string {
    const { user, groups } = serviceAccountUser(account);
    return kubeconfigText(this.folder, this.connection.port, { as: user, 'as-groups': groups });
  }

  async stop(): Promise<void> {
    this.connection.close();
    await stopAll(this.processes);
  }

  async #defaultAccount(): Promise<void> {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } };
    await eventually(() => this.api.find(account), patienceWith(this.processes));
  }
}

function startEtcd(folder: string, client: number, peer: number): Kept {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  const args = [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ];
  return Kept.start({ program: programPath('etcd'), args, folder });
}

function startApiServer(folder: string, etcdPort: number, port: number, options: ControlPlaneOptions): Kept {
  const args = [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--cert-dir=${folder}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--service-account-key-file=${join(folder, 'accounts.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    ...auditFlags(folder),
    ...(options.watchSeconds === undefined ? [] : [`--min-request-timeout=${options.watchSeconds}`]),
  ];
  return Kept.start({ program: programPath('kube-apiserver'), args, folder });
}

function startControllerManager(folder: string): Kept {
  const args = [
    `--kubeconfig=${join(folder, 'kubeconfig')}`,
    `--service-account-private-key-file=${join(folder, 'accounts.key')}`,
    `--root-ca-file=${join(folder, 'apiserver.crt')}`,
    '--use-service-account-credentials=true',
    '--controllers=*,-nodeipam,-nodelifecycle',
    '--leader-elect=false',
    // Thousands of namespaces get their accounts in seconds.
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
    '--secure-port=0',
  ];
  return Kept.start({ program: programPath('kube-controller-manager'), args, folder });
}

async function connect(folder: string, port: number, processes: readonly Kept[]): Promise<Connection> {
  const certificate = join(folder, 'apiserver.crt');
  return eventually(async () => {
    if (!existsSync(certificate)) return undefined;
    const connection = new Connection(port, adminToken, readFileSync(certificate, 'utf8'));
    const { status } = await connection.call({ path: '/readyz' });
    if (status === 200) return connection;
    connection.close();
    throw new Error(`/readyz answers ${status}`);
  }, patienceWith(processes));
}

function writeCredentials(folder: string, port: number): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(folder, 'tokens.csv'), `${adminToken},admin,admin,system:masters\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'kubeconfig'), kubeconfigText(folder, port), { mode: 0o600 });
}

/** JSON is YAML. The administrator may act as anybody. */
function kubeconfigText(folder: string, port: number, actingAs: Readonly<Record<string, unknown>> = {}): string {
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': join(folder, 'apiserver.crt') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'admin', user: { token: adminToken, ...actingAs } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  });
}

function patienceWith(processes: readonly Kept[]): Patience {
  const logs = () => processes.map((each) => each.logTail()).join('\n');
  return { seconds: 120, hopeless: () => firstEnd(processes), otherwise: logs };
}

async function stopAll(processes: readonly Kept[]): Promise<void> {
  await Promise.all([...processes].reverse().map((each) => each.stop()));
}
