/** The parts that make an object the same for the API server: group, kind, namespace and name. */
export function objectIdentity(apiVersion: string, kind: string, namespace: string | undefined, name: string): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? 'core' : apiVersion.slice(0, slash)}/${kind}/${namespace ?? ''}/${name}`;
}
