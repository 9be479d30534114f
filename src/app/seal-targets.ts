import { join } from 'node:path';
import type { LoadedConfig } from '../config/load.js';
import { bytesOf } from '../config/named-file.js';
import { type SopsRules, sopsConfigFile, sopsRules } from '../config/sops-rules.js';
import { At } from '../model/problem/at.js';
import { ImagePullError } from '../model/problem/problem.js';
import { sentence, words } from '../model/problem/shown.js';
import { sealedFolder } from '../model/sealing/sealed-path.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import { recipientError } from '../sealing/age.js';
import { readCertificate, type SealingCertificate } from '../sealing/certificate.js';

/** For whom is encrypted: the certificates and recipients of clusters, each looked up once. */
export class SealTargets {
  readonly #config: LoadedConfig;
  readonly #now: Date;
  readonly #certificates = new Map<string, SealingCertificate>();
  readonly #recipients = new Map<string, readonly string[]>();
  #rules: { readonly read: SopsRules | string | undefined } | undefined;

  constructor(config: LoadedConfig, now: Date) {
    this.#config = config;
    this.#now = now;
  }

  /** The certificate of a cluster. Throws `sealing-incomplete` and `certificate-invalid`. */
  certificate({ name, sealing }: ClusterModel): SealingCertificate {
    const known = this.#certificates.get(name);
    if (known) return known;
    const at = At.of(this.#config.placeOf(['clusters', name, 'sealing', 'certificate']));
    const { certificate: file } = sealing;
    if (file === undefined)
      throw new ImagePullError(
        at.refuse(
          'sealing-incomplete',
          words`cluster ${name} has no certificate to seal for`,
          words`clusters: { ${name}: { sealing: { certificate: certs/${name}.pem } } }; kubeseal --fetch-cert prints it`,
        ),
      );
    const bytes = bytesOf(join(this.#config.base, file));
    const read = typeof bytes === 'string' ? bytes : readCertificate(bytes, this.#now);
    if (typeof read === 'string')
      throw new ImagePullError(at.refuse('certificate-invalid', words`cluster ${name}: ${file} ${sentence(read)}`));
    this.#certificates.set(name, read);
    return read;
  }

  /** The age recipients of a file. Throws `sealing-incomplete`, `recipient-invalid` and `age-missing`. */
  recipients({ name, sealing }: ClusterModel, path: string): readonly string[] {
    const stated = sealing.age;
    const key = stated ? name : path;
    const known = this.#recipients.get(key);
    if (known) return known;
    const at = At.of(this.#config.placeOf(['clusters', name, 'sealing', 'age']));
    const read = stated ?? this.#fromRules(`${sealedFolder}/${path}`);
    if (typeof read === 'string')
      throw new ImagePullError(at.refuse('recipient-invalid', words`${sopsConfigFile} ${sentence(read)}`));
    if (!read || read.length === 0)
      throw new ImagePullError(
        at.refuse('sealing-incomplete', words`cluster ${name}: nothing says which age recipients can decrypt`),
      );
    const problems = read.flatMap((recipient, index) => {
      const error = recipientError(recipient);
      return error === undefined
        ? []
        : [at.refuse('recipient-invalid', words`cluster ${name}: recipient ${index + 1} ${sentence(error)}`)];
    });
    if (problems.length > 0) throw new ImagePullError(problems);
    this.#recipients.set(key, read);
    return read;
  }
  #fromRules(path: string): readonly string[] | string | undefined {
    this.#rules ??= { read: sopsRules(this.#config.base) };
    const { read } = this.#rules;
    return typeof read === 'object' ? read.recipients(path) : read;
  }
}
