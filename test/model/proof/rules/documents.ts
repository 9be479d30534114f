/** Manifests on one line each. */

/** A Deployment. */
export function deployment(namespace: string, name: string, images: string | readonly string[], podSpec = ''): string {
  const containers = [images].flat().map((image, index) => `{ name: c${index}, image: ${JSON.stringify(image)} }`);
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { template: { spec: { ${podSpec} containers: [${containers.join(', ')}] } } } }`;
}

/** The list of a pod spec. */
export function listing(...names: readonly string[]): string {
  return `imagePullSecrets: [${names.map((name) => `{ name: ${JSON.stringify(name)} }`).join(', ')}],`;
}

/** A service account with its list. */
export function account(namespace: string, name: string, names: readonly string[], metadata = ''): string {
  return `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${namespace}, ${metadata} }, ${listing(...names).replace(/,$/, '')} }`;
}

/** An entry of a docker config. */
export const entry = { username: 'u', password: 'p' };

/** A pull secret with these entries. */
export function pullSecret(
  namespace: string,
  name: string,
  auths: Readonly<Record<string, unknown>>,
  more = '',
): string {
  return secret(namespace, name, { '.dockerconfigjson': JSON.stringify({ auths }) }, more);
}

/** A Secret with these values. */
export function secret(
  namespace: string,
  name: string,
  values: Readonly<Record<string, string>>,
  more = '',
  type = 'kubernetes.io/dockerconfigjson',
): string {
  const data = Object.entries(values).map(([key, value]) => `${key}: ${Buffer.from(value).toString('base64')}`);
  return `{ apiVersion: v1, kind: Secret, metadata: { name: ${name}, namespace: ${namespace} }, type: ${type}, data: { ${data.join(', ')} }, ${more} }`;
}
