import type { LoadedConfig } from '../config/load.js';
import type { Workshop } from '../manifests/make.js';
import { ImageReference } from '../model/image/image-reference.js';
import type { DeclaredSecret } from '../model/inventory/declared-object.js';
import { hasHost } from '../model/inventory/pod-traces.js';
import type { Workload } from '../model/inventory/workload.js';
import {
  type ExplainedImage,
  type ExplainedSecret,
  explainImage,
  explainSecret,
} from '../model/keyring/explanation.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { type KnownMessage, messagesLike } from '../model/proof/messages.js';
import { unnamedCluster } from '../model/proof/proven-cluster.js';
import type { Proof } from '../model/proof/state.js';
import type { ProvenPod } from '../model/proof/verdict.js';
import { plannedProofs } from './config-proofs.js';
import { type ExplainedWorkload, explainPod, inCluster, listedOf } from './explained-workload.js';
import { type MadeClusters, makeManifests } from './made-clusters.js';
import { specOfPaths } from './verified-spec.js';
import { type Verification, verify } from './verify.js';

/** A docker config that stands alone, outside of any Secret. */
export interface DockerConfigInput {
  readonly name: string;
  readonly text: Uint8Array;
}

/** Choice of what to explain, and from what. */
export interface ExplainOptions extends Workshop {
  /** An image, `<kind>/<name>`, `secret/<name>`, or the text of a message. */
  readonly subject: string;
  readonly namespace?: string | undefined;
  readonly base: string;
  /** Files, folders and globs of manifests, and `-`; undefined for what the config reads, else all below the base. */
  readonly paths: readonly string[] | undefined;
  readonly dockerConfigs: readonly DockerConfigInput[];
  readonly stdin?: Uint8Array | undefined;
  readonly config?: LoadedConfig | undefined;
}

/** The answer of `explain`. */
export type Explanation = { readonly problems: readonly Problem[] } & (
  | { readonly kind: 'secrets'; readonly secrets: readonly { readonly at: string; readonly secret: ExplainedSecret }[] }
  | { readonly kind: 'image'; readonly image: ExplainedImage }
  | { readonly kind: 'workloads'; readonly workloads: readonly ExplainedWorkload[] }
  | { readonly kind: 'messages'; readonly messages: readonly KnownMessage[] }
);

/**
 * Explains an image, a workload, a pull secret or a message: the proof of one subject, told at length.
 *
 * @throws ImagePullError `subject-unknown` where there is no such subject; `usage` for a path that leads nowhere.
 */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { subject } = options;
  const messages = messagesLike(subject);
  if (messages.length > 0) return { kind: 'messages', messages, problems: [] };
  const { proofs, problems, made } = await read(options);
  const [, kind = '', name = ''] = /^([A-Za-z.]+)\/([^/:@]+)$/.exec(subject) ?? [];
  if (/^secrets?$/i.test(kind)) return { kind: 'secrets', problems, secrets: secretsNamed(name, proofs, options) };
  if (kind !== '' && !kind.includes('.')) {
    const workloads = await explainedPods({ kind, name }, proofs, options, made);
    if (workloads.length > 0) return { kind: 'workloads', problems, workloads };
  }
  return { kind: 'image', problems, image: explainedImage(proofs, options) };
}

/** The proofs of what is asked about, and what could not be read of it. */
interface SubjectRead {
  readonly proofs: readonly Proof[];
  readonly problems: readonly Problem[];
  /** Manifests that the config leads to, where they were made for it. */
  readonly made?: MadeClusters | undefined;
}

/** Reads the proofs of what is asked about, and what could not be read of it. */
async function read(options: ExplainOptions): Promise<SubjectRead> {
  const { base, paths, namespace, config, stdin, dockerConfigs } = options;
  if (paths?.length === 0 && dockerConfigs.length > 0) return { proofs: [], problems: [] };
  const ofConfig = paths === undefined ? config : undefined;
  const made = ofConfig && (await makeManifests(ofConfig, options));
  const verified = ofConfig
    ? { ...ofConfig, output: 'dist' }
    : await specOfPaths({ base, paths: paths ?? ['.'], namespace, config }, options);
  const verification = await verify({ ...options, verified, made, stdin });
  const problems = unreadable(verification);
  const isEmpty = verification.clusters.every(({ coverage }) => coverage.objects === 0);
  if (isEmpty && dockerConfigs.length === 0 && problems.length > 0) throw new ImagePullError(problems);
  return { proofs: verification.clusters.map(({ proof }) => proof), problems, made };
}

/** Problems that stand in the way of any answer; findings about other subjects are for `verify`. */
function unreadable({ problems }: Verification): Problem[] {
  return problems.filter(
    ({ code }) => code === 'manifest-unreadable' || code === 'no-manifests' || code === 'manifest-invalid',
  );
}

/** The pods of a name: as they are where a dump has them, else as they will be by the config. */
async function explainedPods(
  asked: { readonly kind: string; readonly name: string },
  proofs: readonly Proof[],
  options: ExplainOptions,
  made: MadeClusters | undefined,
): Promise<ExplainedWorkload[]> {
  const { config, stdin } = options;
  const isAsked = ({ workload, namespace }: ProvenPod) =>
    isNamed(workload, asked.kind, asked.name) &&
    (options.namespace === undefined || namespace === '' || namespace === options.namespace);
  const podsOf = (all: readonly Proof[]) =>
    all.flatMap((proof) => proof.pods.filter(isAsked).map((pod) => ({ proof, pod })));
  const found = podsOf(proofs);
  if (found.length === 0) return [];
  const planned = config ? podsOf(plannedProofs(config, made ?? (await makeManifests(config, options)))) : [];
  const isOfSeveral = proofs.length > 1;
  const isDump = stdin !== undefined || found.some(({ pod }) => pod.workload.isLive);
  if (isDump || planned.length === 0)
    return found.map(({ proof, pod }) =>
      explainPod({
        ...{ proof, pod, isOfSeveral, isPlanned: false },
        later: planned.find((each) => isOfCluster(each, proof) && isSame(each.pod, pod))?.pod,
      }),
    );
  return planned.map(({ proof, pod }) =>
    explainPod({
      ...{ proof, pod, isOfSeveral, isPlanned: true },
      now: found.find((each) => isOfCluster(each, proof) && isSame(each.pod, pod))?.pod,
    }),
  );
}

/** Whether a pod is of the cluster of a proof: a pod of the same name in another one is not the same. */
function isOfCluster({ pod }: { readonly pod: ProvenPod }, { cluster }: Proof): boolean {
  return pod.cluster === '' || cluster.name === unnamedCluster || pod.cluster === cluster.name;
}

function isSame(a: ProvenPod, b: ProvenPod): boolean {
  return (
    a.workload.kind === b.workload.kind &&
    a.workload.name === b.workload.name &&
    (a.namespace === b.namespace || a.namespace === '' || b.namespace === '') &&
    a.workload.templatePath === b.workload.templatePath
  );
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

/** The Secrets that were read, and may be of the namespace that is asked about. */
function secretsIn(
  proofs: readonly Proof[],
  { namespace }: ExplainOptions,
): { proof: Proof; secret: DeclaredSecret }[] {
  return proofs.flatMap((proof) =>
    proof.inventory.secrets
      .filter((secret) => namespace === undefined || (secret.namespace ?? namespace) === namespace)
      .map((secret) => ({ proof, secret })),
  );
}

function secretsNamed(
  name: string,
  proofs: readonly Proof[],
  options: ExplainOptions,
): { at: string; secret: ExplainedSecret }[] {
  const all = secretsIn(proofs, options);
  const named = all.filter(({ secret }) => secret.name === name);
  const plain = named.filter(({ secret }) => secret.kind === 'Secret');
  const found = plain.length > 0 ? plain : named;
  if (found.length === 0)
    throw unknown(
      options,
      all.map(({ secret }) => `secret/${secret.name}`),
    );
  return found.map(({ proof, secret }) => ({
    at: `${secret.namespace === undefined ? '' : `${secret.namespace}/`}${secret.name}${proofs.length > 1 ? inCluster(proof) : ''}`,
    secret: explainSecret(listedOf(foundOf(proof, secret))),
  }));
}

function foundOf(proof: Proof, { namespace = '', name }: DeclaredSecret): ReturnType<Proof['secrets']['find']> {
  return proof.secrets.find(proof.namespaceOf(namespace), name);
}

/** An image against every docker config and Secret that was read. */
function explainedImage(proofs: readonly Proof[], options: ExplainOptions): ExplainedImage {
  const { subject, dockerConfigs } = options;
  const workloads = proofs.flatMap(({ inventory }) => inventory.workloads);
  if (!isImage(subject) && !workloads.some(({ images }) => images.some(({ image }) => image === subject)))
    throw unknown(
      options,
      workloads
        .filter(
          ({ namespace }) => options.namespace === undefined || (namespace ?? options.namespace) === options.namespace,
        )
        .map((each) => `${each.kind}/${each.name}`),
    );
  const secrets = secretsIn(proofs, options).filter(({ secret }) => secret.kind === 'Secret');
  const several = new Set(secrets.map(({ secret }) => secret.namespace)).size > 1;
  return explainImage(subject, [
    ...dockerConfigs.map(listedConfig),
    ...secrets.map(({ proof, secret }) => listedOf(foundOf(proof, secret), several)),
  ]);
}

/** A name alone, or two with a slash, may be a workload that was not read: an image has a host, a tag or a digest. */
function isImage(subject: string): boolean {
  return /[:@]/.test(subject) || hasHost(subject) || !/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)?$/.test(subject);
}

function listedConfig({ name, text }: DockerConfigInput): Parameters<typeof explainSecret>[0] {
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
