import { resolve } from 'node:path';
import { DockerConfig } from '../model/docker-config/docker-config.js';
import { DockerConfigDocument } from '../model/docker-config/docker-config-document.js';
import { type SecretContent, shownType } from '../model/docker-config/secret-manifest.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { sentence, words } from '../model/problem/shown.js';
import { bytesOf } from './named-file.js';
import { isManifest, readSecretManifest } from './secret-manifest.js';

/** A docker config that was read, and what is worth knowing about it. */
export interface ReadConfig {
  readonly dockerConfig: DockerConfig;
  readonly remarks: readonly Problem[];
}

/** Reads a file that holds a docker config, or a Secret with one. */
export function readDockerConfig(file: string, base: string): ReadConfig {
  return parsed(readContent(file, base));
}

/** Reads a file that holds a whole document, or a Secret with one. */
export function readDocument(file: string, base: string): DockerConfigDocument {
  return DockerConfigDocument.parse(readContent(file, base).content);
}

/** The docker config in some bytes, be it one or a Secret that holds one; `shown` is how messages call them. */
export function dockerConfigIn(bytes: Uint8Array, shown: string): ReadConfig {
  return parsed(contentIn(bytes, shown));
}

function parsed({ shown, content, shape, inertType }: ShownContent): ReadConfig {
  const converted = inertType === undefined ? [] : [conversion(shown, inertType)];
  return withRemarks(DockerConfig.parse(content, { type: shape }), converted);
}

type ShownContent = SecretContent & { readonly shown: string };

/** The docker config in a file, be it one or a Secret that holds one; `shown` is how messages call the file. */
export function readContent(file: string, base: string): ShownContent {
  const shown = looksLikePath(file) ? file : 'what file names';
  const bytes = bytesOf(resolve(base, file));
  if (typeof bytes !== 'string') return contentIn(bytes, shown);
  const hint = looksLikePath(file) ? undefined : 'file takes the path of a docker config or Secret, not its text';
  throw invalid(shown, bytes, hint);
}

function contentIn(bytes: Uint8Array, shown: string): ShownContent {
  if (bytes.byteLength > largestContent) throw invalid(shown, 'is larger than a Secret may be (1 MiB)');
  const text = Buffer.from(bytes).toString('utf8');
  if (!isManifest(text)) return { shown, content: bytes, shape: 'dockerconfigjson' };
  const secret = readSecretManifest(text);
  if (typeof secret === 'string') throw invalid(shown, secret);
  return { shown, ...secret };
}

const largestContent = 1024 * 1024;

function invalid(shown: string, reason: string, hint?: string): ImagePullError {
  return new ImagePullError(
    At.of().refuse('docker-config-invalid', words`${shown} ${sentence(reason)}`, hint && sentence(hint)),
  );
}

function withRemarks(dockerConfig: DockerConfig, remarks: readonly Problem[] = []): ReadConfig {
  return { dockerConfig, remarks: [...remarks, ...dockerConfig.remarks] };
}

/** OpenShift's docs make Secrets of type podmanconfigjson out of an auth.json; no program reads that type. */
function conversion(file: string, type: string): Problem {
  return At.of().warn(
    'secret-type-converted',
    words`${file} is a Secret of ${shownType(type)}, which the kubelet passes over without a word; it is written as kubernetes.io/dockerconfigjson`,
    type.endsWith('/podmanconfigjson')
      ? "OpenShift's docs name this type for an auth.json: nothing in the cluster reads it, so that Secret is of no use on a list"
      : 'that Secret is of no use on a list',
  );
}

/** A whole docker config pasted in place of its path must not come out in a message. */
function looksLikePath(file: string): boolean {
  return file.length <= 200 && /^[\w./~+ -]+$/.test(file) && /[./\\]/.test(file) && !/[A-Za-z0-9+/]{60}/.test(file);
}
