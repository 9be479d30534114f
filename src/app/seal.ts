import type { DockerConfigDocument } from '../model/docker-config/docker-config-document.js';
import { KnownCredentials } from '../model/exposure/known-credentials.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { documentCredentials, givenCredentials, plaintextCredentials } from '../model/vocabulary/given-credentials.js';
import { additionalPullSecretName } from '../model/vocabulary/global-pull-secret.js';
import type { PlaintextSourceSpec } from '../model/vocabulary/spec.js';
import type { OutputFile } from '../output/output.js';
import { type Plan, planOutput } from '../output/plan.js';
import type { Checksums } from '../sealing/checksum.js';
import { GlobalDocument } from './global-document.js';
import { type PlanOptions, planClusters } from './plan.js';
import { globalChoice, type SealChoice, sealChoice } from './seal-choice.js';
import { GivenCredentials } from './seal-credentials.js';
import { refuseOthers, type SealHome, sealHomes, withDonors } from './seal-homes.js';
import { SealTargets } from './seal-targets.js';
import { Sealer } from './sealer.js';

/** Input of `seal`. */
export interface SealOptions extends PlanOptions {
  /** The folder of ciphertext, as it stands in messages. */
  readonly folder: string;
  readonly pullSecret: string;
  /** The credentials; undefined where none was given. */
  readonly given: PlaintextSourceSpec | undefined;
  /** The registries that they are for. @default - all of the pull secret for which there is one */
  readonly registries?: readonly string[] | undefined;
  /** The global pull secret as the cluster has it. */
  readonly current?: DockerConfigDocument | undefined;
  /** Whether what is sealed already is replaced. */
  readonly rotate: boolean;
  readonly checksums?: Checksums | undefined;
  readonly now: Date;
  /** Hears how many places are done. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/** Result of a run of `seal`, before a file is touched. */
export interface Sealing {
  readonly choices: readonly SealChoice[];
  /** Changes that writing would make in the folder of ciphertext. */
  readonly changes: Plan;
  /** The credentials that the run was given. */
  readonly known: KnownCredentials;
  /** The days on which what was sealed expires, each once, sorted. */
  readonly expires: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Seals a pull secret for the namespaces that need it. Throws what is wrong with the config, the manifests, the
 * certificates and the credentials; nothing is written.
 */
export async function seal(options: SealOptions): Promise<Sealing> {
  const { config, now, progress } = options;
  const { clusters } = planClusters(options);
  const plans = clusters.map(({ plan }) => plan);
  refuseOthers(plans, options.pullSecret);
  refuseRegistries(plans, options);
  const homes = withDonors(sealHomes(plans, options.pullSecret));
  const given = new GivenCredentials(options.given, options.registries, options.checksums);
  const document = new GlobalDocument(options.current);
  const choices = homes.map((home) =>
    home.isGlobal ? globalChoice(home, given, document, options.rotate) : sealChoice(home, given, options.rotate),
  );
  refuseLacking(choices, options);
  refuseWithoutDocument(choices, document);
  const sealer = new Sealer(new SealTargets(config, now), given, document, now);
  const changed = choices.filter(({ isChanged }) => isChanged);
  const output = new Map<string, OutputFile>();
  for (const choice of changed) {
    const file = await sealer.file(choice);
    output.set(file.path, file);
    progress?.(output.size, changed.length);
  }
  const { folder } = options;
  return {
    choices,
    changes: planOutput(folder, output, { within: [] }),
    known: KnownCredentials.of([
      ...givenCredentials(config.spec),
      ...plaintextCredentials(options.given),
      ...documentCredentials(options.current),
    ]),
    expires: sealer.expires,
    problems: [...unneeded(choices, options), ...uncompared(choices, options)],
  };
}

/** Throws where a credential is said to be for registries that the pull secret does not have on any of the clusters. */
function refuseRegistries(plans: readonly AccessPlan[], { pullSecret, registries = [] }: SealOptions): void {
  const known = new Set(
    plans.flatMap(({ cluster }) => cluster.pullSecrets.get(pullSecret)?.registries.map(({ name }) => name) ?? []),
  );
  const unknown = registries.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new ImagePullError(
      At.of().refuse(
        'name-dangling',
        words`pull secret ${pullSecret} has no registry ${unknown}`,
        words`its registries are: ${[...known]}`,
      ),
    );
}

/** Throws where something is to be sealed for which there is no credential. */
function refuseLacking(choices: readonly SealChoice[], { pullSecret, given, rotate }: SealOptions): void {
  const lacking = choices.filter(({ lacking: names }) => names.length > 0);
  if (lacking.length > 0) {
    const names = [...new Set(lacking.flatMap((choice) => choice.lacking.map(({ repository }) => repository)))];
    const places = lacking.map(({ home: { cluster, namespace } }) => `${cluster.name}/${namespace}`);
    throw new ImagePullError(
      At.of().refuse(
        'credential-missing',
        words`pull secret ${pullSecret}: ${places} ${places.length === 1 ? 'needs' : 'need'} a credential for ${names}`,
        given ? words`what was given has none for it` : undefined,
      ),
    );
  }
  if (rotate && !choices.some(({ sealed }) => sealed.length > 0) && choices.length > 0)
    throw new ImagePullError(
      At.of().refuse('credential-missing', words`pull secret ${pullSecret}: --rotate needs the new credential`),
    );
}

/** The global pull secret is one document: sealed without what is in it today, it would take that away. */
function refuseWithoutDocument(choices: readonly SealChoice[], document: GlobalDocument): void {
  const isGlobal = choices.some(({ home, isChanged }) => home.isGlobal && isChanged && !hosts(home));
  if (isGlobal && !document.isKnown)
    throw new ImagePullError(
      At.of().refuse(
        'global-pull-secret-incomplete',
        'the global pull secret is sealed as a whole, and nothing says what else is in it',
        "oc get secret/pull-secret -n openshift-config -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d > dump.json, outside of Git; then --merge-from dump.json",
      ),
    );
  if (!isGlobal && document.isKnown && !choices.some(({ home }) => home.isGlobal))
    throw new ImagePullError(At.of().refuse('usage', '--merge-from is for the global pull secret of OpenShift alone'));
}

/** True for the additional pull secret of a hosted control plane, which holds entries of ours alone. */
function hosts({ pullSecret }: SealHome): boolean {
  return pullSecret.name === additionalPullSecretName.name;
}

function unneeded(choices: readonly SealChoice[], { pullSecret }: SealOptions): Problem[] {
  if (choices.length > 0) return [];
  return [
    At.of().find(
      'nothing-read',
      words`pull secret ${pullSecret}: no namespace needs it, so nothing is sealed`,
      'synth --why says what needs what',
    ),
  ];
}

function uncompared(choices: readonly SealChoice[], { pullSecret }: SealOptions): Problem[] {
  const places = choices
    .filter((choice) => choice.uncompared.length > 0)
    .map(({ home: { cluster, namespace } }) => `${cluster.name}/${namespace}`);
  if (places.length === 0) return [];
  return [
    At.of().warn(
      'credential-not-compared',
      words`pull secret ${pullSecret}: ${places} stay as they are, and nothing tells whether what was given is the same`,
    ),
  ];
}
