import { labelError, subdomainError } from '../names/names.js';
import { type EntryRecords, othersOf, recordsOf } from './entry-record.js';
import { isText, mapOf, type PlainMap } from './plain-map.js';

/** Statements that ciphertexts of both kinds make. */
export interface CiphertextHead {
  readonly name: string;
  readonly namespace: string;
  readonly records: EntryRecords;
  /** Keys of the entries of others, in the global pull secret. */
  readonly others: readonly string[];
}

/** Makes a short text of a long one, the same for the same. */
export type Digest = (text: string) => string;

/** The head of a ciphertext, or what is wrong with it. */
export function headOf({ metadata }: PlainMap): CiphertextHead | string {
  const { name, namespace, annotations } = mapOf(metadata);
  if (!isText(name) || subdomainError(name) !== undefined) return 'has no metadata.name';
  if (!isText(namespace) || labelError(namespace) !== undefined) return 'has no metadata.namespace';
  return { name, namespace, records: recordsOf(annotations), others: othersOf(annotations) };
}
