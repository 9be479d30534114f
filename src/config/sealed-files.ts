import { resolve } from 'node:path';
import { readCiphertext } from '../model/sealing/ciphertext.js';
import { Ciphertexts, type FoundCiphertext, unusable } from '../model/sealing/ciphertexts.js';
import { sealedFolder, sealedPath } from '../model/sealing/sealed-path.js';
import { additionalPullSecretName, globalPullSecretName } from '../model/vocabulary/global-pull-secret.js';
import type { GlobalPullSecretSpec, ImagePullSpec, PullSecretSpec, SourceSpec } from '../model/vocabulary/spec.js';
import { shortDigest } from '../sealing/digest.js';
import { plainObject } from '../yaml/plain-object.js';
import { sourceOf } from '../yaml/source.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';
import { bytesOf } from './named-file.js';

/** The spec with the ciphertexts of its pull secrets, each of which is read when it is asked for. */
export function withCiphertexts(spec: ImagePullSpec, base: string): ImagePullSpec {
  const clusters = Object.entries(spec.clusters).map(([name, cluster]) => [
    name,
    {
      ...cluster,
      ...(cluster.pullSecrets && { pullSecrets: withFiles(cluster.pullSecrets, base) }),
      ...(cluster.globalPullSecret && { globalPullSecret: withDocument(cluster.globalPullSecret, base) }),
    },
  ]);
  return {
    ...spec,
    ...(spec.pullSecrets && { pullSecrets: withFiles(spec.pullSecrets, base) }),
    clusters: Object.fromEntries(clusters),
  };
}

function withFiles<T extends Partial<PullSecretSpec>>(
  pullSecrets: Readonly<Record<string, T>>,
  base: string,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(pullSecrets).map(([name, each]) => [
      name,
      each.source ? { ...each, source: filledSource(each.source, name, base) } : each,
    ]),
  );
}

/** The same for the global pull secret, whose ciphertext is that of the Secret that it is. */
function withDocument(global: GlobalPullSecretSpec, base: string): GlobalPullSecretSpec {
  const { name } = global.hosted ? additionalPullSecretName : globalPullSecretName;
  return global.current ? { ...global, current: filledSource(global.current, name, base) } : global;
}

function filledSource<T extends Pick<SourceSpec, 'sealed' | 'sops'>>(source: T, name: string, base: string): T {
  const { sealed, sops } = source;
  if (!sealed && !sops) return source;
  const ciphertexts = Ciphertexts.from((cluster, namespace) => readSealed(base, sealedPath(cluster, name, namespace)));
  return {
    ...source,
    ...(sealed && { sealed: { ...sealed, ciphertexts } }),
    ...(sops && { sops: { ...sops, ciphertexts } }),
  };
}

/** Reads a file of ciphertext; undefined where there is none. */
function readSealed(base: string, path: string): FoundCiphertext | undefined {
  const shown = `${sealedFolder}/${path}`;
  const bytes = bytesOf(resolve(base, sealedFolder, path));
  if (bytes === 'does not exist') return undefined;
  const read = typeof bytes === 'string' ? bytes : readText(Buffer.from(bytes).toString('utf8'));
  return typeof read === 'string' ? { problem: unusable(shown, read) } : { ciphertext: read };
}

function readText(text: string): ReturnType<typeof readCiphertext> {
  if (/^(?:<{7}|={7}|>{7})(?: |$)/m.test(text)) return 'is in the middle of a merge: it has conflict markers';
  const documents = [...yamlDocuments(sourceOf({ file: '', text }))];
  if (documents.some((each) => each instanceof YamlError)) return 'is not valid YAML';
  const [root, second] = documents.filter((each) => !(each instanceof YamlError) && each.kind !== 'null');
  if (!root || root instanceof YamlError || second) return 'does not hold exactly one object';
  try {
    return readCiphertext(plainObject(root), shortDigest);
  } catch (error) {
    if (error instanceof YamlError) return 'is not valid YAML';
    throw error;
  }
}
