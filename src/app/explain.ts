import { readInventory } from '../manifests/inventory.js';
import type { DeclaredSecret, Inventory, Workload } from '../model/inventory/workload.js';
import {
  type ExplainedImage,
  type ExplainedSecret,
  explainImage,
  explainSecret,
  type ListedSecret,
} from '../model/keyring/explanation.js';
import type { PullSecretData } from '../model/keyring/keyring.js';
import { workloadText } from '../model/needs/finding-collector.js';
import { hasOwnList } from '../model/plan/template-plan.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { isGlobalPullSecret } from '../model/vocabulary/global-pull-secret.js';

/** A docker config that stands alone, outside of any Secret. */
export interface DockerConfigInput {
  readonly name: string;
  readonly text: Uint8Array;
}

/** What to explain, and from what. */
export interface ExplainOptions {
  /** An image, `<kind>/<name>`, or `secret/<name>`. */
  readonly subject: string;
  readonly namespace?: string | undefined;
  readonly base: string;
  /** Files, folders and globs of manifests. */
  readonly manifests: readonly string[];
  readonly dockerConfigs: readonly DockerConfigInput[];
  readonly stdin?: Uint8Array | undefined;
}

/** A pod, where its list comes from, and what becomes of each of its images. */
export interface ExplainedWorkload {
  readonly title: string;
  /** `the pod's own list`, or the account that gives it. */
  readonly listFrom: string;
  readonly list: readonly string[];
  readonly images: readonly ExplainedContainer[];
  /** What the account lists beyond the pod's own list. */
  readonly accountOnly: readonly string[];
}

/** What becomes of the image of a container. */
export interface ExplainedContainer {
  readonly container: string;
  readonly image: ExplainedImage;
  /** What the node offers behind the Secrets of the pod: OpenShift's global pull secret, where it was read. */
  readonly node?: ExplainedImage;
}

/** The answer of `explain`. */
export type Explanation = { readonly problems: readonly Problem[]; readonly notes?: readonly string[] } & (
  | { readonly kind: 'secrets'; readonly secrets: readonly { readonly at: string; readonly secret: ExplainedSecret }[] }
  | { readonly kind: 'image'; readonly image: ExplainedImage }
  | { readonly kind: 'workloads'; readonly workloads: readonly ExplainedWorkload[] }
);

/** Explains an image, a workload or a pull secret by the kubelet's rules. Throws `subject-unknown` where there is none. */
export function explain(options: ExplainOptions): Explanation {
  const { inventory, problems } = read(options);
  const inNamespace = <T extends { readonly namespace?: string }>(items: readonly T[]) =>
    items.filter(
      (item) => options.namespace === undefined || (item.namespace ?? options.namespace) === options.namespace,
    );
  const declared = inNamespace(inventory.secrets);
  const secrets = declared.filter((secret) => secret.kind === 'Secret');
  const [, kind = '', name = ''] = /^([A-Za-z.]+)\/([^/:@]+)$/.exec(options.subject) ?? [];
  if (/^secrets?$/i.test(kind)) return { kind: 'secrets', problems, secrets: secretsNamed(name, declared, options) };
  const workloads = kind === '' ? [] : inNamespace(inventory.workloads).filter((each) => isNamed(each, kind, name));
  if (workloads.length > 0) {
    return {
      kind: 'workloads',
      problems,
      workloads: workloads.map((workload) => explainWorkload(workload, inventory)),
    };
  }
  if (kind !== '' && isKind(kind))
    throw unknown(
      options,
      inNamespace(inventory.workloads).map((each) => `${each.kind}/${each.name}`),
    );
  const several = new Set(secrets.map((secret) => secret.namespace)).size > 1;
  const list = [...options.dockerConfigs.map(listedConfig), ...secrets.map((secret) => listed(secret, several))];
  // A word with a dot is the host of a registry.
  const notes =
    kind === '' || kind.includes('.') ? [] : [`no workload ${options.subject} was read, so it is taken for an image`];
  return { kind: 'image', problems, notes, image: explainImage(options.subject, list) };
}

function read(options: ExplainOptions): { inventory: Inventory; problems: readonly Problem[] } {
  const workloads = [...options.manifests, ...(options.stdin ? ['-'] : [])];
  const { inventory, problems: found } = readInventory({
    base: options.base,
    workloads,
    keepSecretData: true,
    readOutput: true,
    ...(options.stdin && { stdin: options.stdin }),
  });
  const problems = found.map(withoutFieldName);
  // What does not concern the question is no reason to leave it unanswered.
  const grave = problems.filter((problem) => problem.code === 'manifest-unreadable' || problem.code === 'no-manifests');
  if (grave.length > 0 && inventory.files === 0 && options.dockerConfigs.length === 0) throw new ImagePullError(grave);
  return {
    inventory,
    problems: problems.filter(isGrave),
  };
}

/** A path of the command line stands under no `workloads`. */
function withoutFieldName(problem: Problem): Problem {
  return problem.code === 'no-manifests'
    ? { ...problem, message: problem.message.replace(/^workloads: /, '') }
    : problem;
}

function isGrave(problem: Problem): boolean {
  return severityOf(problem) === 'error' && problem.code !== 'manifest-not-an-object';
}

const shortKinds: Readonly<Record<string, string>> = {
  po: 'pod',
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  rs: 'replicaset',
  rc: 'replicationcontroller',
  cj: 'cronjob',
  dc: 'deploymentconfig',
};
const commonKinds = [
  'pod',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'replicationcontroller',
  'job',
  'cronjob',
  'deploymentconfig',
  'rollout',
  'workflow',
];

function fullKind(kind: string): string {
  const lower = kind.toLowerCase();
  return shortKinds[lower] ?? lower.replace(/s$/, '');
}

function isKind(kind: string): boolean {
  return commonKinds.includes(fullKind(kind));
}

function isNamed(workload: Workload, kind: string, name: string): boolean {
  const wanted = [kind.toLowerCase(), fullKind(kind)];
  return workload.name === name && wanted.includes(workload.kind.toLowerCase());
}

function explainWorkload(workload: Workload, inventory: Inventory): ExplainedWorkload {
  const account = inventory.accounts.find(
    (each) => each.name === workload.serviceAccount && each.namespace === workload.namespace,
  );
  const own = hasOwnList(workload);
  const list = own ? workload.pullSecrets.names : (account?.pullSecrets ?? []);
  const secrets = list
    .filter((name) => name !== '')
    .map((name): ListedSecret => {
      const found = inventory.secrets.filter((each) => each.name === name && each.namespace === workload.namespace);
      const secret = found.find((each) => each.kind === 'Secret') ?? found[0];
      return secret ? listed(secret) : { name, data: undefined };
    });
  const node = inventory.secrets.filter(isGlobalPullSecret).map((secret) => listed(secret, true));
  return {
    title: workloadText(workload),
    listFrom: own
      ? "the pod's own list"
      : `service account ${workload.serviceAccount}${account ? '' : ', which is not among the manifests'}`,
    list,
    images: workload.images.map(({ container, image }) => ({
      container,
      image: explainImage(image, secrets),
      ...(node.length > 0 && { node: explainImage(image, node) }),
    })),
    accountOnly: own ? (account?.pullSecrets ?? []).filter((name) => !list.includes(name)) : [],
  };
}

function secretsNamed(
  name: string,
  secrets: readonly DeclaredSecret[],
  options: ExplainOptions,
): { at: string; secret: ExplainedSecret }[] {
  const named = secrets.filter((secret) => secret.name === name);
  const plain = named.filter((secret) => secret.kind === 'Secret');
  const found = plain.length > 0 ? plain : named;
  if (found.length === 0)
    throw unknown(
      options,
      secrets.map((secret) => `secret/${secret.name}`),
    );
  return found.map((secret) => ({
    at: fullName(secret),
    secret: explainSecret(listed(secret)),
  }));
}

function fullName({ namespace, name }: DeclaredSecret): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function listed(secret: DeclaredSecret, withNamespace = false): ListedSecret {
  const name = withNamespace ? fullName(secret) : secret.name;
  if (secret.kind !== 'Secret') return { name, data: undefined, madeBy: `${secret.kind} ${secret.name}` };
  const reveal = (values: DeclaredSecret['data']) =>
    values && Object.fromEntries([...values].map(([key, value]) => [key, value.reveal()]));
  const data = reveal(secret.data);
  const stringData = reveal(secret.stringData);
  const full: PullSecretData = {
    name,
    ...(secret.namespace !== undefined && { namespace: secret.namespace }),
    ...(secret.type !== undefined && { type: secret.type }),
    ...(data && { data }),
    ...(stringData && { stringData }),
  };
  return { name, data: full };
}

function listedConfig({ name, text }: DockerConfigInput): ListedSecret {
  const data = { '.dockerconfigjson': Buffer.from(text).toString('base64') };
  return { name, data: { name, type: 'kubernetes.io/dockerconfigjson', data } };
}

function unknown({ subject, namespace }: ExplainOptions, known: readonly string[]): ImagePullError {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const some = [...new Set(known)].slice(0, 8);
  return new ImagePullError({
    code: 'subject-unknown',
    message: `there is no ${subject}${where} in what was read`,
    hint: some.length > 0 ? `there is: ${some.join(', ')}` : 'name the files, folders or - that hold it',
  });
}
