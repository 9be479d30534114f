import { compareText } from '../names/names.js';
import { mapOf } from './plain-map.js';

/** Record that stands beside the ciphertext of an entry in the clear. Nothing of it lets anybody guess a credential. */
export interface EntryRecord {
  /** The day of sealing, such as `2026-11-28`. */
  readonly sealed?: string;
  /** The day on which the credential expires, where it tells. */
  readonly expires?: string;
  /** A checksum of the credential by a key that is not in Git, behind the id of the key. */
  readonly checksum?: string;
  /** The fingerprint of the certificate. */
  readonly certificate?: string;
  /** A digest of the ciphertext, by which an edit shows. */
  readonly digest?: string;
  /** The key of the entry in a docker config that is sealed as a whole. */
  readonly key?: string;
}

/** The records of a ciphertext by the name of the entry, which is that of a registry. */
export type EntryRecords = ReadonlyMap<string, EntryRecord>;

const prefix = 'cdk8s-image-pull/';

/** The annotation that holds a part of all records, as `<entry>=<value>` with blanks between them. */
const annotationOf: Readonly<Record<keyof EntryRecord, string>> = {
  sealed: `${prefix}sealed`,
  expires: `${prefix}expires`,
  checksum: `${prefix}checksums`,
  certificate: `${prefix}certificates`,
  digest: `${prefix}digests`,
  key: `${prefix}keys`,
};

const parts = Object.keys(annotationOf) as (keyof EntryRecord)[];

const form: Readonly<Record<keyof EntryRecord, RegExp>> = {
  sealed: /^\d{4}-\d{2}-\d{2}$/,
  expires: /^\d{4}-\d{2}-\d{2}$/,
  checksum: /^[0-9a-f]{8}\.[0-9a-f]{32}$/,
  certificate: /^[0-9a-f]{16}$/,
  digest: /^[0-9a-f]{16}$/,
  key: /^[A-Za-z0-9._:*[\]/-]+$/,
};

/** The annotations that hold records. */
export function recordAnnotations(records: EntryRecords): Record<string, string> {
  const sorted = [...records].sort(([a], [b]) => compareText(a, b));
  const texts = parts.flatMap((part): [string, string][] => {
    const values = sorted.flatMap(([name, record]) => (record[part] === undefined ? [] : [`${name}=${record[part]}`]));
    return values.length > 0 ? [[annotationOf[part], values.join(' ')]] : [];
  });
  return Object.fromEntries(texts.sort(([a], [b]) => compareText(a, b)));
}

/** Reads the records of annotations; what has another form than this package writes is left out. */
export function recordsOf(annotations: unknown): EntryRecords {
  const records = new Map<string, EntryRecord>();
  for (const part of parts) {
    const text = mapOf(annotations)[annotationOf[part]];
    for (const item of typeof text === 'string' ? text.split(' ') : []) {
      const [, name = '', value = ''] = /^([a-z0-9-]+)=(.+)$/.exec(item) ?? [];
      if (name !== '' && form[part].test(value)) records.set(name, { ...records.get(name), [part]: value });
    }
  }
  return records;
}

/** The annotation that holds the keys of a docker config that is sealed as a whole. */
export const keysAnnotation = annotationOf.key;

/** The annotation that holds the keys of the entries of others, in a document that is sealed as a whole. */
export const othersAnnotation = `${prefix}others`;

/** The keys of the entries of others, as they are recorded. */
export function othersOf(annotations: unknown): readonly string[] {
  const text = mapOf(annotations)[othersAnnotation];
  return typeof text === 'string' && text !== '' ? text.split(' ').filter((key) => form.key.test(key)) : [];
}
