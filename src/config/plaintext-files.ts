import { resolve } from 'node:path';
import { DockerConfigDocument } from '../model/docker-config/docker-config-document.js';
import { ImagePullError, type ModelPath, type Problem } from '../model/problem/problem.js';
import { concealed } from '../model/vocabulary/plaintext.js';
import type {
  GlobalPullSecretSpec,
  ImagePullSpec,
  PlaintextSourceSpec,
  PullSecretSpec,
} from '../model/vocabulary/spec.js';
import { readContent, readDockerConfig } from './docker-config-file.js';
import { readPassword } from './password-file.js';

type PartialPullSecret = Partial<PullSecretSpec>;

/** The spec with the files that its plaintext sources name read in. */
export function withPlaintextFiles(spec: ImagePullSpec, base: string): { spec: ImagePullSpec; problems: Problem[] } {
  const problems: Problem[] = [];
  const read = <T extends PartialPullSecret>(pullSecrets: Readonly<Record<string, T>> | undefined, path: ModelPath) =>
    pullSecrets &&
    Object.fromEntries(
      Object.entries(pullSecrets).map(([name, each]) => [name, withFiles(each, base, [...path, name], problems)]),
    );
  const pullSecrets = read(spec.pullSecrets, ['pullSecrets']);
  const clusters = Object.fromEntries(
    Object.entries(spec.clusters).map(([name, cluster]) => {
      const path = ['clusters', name];
      const overrides = read(cluster.pullSecrets, [...path, 'pullSecrets']);
      const global = withDocument(cluster.globalPullSecret, base, [...path, 'globalPullSecret'], problems);
      return [
        name,
        { ...cluster, ...(overrides && { pullSecrets: overrides }), ...(global && { globalPullSecret: global }) },
      ];
    }),
  );
  return { spec: { ...spec, ...(pullSecrets && { pullSecrets }), clusters }, problems };
}

function withFiles<T extends PartialPullSecret>(pullSecret: T, base: string, path: ModelPath, problems: Problem[]): T {
  const plaintext = pullSecret.source?.plaintext;
  if (plaintext?.acceptPlaintextInGit !== true)
    return { ...pullSecret, ...(plaintext && { source: concealed(pullSecret.source) }) };
  const at = [...path, 'source', 'plaintext'];
  const read = { ...plaintext, ...withDockerConfig(plaintext, base, [...at, 'file'], problems) };
  const source = { plaintext: withPassword(read, base, [...at, 'passwordFile'], problems) };
  return { ...pullSecret, source: concealed(source) };
}

function withDockerConfig(
  { file }: PlaintextSourceSpec,
  base: string,
  path: ModelPath,
  problems: Problem[],
): Pick<PlaintextSourceSpec, 'dockerConfig'> {
  const read = file === undefined ? undefined : attempt(() => readDockerConfig(file, base), path, problems);
  if (!read) return {};
  problems.push(...read.remarks.filter(isWorthSaying).map((remark) => ({ ...remark, at: { path } })));
  return { dockerConfig: read.dockerConfig };
}

/** The password takes the place of its file, unless there is one of each. */
function withPassword(
  plaintext: PlaintextSourceSpec,
  base: string,
  path: ModelPath,
  problems: Problem[],
): PlaintextSourceSpec {
  const { passwordFile, ...others } = plaintext;
  if (passwordFile === undefined || others.password !== undefined) return plaintext;
  const password = attempt(() => readPassword(resolve(base, passwordFile)), path, problems);
  return password === undefined ? plaintext : { ...others, password };
}

/**
 * Tells whether a problem of a file is worth saying: what is written has keys of ours, not those of the file; a key
 * that occurs twice is an error of the source.
 */
function isWorthSaying({ code }: Problem): boolean {
  return code !== 'docker-config-prefix' && code !== 'auths-key-duplicate';
}

/** The global pull secret with the file of its document read in. */
function withDocument(
  global: GlobalPullSecretSpec | undefined,
  base: string,
  path: ModelPath,
  problems: Problem[],
): GlobalPullSecretSpec | undefined {
  const plaintext = global?.current?.plaintext;
  if (plaintext?.file === undefined || plaintext.acceptPlaintextInGit !== true) return global;
  const at = [...path, 'current', 'plaintext', 'file'];
  const document = attempt(
    () => DockerConfigDocument.parse(readContent(plaintext.file ?? '', base).content),
    at,
    problems,
  );
  return document ? { ...global, current: { plaintext: { ...plaintext, document } } } : global;
}

/** The result, or undefined where it throws problems, which are then located. */
function attempt<T>(work: () => T, path: ModelPath, problems: Problem[]): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    problems.push(...error.problems.map((problem) => ({ ...problem, at: { path } })));
    return undefined;
  }
}
