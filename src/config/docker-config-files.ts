import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DockerConfig } from '../model/docker-config/docker-config.js';
import { ImagePullError, type ModelPath, type Problem } from '../model/problem/problem.js';
import type { ImagePullSpec, PullSecretSpec } from '../model/spec/spec.js';

type PartialPullSecret = Partial<PullSecretSpec>;

/** The spec with the docker config files that its plaintext sources name read in. */
export function withDockerConfigs(spec: ImagePullSpec, base: string): { spec: ImagePullSpec; problems: Problem[] } {
  const problems: Problem[] = [];
  const read = <T extends PartialPullSecret>(pullSecrets: Readonly<Record<string, T>> | undefined, path: ModelPath) =>
    pullSecrets &&
    Object.fromEntries(
      Object.entries(pullSecrets).map(([name, each]) => [
        name,
        withDockerConfig(each, base, [...path, name], problems),
      ]),
    );
  const pullSecrets = read(spec.pullSecrets, ['pullSecrets']);
  const clusters = Object.fromEntries(
    Object.entries(spec.clusters).map(([name, cluster]) => {
      const overrides = read(cluster.pullSecrets, ['clusters', name, 'pullSecrets']);
      return [name, overrides ? { ...cluster, pullSecrets: overrides } : cluster];
    }),
  );
  return { spec: { ...spec, ...(pullSecrets && { pullSecrets }), clusters }, problems };
}

function withDockerConfig<T extends PartialPullSecret>(
  pullSecret: T,
  base: string,
  path: ModelPath,
  problems: Problem[],
): T {
  const plaintext = pullSecret.source?.plaintext;
  if (plaintext?.file === undefined || plaintext.acceptPlaintextInGit !== true) return pullSecret;
  const at = [...path, 'source', 'plaintext', 'file'];
  try {
    const dockerConfig = readDockerConfig(plaintext.file, base);
    problems.push(...dockerConfig.remarks.map((remark) => ({ ...remark, path: at })));
    return { ...pullSecret, source: { plaintext: { ...plaintext, dockerConfig } } };
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    problems.push(...error.problems.map((problem) => ({ ...problem, path: at })));
    return pullSecret;
  }
}

const maxSize = 1024 * 1024;

function readDockerConfig(file: string, base: string): DockerConfig {
  const shown = looksLikePath(file) ? file : 'what file names';
  const fail = (reason: string): never => {
    const hint = looksLikePath(file) ? {} : { hint: 'file takes the path of a docker config, not its text' };
    throw new ImagePullError({ code: 'docker-config-invalid', message: `${shown} ${reason}`, ...hint });
  };
  const bytes = bytesOf(resolve(base, file));
  if (typeof bytes === 'string') return fail(bytes);
  return DockerConfig.parse(bytes);
}

/** A whole docker config pasted in place of its path must not come out in a message. */
function looksLikePath(file: string): boolean {
  return file.length <= 200 && /^[\w./~+ -]+$/.test(file) && /[./\\]/.test(file) && !/[A-Za-z0-9+/]{60}/.test(file);
}

/** The content of a file, or why there is none. */
function bytesOf(path: string): Uint8Array | string {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return 'is not a file';
    if (stat.size > maxSize) return 'is larger than a Secret may be (1 MiB)';
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read${reasonText(code)}`;
  }
}

function reasonText(code: string | undefined): string {
  return code === 'EACCES' || code === 'EPERM' ? ': permission denied' : '';
}
