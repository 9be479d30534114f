import { labelValueError, qualifiedNameError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';

/** Refuses labels that Kubernetes would not take. */
export function checkLabels(labels: Readonly<Record<string, string>> | undefined, at: At): void {
  for (const [key, value] of Object.entries(labels ?? {})) checkLabel(key, value, at.key(key));
}

function checkLabel(key: string, value: string, at: At): void {
  const keyError = qualifiedNameError(key);
  const valueError = labelValueError(value);
  if (keyError) at.refuse('metadata-invalid', words`label ${key}: ${keyError}`);
  else if (valueError) at.refuse('metadata-invalid', words`label ${key}: its value ${valueError}`);
}

/** Refuses annotations whose key Kubernetes would not take. */
export function checkAnnotations(annotations: Readonly<Record<string, string>> | undefined, at: At): void {
  for (const key of Object.keys(annotations ?? {})) {
    const error = qualifiedNameError(key);
    if (error) at.key(key).refuse('metadata-invalid', words`annotation ${key}: ${error}`);
  }
}
