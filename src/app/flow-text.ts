import { stringify } from 'yaml';

/** One value of a config in flow style, on one line. */
export function flow(value: unknown): string {
  if (typeof value === 'string' && /[^\w./ *-]/.test(value)) return JSON.stringify(value);
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}
