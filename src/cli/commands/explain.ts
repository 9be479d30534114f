import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DockerConfigInput, explain as explainSubject } from '../../app/explain.js';
import { At } from '../../model/problem/at.js';
import { ImagePullError } from '../../model/problem/problem.js';
import { explanationText, hasFault } from '../../report/explanation.js';
import { problemsReport } from '../../report/problems.js';
import { configHere } from '../config-here.js';
import type { ExitCode, Io } from '../io.js';
import { workshopOf } from '../workshop.js';

/** Says what the kubelet makes of an image, a workload or a pull secret. */
export async function explain(
  subject: string,
  paths: readonly string[],
  options: { readonly namespace?: string; readonly config?: string },
  io: Io,
): Promise<ExitCode> {
  const dockerConfigs: DockerConfigInput[] = [];
  const manifests: string[] = [];
  let stdin: Uint8Array | undefined;
  for (const path of paths) {
    const text = path === '-' ? stdinText(io) : textOf(resolve(io.cwd, path));
    if (text && isDockerConfig(text)) {
      dockerConfigs.push({ name: path === '-' ? 'standard input' : path, text });
      continue;
    }
    if (path === '-') stdin = text;
    manifests.push(path);
  }
  const explanation = await explainSubject({
    subject,
    base: io.cwd,
    paths: paths.length > 0 ? manifests : undefined,
    dockerConfigs,
    stdin,
    namespace: options.namespace,
    config: configHere(options.config, io),
    ...workshopOf(io),
  });
  io.out(explanationText(explanation));
  io.err(problemsReport(explanation.problems));
  return hasFault(explanation) ? 1 : 0;
}

function stdinText(io: Io): Uint8Array {
  const text = io.stdin();
  if (Buffer.from(text).toString('utf8').trim() !== '') return text;
  throw new ImagePullError(At.of().refuse('usage', 'standard input is empty', 'pipe manifests into the command'));
}

/** The content of a file that may be a docker config; what cannot be read is left to the reader of manifests. */
function textOf(file: string): Uint8Array | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() && stat.size < maxSize ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

const maxSize = 2 * 1024 * 1024;

/** A docker config is JSON without a kind; what looks like neither is left to the reader of manifests. */
function isDockerConfig(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (!/^[{[]/.test(text) || /^[^\S\n]*(apiVersion|kind)[^\S\n]*:/m.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !('kind' in value) && !('apiVersion' in value);
  } catch {
    return /"(auths|credsStore|credHelpers|auth|HttpHeaders)"/.test(text) && !/"kind"\s*:/.test(text);
  }
}
