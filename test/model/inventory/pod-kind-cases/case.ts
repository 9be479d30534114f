import { parse } from 'yaml';

export interface Case {
  readonly apiVersion: string;
  readonly kind: string;
  readonly rest: unknown;
  /** Account, pull secrets and images of each pod. */
  readonly expected: readonly string[];
  readonly listPath: string | undefined;
  /** Of kinds that name pull secrets otherwise than by a list of `{ name }`. */
  readonly namesField?: string;
}

export const podSpec = {
  serviceAccountName: 'runner',
  imagePullSecrets: [{ name: 'own' }],
  containers: [{ name: 'main', image: 'r.io/main' }],
  initContainers: [{ name: 'first', image: 'r.io/first' }],
  ephemeralContainers: [{ name: 'later', image: 'r.io/later' }],
  volumes: [
    { name: 'data', image: { reference: 'r.io/data' } },
    { name: 'tmp', emptyDir: {} },
  ],
};
export const ofPodSpec = 'runner [own] r.io/main r.io/first r.io/later r.io/data';

export const template = { template: { spec: podSpec } };
export const inTemplate = (apiVersion: string, kind: string): Case => ({
  apiVersion,
  kind,
  rest: { spec: template },
  expected: [ofPodSpec],
  listPath: 'spec.template.spec.imagePullSecrets',
});

/** A case of one manifest. */
export function manifest(text: string, expected: readonly string[], listPath?: string): Case {
  const { apiVersion, kind, ...rest } = parse(text);
  return { apiVersion, kind, rest, expected, listPath };
}

/** A case of one manifest whose pull secrets people must name by hand. */
export function byHand(text: string, expected: readonly string[], namesField: string): Case {
  return { ...manifest(text, expected), namesField };
}
