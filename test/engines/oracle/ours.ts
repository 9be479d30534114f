import { DockerConfig } from '../../../src/model/docker-config/docker-config.js';
import { type ByteString, bytesOf } from '../../../src/model/go/byte-string.js';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { Keyring, type KeyringLookup } from '../../../src/model/keyring/keyring.js';
import { ImagePullError } from '../../../src/model/problem/problem.js';
import type { Answer, CredentialAnswer, ReferenceAnswer } from '../engines/oracle.js';
import type { PodCase, SecretCase } from './cases.js';

const base64 = (bytes: ByteString) => Buffer.from(bytes, 'latin1').toString('base64');
const base64Of = (text: string) => base64(bytesOf(text));

/** A Secret as the API has it. */
export function secretData({ name, type, key, document }: SecretCase) {
  return { name, type, data: { [key]: base64(document) } };
}

/** What we make of an image, in the words of the oracle. */
export function ourReference(image: string): ReferenceAnswer {
  const reference = ImageReference.tryParse(image);
  if ('error' in reference) return { error: reference.error, domain: '', path: '', name: '', tag: '', digest: '' };
  const { domain, path, name, kubeletTag = '', digest = '' } = reference;
  return { domain, path, name, tag: kubeletTag, digest };
}

/** What we find for the images of a pod; for one that is no reference null, as the oracle says it. */
export type OurLookups = { readonly error: string } | { readonly lookups: readonly (OurLookup | null)[] };

/** The credentials of one image. */
export interface OurLookup {
  readonly ambiguous: boolean;
  readonly credentials: readonly CredentialAnswer[];
}

export function ourLookups({ secrets, images }: PodCase): OurLookups {
  try {
    const keyring = Keyring.fromSecrets(secrets.map(secretData));
    return {
      lookups: images.map((image) => {
        const reference = ImageReference.tryParse(image);
        return 'error' in reference ? null : ourLookup(keyring.lookup(reference));
      }),
    };
  } catch (error) {
    return { error: decodeErrorOf(error) };
  }
}

function ourLookup({ ambiguous, credentials }: KeyringLookup): OurLookup {
  return {
    ambiguous,
    credentials: credentials.map(({ username, password, secret }) => ({
      username: base64Of(username),
      password: base64Of(password.reveal()),
      secret,
    })),
  };
}

/** How we read a document of a type. */
export function ourConfig({ type, document }: SecretCase): Answer['config'] {
  const short = type === 'kubernetes.io/dockercfg' ? 'dockercfg' : 'dockerconfigjson';
  try {
    const { entries } = DockerConfig.parse(Buffer.from(document, 'latin1'), { type: short });
    const sorted = [...entries].sort((a, b) => (bytesOf(a.key) < bytesOf(b.key) ? -1 : 1));
    return {
      entries: sorted.map(({ key, username, password, email = '' }) => ({
        key: base64Of(key),
        username: base64Of(username),
        password: base64Of(password.reveal()),
        email: base64Of(email),
      })),
    };
  } catch (error) {
    return { error: decodeErrorOf(error) };
  }
}

/** The kubelet stops at the first Secret that it cannot read; we name them all. */
function decodeErrorOf(error: unknown): string {
  const message = ImagePullError.is(error) ? error.problems[0]?.message : undefined;
  const words = message?.split('the kubelet cannot read the docker config: ')[1];
  if (words === undefined) throw error;
  return words;
}
