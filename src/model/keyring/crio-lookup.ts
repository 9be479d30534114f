import { hubHost } from '../docker-config/entry-path.js';

/**
 * True if CRI-O finds the entry of this key, in the file of a node, for a repository or what lies below it: a key is a
 * host, or a host and whole segments of a path; one with a scheme is cut down to its host. From `findCredentialsInFile`
 * of containers/image, pkg/docker/config/config.go.
 */
export function isFoundByCrio(key: string, repository: string): boolean {
  if (repository === key || repository.startsWith(`${key}/`)) return true;
  const withoutScheme = key.replace(/^http:\/\//, '').replace(/^https:\/\//, '');
  const host = withoutScheme === key ? key : hostOf(withoutScheme);
  return withoutHubNames(host) === withoutHubNames(hostOf(repository));
}

function hostOf(name: string): string {
  return name.split('/')[0] ?? '';
}

function withoutHubNames(host: string): string {
  return host.replace(hubHost, 'docker.io');
}
