import { words } from '../problem/shown.js';
import { type CiphertextHead, type Digest, headOf } from './head.js';
import { isText, mapOf, type PlainMap, textsOf } from './plain-map.js';

/** A Secret that SOPS encrypted. */
export interface SopsCiphertext extends CiphertextHead {
  readonly source: 'sops';
  readonly type: string | undefined;
  readonly data: Readonly<Record<string, string>>;
  readonly stringData: Readonly<Record<string, string>>;
  /** The block of SOPS: who can decrypt, and the checksum over the values. */
  readonly sops: PlainMap;
  /** The age recipients; those of other kinds are not known. */
  readonly recipients: readonly string[];
}

/** Which fields of a Secret are encrypted. */
export const encryptedRegex = '^(data|stringData)$';

/** Reads a Secret that SOPS encrypted, or says what is wrong with it. */
export function readSopsSecret(object: PlainMap, digest?: Digest): SopsCiphertext | string {
  const head = headOf(object);
  if (typeof head === 'string') return head;
  const [data, stringData] = [textsOf(object.data), textsOf(object.stringData)];
  if (!data || !stringData) return 'has data that is not a map of texts';
  const values = Object.entries({ ...data, ...stringData });
  if (values.length === 0) return 'has no data';
  for (const [key, text] of values) {
    const fault = valueFault(text);
    if (fault) return String(words`: ${key} ${fault}`);
  }
  const sops = mapOf(object.sops);
  const fault = blockFault(sops) ?? editFault(head, values, sops, digest);
  if (fault) return fault;
  return {
    ...head,
    source: 'sops',
    type: isText(object.type) ? object.type : undefined,
    data,
    stringData,
    sops,
    recipients: recipientsOf(sops),
  };
}

const encrypted =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]*={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:(?:str|int|float|bool|bytes)\]$/;

/** SOPS leaves empty values as they are (aes/cipher.go). */
function valueFault(text: string): string | undefined {
  if (text === '') return undefined;
  const [, , iv = '', tag = ''] = encrypted.exec(text) ?? [];
  if (iv === '') return 'is not encrypted, or cut short: if it is a credential, rotate it';
  const isWhole = Buffer.from(iv, 'base64').length === 32 && Buffer.from(tag, 'base64').length === 16;
  return isWhole ? undefined : 'is cut short';
}

function blockFault(sops: PlainMap): string | undefined {
  const { mac, lastmodified, mac_only_encrypted: macOnly } = sops;
  if (!isText(mac) || !encrypted.test(mac)) return 'has no checksum (sops.mac)';
  if (!isText(lastmodified) || Number.isNaN(Date.parse(lastmodified))) return 'has no date (sops.lastmodified)';
  if (macOnly !== true)
    return 'has a checksum over everything in it, which no other metadata may stand beside: set mac_only_encrypted';
  return undefined;
}

/** SOPS writes another date with every change: what changed without it was not changed by SOPS. */
function editFault(
  { records }: CiphertextHead,
  values: readonly (readonly [string, string])[],
  sops: PlainMap,
  digest: Digest | undefined,
): string | undefined {
  const recorded = [...records.values()].flatMap((record) => record.digest ?? [])[0];
  if (recorded === undefined || !digest) return undefined;
  const [stamp, own] = [recorded.slice(0, 8), recorded.slice(8)];
  if (digest(String(sops.lastmodified)).slice(0, 8) !== stamp) return undefined;
  const whole = digest(sopsText(Object.fromEntries(values), sops));
  return whole.slice(0, 8) === own
    ? undefined
    : 'was edited since it was encrypted, and not by SOPS: its MAC cannot match';
}

/** The digest that is recorded of a ciphertext: of its date, and of its values and their checksum. */
export function sopsDigest(values: Readonly<Record<string, string>>, sops: PlainMap, digest: Digest): string {
  return digest(String(sops.lastmodified)).slice(0, 8) + digest(sopsText(values, sops)).slice(0, 8);
}

function sopsText(values: Readonly<Record<string, string>>, { mac }: PlainMap): string {
  return JSON.stringify([Object.entries(values).sort(), mac]);
}

function recipientsOf({ age }: PlainMap): string[] {
  if (!Array.isArray(age)) return [];
  return age.flatMap((each: unknown) => {
    const { recipient } = mapOf(each);
    return isText(recipient) ? [recipient] : [];
  });
}
