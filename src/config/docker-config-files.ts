import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DockerConfig } from '../model/docker-config.js';
import { ImagePullError, type ModelPath, type Problem } from '../model/problem.js';
import type { ImagePullSpec, PullSecretSpec } from '../model/spec.js';

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
  const path = resolve(base, file);
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new ImagePullError({ code: 'docker-config-invalid', message: `${file} does not exist or is not a file` });
  }
  if (statSync(path).size > maxSize) {
    throw new ImagePullError({
      code: 'docker-config-invalid',
      message: `${file} is larger than a Secret may be (1 MiB)`,
    });
  }
  return DockerConfig.parse(readFileSync(path));
}
