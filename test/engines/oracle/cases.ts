import fc from 'fast-check';
import type { ByteString } from '../../../src/model/go/byte-string.js';
import { dockerConfigJson, dockercfg } from './documents.js';
import { image } from './names.js';

/** A pull secret of a pod; its document as bytes, one char each. */
export interface SecretCase {
  readonly name: string;
  readonly type: string;
  /** The key of its data. */
  readonly key: string;
  readonly document: ByteString;
}

/** A pod: its pull secrets in their order, and its images. */
export interface PodCase {
  readonly secrets: readonly SecretCase[];
  readonly images: readonly string[];
}

const secretOf = (type: string, key: string, document: fc.Arbitrary<ByteString>) =>
  fc.record({ type: fc.constant(`kubernetes.io/${type}`), key: fc.constant(key), document });

const secret = fc.oneof(
  { weight: 12, arbitrary: secretOf('dockerconfigjson', '.dockerconfigjson', dockerConfigJson) },
  { weight: 4, arbitrary: secretOf('dockercfg', '.dockercfg', dockercfg) },
  { weight: 1, arbitrary: secretOf('dockerconfigjson', 'config.json', dockerConfigJson) },
  { weight: 1, arbitrary: secretOf('dockercfg', '.dockerconfigjson', dockerConfigJson) },
  { weight: 1, arbitrary: secretOf('podmanconfigjson', '.dockerconfigjson', dockerConfigJson) },
);

/** Generated pods. */
export const podCase: fc.Arbitrary<PodCase> = fc.record({
  secrets: fc
    .array(secret, { minLength: 1, maxLength: 3 })
    .map((secrets) => secrets.map((each, index) => ({ name: `s${index}`, ...each }))),
  images: fc.array(image, { minLength: 1, maxLength: 4 }),
});
