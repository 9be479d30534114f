import { readFileSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { specOfPaths, type VerifiedSpec } from '../../app/verified-spec.js';
import { type Verification, verify as verifyAll } from '../../app/verify.js';
import { type ConfigText, verifyChanged } from '../../app/verify-changed.js';
import { configFileName, type LoadedConfig } from '../../config/load.js';
import { repositoryOf } from '../../manifests/repository.js';
import { hasFindings } from '../../model/problem/problem.js';
import { readsStdin } from '../../model/vocabulary/reads-stdin.js';
import { writeNamedFiles } from '../../output/writer.js';
import { codeList } from '../../report/proof/codes.js';
import { formats } from '../../report/proof/formats.js';
import { proofReport } from '../../report/proof/proof-report.js';
import { askedChanges } from '../asked-changes.js';
import { configHere } from '../config-here.js';
import { formatOutputs } from '../format-outputs.js';
import type { ExitCode, Io } from '../io.js';
import { packageVersion } from '../package-version.js';
import { outputFolder, shownPath } from '../shown-path.js';
import { workshopOf } from '../workshop.js';

/** The options of `verify`. */
export interface VerifyCommandOptions {
  readonly config?: string;
  readonly output?: string;
  readonly cluster?: readonly string[];
  readonly namespace?: string;
  readonly format?: readonly string[];
  readonly all?: boolean;
  readonly secrets?: boolean;
  readonly changed?: readonly string[];
  readonly since?: string;
  readonly listCodes?: boolean;
}

/** Proves, image by image, which credentials the kubelet will be offered. */
export async function verify(paths: readonly string[], options: VerifyCommandOptions, io: Io): Promise<ExitCode> {
  if (options.listCodes) {
    io.out(codeList());
    return 0;
  }
  const outputs = formatOutputs(options.format ?? []);
  const config = configHere(options.config, io);
  const verified = await verifiedSpec(paths, config, options, io);
  const clusters = paths.length > 0 ? undefined : options.cluster;
  const changes = await askedChanges(options, verified.base, io);
  const stdin = readsStdin(verified.spec, clusters) ? io.stdin() : undefined;
  const all = {
    verified,
    clusters,
    stdin,
    now: io.now(),
    searchesSecrets: options.secrets === true,
    ...workshopOf(io),
  };
  const verification = changes
    ? await verifyChanged({ ...all, changes, config: configText(options.config, config, io) })
    : await verifyAll(all);
  const report = proofReport(verification);
  const style = {
    all: options.all === true,
    isColoured: io.isColoured,
    version: packageVersion(),
    inRepository: repositoryPaths(io.cwd, verified.base, config && shownPath(io.cwd, options.config ?? configFileName)),
  };
  const written = outputs.flatMap(({ format, file }) =>
    file === undefined ? [] : [{ path: shownPath(io.cwd, file), text: formats[format](report, style) }],
  );
  if (written.length > 0) io.uninterrupted(() => writeNamedFiles(written));
  for (const { format, file } of outputs) if (file === undefined) io.out(formats[format](report, style));
  return exitCode(verification);
}

/** The config as it is written, where there is one. */
function configText(file: string | undefined, config: LoadedConfig | undefined, io: Io): ConfigText | undefined {
  if (!config) return undefined;
  const path = resolve(io.cwd, file ?? configFileName);
  return { file: realpathSync(path), text: readFileSync(path, 'utf8') };
}

/** Paths of messages, which are relative to the folder of the config, as the repository has them. */
function repositoryPaths(cwd: string, base: string, config: string | undefined): (file: string) => string {
  const folder = realpathSync(base);
  const root = repositoryOf(folder);
  return (file) => {
    const path = file === config ? resolve(realpathSync(cwd), file) : resolve(folder, file);
    return relative(root, path).split(sep).join('/') || '.';
  };
}

/** Reads a config with the output that was written for it; or what paths lead to. */
async function verifiedSpec(
  paths: readonly string[],
  config: LoadedConfig | undefined,
  { output, namespace, cluster }: VerifyCommandOptions,
  io: Io,
): Promise<VerifiedSpec> {
  if (paths.length > 0 || !config) {
    const asked = { base: io.cwd, paths: paths.length > 0 ? paths : ['.'], namespace, config, cluster: cluster?.[0] };
    return specOfPaths(asked, workshopOf(io));
  }
  const folder = relative(config.base, outputFolder(io.cwd, config.base, output));
  const { spec, base, locate, problems } = config;
  return { spec, base, locate, problems, config, output: folder };
}

function exitCode({ problems }: Verification): ExitCode {
  return hasFindings(problems) ? 1 : 0;
}
