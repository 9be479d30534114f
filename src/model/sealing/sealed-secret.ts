import { words } from '../problem/shown.js';
import { type CiphertextHead, type Digest, headOf } from './head.js';
import { mapOf, type PlainMap, textsOf } from './plain-map.js';
import { type SealingScope, scopeOf } from './sealing-scope.js';

/** A SealedSecret (`bitnami.com/v1alpha1`). */
export interface SealedSecretCiphertext extends CiphertextHead {
  readonly source: 'sealed';
  readonly scope: SealingScope;
  /** One ciphertext for each key. */
  readonly encryptedData: Readonly<Record<string, string>>;
  /** Texts that the template makes of the values, where somebody else wrote it: texts, or null for a key that is left out. */
  readonly templateData: Readonly<Record<string, string | null>>;
}

/** The key under which the kubelet reads. */
export const dockerConfigKey = '.dockerconfigjson';

/** Reads a SealedSecret, or says what is wrong with it. */
export function readSealedSecret(object: PlainMap, digest?: Digest): SealedSecretCiphertext | string {
  const head = headOf(object);
  if (typeof head === 'string') return head;
  if (!String(object.apiVersion).startsWith('bitnami.com/')) return 'is no SealedSecret of bitnami.com';
  const spec = mapOf(object.spec);
  if (spec.data !== undefined && spec.encryptedData === undefined)
    return 'has the field data of old SealedSecrets, which controllers do not open any more';
  const encryptedData = textsOf(spec.encryptedData);
  const templateData = templateTexts(mapOf(spec.template).data);
  if (!encryptedData || Object.keys(encryptedData).length === 0) return 'has no spec.encryptedData';
  if (!templateData) return 'has a template whose data is not a map of texts';
  for (const [key, text] of Object.entries(encryptedData)) {
    const fault = ciphertextFault(text) ?? editFault(text, head.records.get(key)?.digest, digest);
    if (fault) return String(words`: spec.encryptedData.${key} ${fault}`);
  }
  const { annotations } = mapOf(object.metadata);
  return { ...head, source: 'sealed', scope: scopeOf(mapOf(annotations)), encryptedData, templateData };
}

/** True where the entries of the docker config are sealed one by one, as this package does, each by the name of its registry. */
export function isByEntry({ encryptedData }: SealedSecretCiphertext): boolean {
  return !Object.hasOwn(encryptedData, dockerConfigKey);
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Two bytes of length, the key of that length, and at least the tag of AES-GCM (sealed-secrets, pkg/crypto/crypto.go). */
function ciphertextFault(text: string): string | undefined {
  if (!base64.test(text) || text.length % 4 !== 0) return 'is not base64';
  const length = Buffer.byteLength(text, 'base64');
  const keyLength = length < 2 ? 0 : Buffer.from(text.slice(0, 4), 'base64').readUInt16BE(0);
  return keyLength < 256 || length < 2 + keyLength + 16 ? 'is cut short, or no ciphertext' : undefined;
}

function editFault(text: string, recorded: string | undefined, digest: Digest | undefined): string | undefined {
  if (recorded === undefined || !digest || digest(text) === recorded) return undefined;
  return 'is not what was sealed: it was edited since';
}

function templateTexts(value: unknown): Readonly<Record<string, string | null>> | undefined {
  const texts = mapOf(value);
  const isTexts = Object.values(texts).every((each) => typeof each === 'string' || each === null);
  return isTexts ? (texts as Readonly<Record<string, string | null>>) : undefined;
}
