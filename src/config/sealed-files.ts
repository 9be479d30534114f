import { resolve } from 'node:path';
import { readCiphertext } from '../model/sealing/ciphertext.js';
import { Ciphertexts, type FoundCiphertext, type SealingTarget, unusable } from '../model/sealing/ciphertexts.js';
import { sealedFolder, sealedPath } from '../model/sealing/sealed-path.js';
import { additionalPullSecretName, globalPullSecretName } from '../model/vocabulary/global-pull-secret.js';
import type { GlobalPullSecretSpec, ImagePullSpec, PullSecretSpec, SourceSpec } from '../model/vocabulary/spec.js';
import { fingerprintIn } from '../sealing/certificate.js';
import { shortDigest } from '../sealing/digest.js';
import { plainMaps } from '../yaml/plain-maps.js';
import { plainObject } from '../yaml/plain-object.js';
import { sourceOf } from '../yaml/source.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';
import { bytesOf } from './named-file.js';
import { type SopsRules, sopsRules } from './sops-rules.js';

/** The spec with the ciphertexts of its pull secrets, each of which is read when it is asked for. */
export function withCiphertexts(spec: ImagePullSpec, base: string): ImagePullSpec {
  return new SealedFiles(spec, base).filled();
}

class SealedFiles {
  readonly #spec: ImagePullSpec;
  readonly #base: string;
  readonly #certificates = new Map<string, string | undefined>();
  #rules: { readonly read: SopsRules | string | undefined } | undefined;

  constructor(spec: ImagePullSpec, base: string) {
    this.#spec = spec;
    this.#base = base;
  }

  filled(): ImagePullSpec {
    const { pullSecrets, clusters } = this.#spec;
    const withOwn = Object.entries(clusters).map(([name, cluster]) => [
      name,
      {
        ...cluster,
        ...(cluster.pullSecrets && { pullSecrets: this.#pullSecrets(cluster.pullSecrets) }),
        ...(cluster.globalPullSecret && { globalPullSecret: this.#document(cluster.globalPullSecret) }),
      },
    ]);
    return {
      ...this.#spec,
      ...(pullSecrets && { pullSecrets: this.#pullSecrets(pullSecrets) }),
      clusters: Object.fromEntries(withOwn),
    };
  }

  #pullSecrets<T extends Partial<PullSecretSpec>>(pullSecrets: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(
      Object.entries(pullSecrets).map(([name, each]) => [
        name,
        each.source ? { ...each, source: this.#source(each.source, name, name) } : each,
      ]),
    );
  }

  /** The same for the global pull secret, whose ciphertext is that of the Secret that it is. */
  #document(global: GlobalPullSecretSpec): GlobalPullSecretSpec {
    const { name } = global.hosted ? additionalPullSecretName : globalPullSecretName;
    return global.current ? { ...global, current: this.#source(global.current, name, undefined) } : global;
  }

  /** @param pullSecret what `seal` makes it for; undefined for the global pull secret, which holds several */
  #source<T extends Pick<SourceSpec, 'sealed' | 'sops'>>(source: T, name: string, pullSecret: string | undefined): T {
    const { sealed, sops } = source;
    if (!sealed && !sops) return source;
    const ciphertexts = Ciphertexts.from(
      (cluster, namespace) => readSealed(this.#base, sealedPath(cluster, name, namespace), pullSecret),
      (cluster, namespace) => this.#target(cluster, sealedPath(cluster, name, namespace)),
    );
    return {
      ...source,
      ...(sealed && { sealed: { ...sealed, ciphertexts } }),
      ...(sops && { sops: { ...sops, ciphertexts } }),
    };
  }

  #target(cluster: string, path: string): SealingTarget {
    const { certificate, age } = this.#spec.clusters[cluster]?.sealing ?? {};
    return { certificate: this.#fingerprint(certificate), recipients: age ?? this.#recipients(path) };
  }

  #fingerprint(file: string | undefined): string | undefined {
    if (file === undefined) return undefined;
    if (!this.#certificates.has(file)) {
      const bytes = bytesOf(resolve(this.#base, file));
      this.#certificates.set(file, typeof bytes === 'string' ? undefined : fingerprintIn(bytes));
    }
    return this.#certificates.get(file);
  }

  /** Those of .sops.yaml; what is wrong with it is said by the run that encrypts. */
  #recipients(path: string): readonly string[] | undefined {
    this.#rules ??= { read: sopsRules(this.#base) };
    const { read } = this.#rules;
    const recipients = typeof read === 'object' ? read.recipients(`${sealedFolder}/${path}`) : undefined;
    return typeof recipients === 'object' ? recipients : undefined;
  }
}

/** Reads a file of ciphertext; undefined where there is none. */
function readSealed(base: string, path: string, pullSecret: string | undefined): FoundCiphertext | undefined {
  const shown = `${sealedFolder}/${path}`;
  const bytes = bytesOf(resolve(base, sealedFolder, path));
  if (bytes === 'does not exist') return undefined;
  const read = typeof bytes === 'string' ? bytes : readText(Buffer.from(bytes).toString('utf8'));
  return typeof read === 'string' ? { problem: unusable(shown, read, pullSecret) } : { ciphertext: read };
}

function readText(text: string): ReturnType<typeof readCiphertext> {
  const plain = plainMaps(text);
  if (plain) return readCiphertext(plain, shortDigest);
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
