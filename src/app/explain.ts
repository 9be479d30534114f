import type { LoadedConfig } from '../config/load.js';
import { readInventory } from '../manifests/inventory.js';
import { nothingMade } from '../manifests/made.js';
import { ImageReference } from '../model/image/image-reference.js';
import { hasHost } from '../model/inventory/pod-traces.js';
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
import { At } from '../model/problem/at.js';
import { gatherByFolder } from '../model/problem/gathered.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { isGlobalPullSecret } from '../model/vocabulary/global-pull-secret.js';
import { Acknowledged } from './acknowledged.js';
import type { MadeClusters } from './made-clusters.js';
import { nothingServed, type ServedPods, servedPods, withServed } from './served-pods.js';

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
  /** What `synth` would give is said, too. */
  readonly config?: LoadedConfig | undefined;
  /** What the entries of the config lead to that are rendered or followed. @default - nothing */
  readonly made?: MadeClusters | undefined;
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
export type Explanation = { readonly problems: readonly Problem[] } & (
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
  if (kind !== '' && !kind.includes('.')) {
    const served = options.config ? servedPods(options.config, options.made) : nothingServed;
    const isAsked = (each: Workload) => isNamed(each, kind, name);
    const asked = withServed(
      inNamespace(inventory.workloads).filter(isAsked),
      inNamespace(served.workloads).filter(isAsked),
    );
    if (asked.length > 0) {
      const workloads = asked.map((workload) => explainWorkload(workload, inventory, served));
      return { kind: 'workloads', problems: [...problems, ...served.problems], workloads };
    }
  }
  const images = inventory.workloads.flatMap((each) => each.images.map(({ image }) => image));
  if (!isImage(options.subject) && !images.includes(options.subject))
    throw unknown(
      options,
      inNamespace(inventory.workloads).map((each) => `${each.kind}/${each.name}`),
    );
  const several = new Set(secrets.map((secret) => secret.namespace)).size > 1;
  const list = [...options.dockerConfigs.map(listedConfig), ...secrets.map((secret) => listed(secret, several))];
  return { kind: 'image', problems, image: explainImage(options.subject, list) };
}

/** A name alone, or two with a slash, may be a workload that was not read: an image has a host, a tag or a digest. */
function isImage(subject: string): boolean {
  return /[:@]/.test(subject) || hasHost(subject) || !/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)?$/.test(subject);
}

function read(options: ExplainOptions): { inventory: Inventory; problems: readonly Problem[] } {
  const { namespace } = options;
  const workloads = [...options.manifests, ...(options.stdin ? ['-'] : [])].map((path) =>
    namespace === undefined ? path : { path, namespace },
  );
  const { inventory, problems: found } = readInventory({
    base: options.base,
    workloads,
    // What the config renders, or leaves out with a reason, is no finding of a question.
    made: { ...nothingMade, reached: new Set([...(options.made?.values() ?? [])].flatMap((own) => [...own.reached])) },
    keepSecretData: true,
    readOutput: true,
    ...(options.stdin && { stdin: options.stdin }),
  });
  const { config } = options;
  const acknowledged = new Acknowledged(config?.base ?? options.base, config?.spec.acknowledge);
  const problems = acknowledged.problems(found).map(withoutFieldName);
  // What does not concern the question is no reason to leave it unanswered.
  const grave = problems.filter((problem) => problem.code === 'manifest-unreadable' || problem.code === 'no-manifests');
  if (grave.length > 0 && inventory.files === 0 && options.dockerConfigs.length === 0) throw new ImagePullError(grave);
  return {
    inventory,
    problems: gatherByFolder(problems.filter(isGrave)),
  };
}

/** A path of the command line stands under no `workloads`. */
function withoutFieldName(problem: Problem): Problem {
  return problem.code === 'no-manifests'
    ? { ...problem, message: problem.message.replace(/^workloads: /, '') }
    : problem;
}

function isGrave({ code }: Problem): boolean {
  return code !== 'manifest-not-an-object' && code !== 'nothing-read';
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

function fullKind(kind: string): string {
  const lower = kind.toLowerCase();
  return shortKinds[lower] ?? lower.replace(/s$/, '');
}

function isNamed(workload: Workload, kind: string, name: string): boolean {
  const wanted = [kind.toLowerCase(), fullKind(kind)];
  return workload.name === name && wanted.includes(workload.kind.toLowerCase());
}

function explainWorkload(workload: Workload, inventory: Inventory, served: ServedPods): ExplainedWorkload {
  const account = inventory.accounts.find(
    (each) => each.name === workload.serviceAccount && each.namespace === workload.namespace,
  );
  const own = hasOwnList(workload);
  const there = own ? workload.pullSecrets.names : (account?.pullSecrets ?? []);
  const given = served.givenTo(workload);
  const fresh = given.filter(({ name, onNodes }) => !onNodes && !there.includes(name));
  const list = [...there, ...fresh.map(({ name }) => name)];
  const secretOf = (name: string): ListedSecret => {
    const found = inventory.secrets.filter((each) => each.name === name && each.namespace === workload.namespace);
    const secret = found.find((each) => each.kind === 'Secret') ?? found[0];
    const madeBy = given.find((each) => each.name === name)?.madeBy;
    return secret ? listed(secret) : { name, data: undefined, ...(madeBy !== undefined && { madeBy }) };
  };
  const secrets = list.filter((name) => name !== '').map(secretOf);
  const onNodes = inventory.secrets.filter(isGlobalPullSecret).map((secret) => listed(secret, true));
  const node = onNodes.length > 0 ? onNodes : given.filter((each) => each.onNodes).map(({ name }) => secretOf(name));
  const from = own
    ? "the pod's own list"
    : `service account ${workload.serviceAccount}${account ? '' : ', which is not among the manifests'}`;
  return {
    title: workloadText(workload),
    listFrom: fresh.length === 0 ? from : `${from}, with what synth gives`,
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
  return new ImagePullError(
    At.of().refuse(
      'subject-unknown',
      words`there is no ${subject}${where} in what was read`,
      words`${some.length > 0 ? words`there is: ${some.join(', ')}` : 'name the files, folders or - that hold it'}${imageHint(subject)}`,
    ),
  );
}

/** How the image of Docker Hub is written that a subject could be, too. */
function imageHint(subject: string): string {
  if (/^secrets?\//i.test(subject) || !(ImageReference.tryParse(subject) instanceof ImageReference)) return '';
  return `; an image of Docker Hub is docker.io/${subject.includes('/') ? '' : 'library/'}${subject}`;
}
