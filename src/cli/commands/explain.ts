import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type DockerConfigInput, explain as explainSubject } from '../../app/explain.js';
import { explanationText, hasFault } from '../formats/explanation.js';
import { problemsReport } from '../formats/problems.js';
import type { ExitCode, Io } from '../io.js';

/** Says what the kubelet makes of an image, a workload or a pull secret. */
export function explain(
  subject: string,
  paths: readonly string[],
  options: { readonly namespace?: string },
  io: Io,
): ExitCode {
  const dockerConfigs: DockerConfigInput[] = [];
  const manifests: string[] = [];
  let stdin: Uint8Array | undefined;
  for (const path of paths) {
    if (path === '-') {
      const text = io.stdin();
      if (isDockerConfig(text)) dockerConfigs.push({ name: 'standard input', text });
      else stdin = text;
      continue;
    }
    const file = resolve(io.cwd, path);
    const text =
      existsSync(file) && statSync(file).isFile() && statSync(file).size < maxSize ? readFileSync(file) : undefined;
    if (text && isDockerConfig(text)) dockerConfigs.push({ name: path, text });
    else manifests.push(relative(io.cwd, file) || '.');
  }
  const explanation = explainSubject({
    subject,
    base: io.cwd,
    manifests,
    dockerConfigs,
    stdin,
    namespace: options.namespace,
  });
  io.out(explanationText(explanation));
  io.err(problemsReport(explanation.problems));
  return hasFault(explanation) ? 1 : 0;
}

const maxSize = 2 * 1024 * 1024;

/** A docker config is JSON without a kind; what looks like neither is left to the reader of manifests. */
function isDockerConfig(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (!/^[{[]/.test(text) || /^\s*(apiVersion|kind)\s*:/m.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !('kind' in value) && !('apiVersion' in value);
  } catch {
    return /"(auths|credsStore|credHelpers|auth|HttpHeaders)"/.test(text) && !/"kind"\s*:/.test(text);
  }
}
