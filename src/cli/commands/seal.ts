import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { makeManifests } from '../../app/made-clusters.js';
import { seal as sealPullSecret } from '../../app/seal.js';
import { readDocument } from '../../config/docker-config-file.js';
import { loadConfig } from '../../config/load.js';
import { At } from '../../model/problem/at.js';
import { hasFindings, ImagePullError } from '../../model/problem/problem.js';
import { sentence, type Words, words } from '../../model/problem/shown.js';
import { sealedFolder } from '../../model/sealing/sealed-path.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { applyPlan } from '../../output/writer.js';
import { problemsReport } from '../../report/problems.js';
import { sealReport } from '../../report/seal.js';
import { Checksums } from '../../sealing/checksum.js';
import type { ExitCode, Io } from '../io.js';
import { type CredentialOptions, credentialOf } from '../seal-credential.js';
import type { SealedOptions } from '../sealed-input.js';
import { shownFolder, shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';
import { prune } from './seal-prune.js';
import { status } from './seal-status.js';

/** The options of `seal`. */
export interface SealCommandOptions extends SealedOptions, CredentialOptions {
  readonly password?: unknown;
  readonly registry?: readonly string[];
  readonly rotate?: boolean;
  readonly checksumKey?: string;
  readonly mergeFrom?: string;
  readonly status?: boolean;
  readonly prune?: boolean;
}

/** Encrypts a pull secret for the namespaces that need it, and writes ciphertext. */
export async function seal(pullSecret: string | undefined, options: SealCommandOptions, io: Io): Promise<ExitCode> {
  refuseTogether(options);
  if (options.status) return status(pullSecret, options, io);
  if (options.prune) return prune(pullSecret, options, io);
  if (pullSecret === undefined) throw usage(words`name the pull secret to seal; seal --status shows all`);
  const config = loadConfig(shownPath(io.cwd, options.config));
  const isPiped = readsStdin(config.spec, options.cluster);
  if (isPiped && (options.from === '-' || options.passwordStdin))
    throw usage(words`standard input cannot be both the manifests of workloads and a credential`);
  const { given, problems } = await credentialOf(options, io);
  const workshop = workshopOf(io);
  const clusters = options.cluster;
  const stdin = isPiped ? io.stdin() : undefined;
  const made = await makeManifests(config, workshop, clusters);
  const folder = shownFolder(io.cwd, join(config.base, sealedFolder));
  const sealing = await sealPullSecret({
    config,
    folder,
    clusters,
    stdin,
    made,
    pullSecret,
    given,
    registries: options.registry,
    rotate: options.rotate === true,
    current: options.mergeFrom === undefined ? undefined : readDocument(options.mergeFrom, io.cwd),
    checksums: checksumsOf(options, io),
    now: io.now(),
    progress: io.isTerminal ? progressOn(io) : undefined,
  });
  const { changes, known } = sealing;
  io.uninterrupted(() => applyPlan(folder, changes, known));
  const all = [...problems, ...sealing.problems];
  io.out(sealReport(pullSecret, sealing, relative(io.cwd, resolve(io.cwd, folder)) || '.'));
  io.err(problemsReport(all));
  return hasFindings(all) ? 1 : 0;
}

function refuseTogether(options: SealCommandOptions): void {
  const { from, username, passwordStdin, password, registry, rotate, mergeFrom, output } = options;
  if (password !== undefined)
    throw usage(
      words`a password on the command line is seen by everybody on the machine, and kept by shells`,
      'pipe it in, with --password-stdin',
    );
  const modes = (['status', 'prune'] as const).filter((mode) => options[mode]);
  if (modes.length > 1) throw usage(words`--status and --prune exclude each other`);
  if (modes.length > 0 && (from ?? username ?? mergeFrom ?? rotate) !== undefined)
    throw usage(words`--${modes[0]} seals nothing, and takes no credential`);
  if (modes.length === 0 && output !== undefined)
    throw usage(words`--output goes with --status or --prune; ciphertext is always written to sealed/`);
  if (from !== undefined && (username !== undefined || passwordStdin))
    throw usage(words`--from and --username exclude each other`);
  if (username === undefined && passwordStdin) throw usage(words`--password-stdin goes with --username`);
  if (registry && from === undefined && username === undefined)
    throw usage(words`--registry says what a credential is for, and none was given`);
}

function usage(message: Words, hint?: string): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', message, hint && sentence(hint)));
}

function checksumsOf({ checksumKey }: SealCommandOptions, io: Io): Checksums | undefined {
  if (checksumKey === undefined) return undefined;
  const fail = (reason: string) =>
    new ImagePullError(At.of().refuse('checksum-key-invalid', words`what --checksum-key names ${reason}`));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolve(io.cwd, checksumKey));
  } catch {
    throw fail('cannot be read');
  }
  const checksums = Checksums.of(bytes);
  if (typeof checksums === 'string') throw fail(checksums);
  return checksums;
}

function progressOn({ err }: Io): (done: number, of: number) => void {
  return (done, of) => err(done < of ? `\rsealing ${done} of ${of}` : '\r\x1b[K');
}
