import type { SealStatusRow } from '../app/seal-status.js';
import { words } from '../model/problem/shown.js';
import { columns } from './columns.js';

const head = ['CLUSTER', 'PULL SECRET', 'NAMESPACE', 'SCOPE', 'ENTRIES', 'CERTIFICATE', 'SEALED', 'EXPIRES'];

/** A table of what is sealed: scope, fingerprint of the certificate, days. */
export function sealStatusReport(rows: readonly SealStatusRow[]): string {
  return rows.length === 0 ? 'Nothing is to be sealed.\n' : columns([head, ...rows.map(cells)]);
}

function cells({ home, ciphertext, entries }: SealStatusRow): string[] {
  const { cluster, pullSecret, namespace } = home;
  const place = [cluster.name, pullSecret.name, namespace];
  if (!ciphertext) return [...place, 'missing'];
  const records = [...ciphertext.records.values()];
  const scope = ciphertext.source === 'sealed' ? ciphertext.scope : `sops, ${ciphertext.recipients.length} age`;
  return [
    ...place,
    scope,
    String(words`${entries.length > 0 ? entries : '?'}`),
    list(records.map(({ certificate }) => certificate)),
    list(records.map(({ sealed }) => sealed)),
    list([...records.map(({ expires }) => expires), cluster.pullSecrets.get(pullSecret.name)?.spec.expires]),
  ];
}

function list(values: readonly (string | undefined)[]): string {
  const known = [...new Set(values.filter((value) => value !== undefined))].sort();
  return known.length > 0 ? known.join(', ') : '-';
}
