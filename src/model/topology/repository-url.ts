/** Hosts under which forges are reached by SSH through a firewall, and what they are called else. */
const otherHosts: ReadonlyMap<string, string> = new Map([
  ['ssh.github.com', 'github.com'],
  ['altssh.gitlab.com', 'gitlab.com'],
  ['altssh.bitbucket.org', 'bitbucket.org'],
  ['ssh.dev.azure.com', 'dev.azure.com'],
]);

/** Ports that a scheme has anyway. That of SSH names a daemon and no other forge. */
const ownPort: ReadonlyMap<string, string> = new Map([
  ['https', '443'],
  ['http', '80'],
]);

/** With artifacts of OCI, which Flux takes for a repository, too. */
const gitSchemes = new Set(['https', 'http', 'ssh', 'git', 'git+ssh', 'git+https', 'git+http', 'file', 'oci']);
const maxLength = 2_000;

/**
 * True for two URLs of one Git repository, whatever their scheme, user, `.git` and letter case. Argo CD compares them
 * in lower case, too.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/util/git/git.go NormalizeGitURL()
 */
export function sameRepository(a: string, b: string): boolean {
  const repository = repositoryKey(a);
  return repository !== undefined && repository === repositoryKey(b);
}

/** One text for all URLs of a repository: its host and its path. Undefined for what is no URL of Git. */
export function repositoryKey(url: string): string | undefined {
  const text = url.trim().toLowerCase();
  if (text.length > maxLength) return undefined;
  const { scheme, host, port, path } = urlParts(text) ?? scpParts(text) ?? {};
  if (scheme === undefined || host === undefined || path === undefined || !gitSchemes.has(scheme)) return undefined;
  const isSecureShell = scheme.endsWith('ssh');
  const named = port && !isSecureShell && port !== ownPort.get(scheme.replace('git+', '')) ? `:${port}` : '';
  const repository = pathOf(path, host);
  return repository === ''
    ? undefined
    : `${scheme === 'oci' ? 'oci://' : ''}${otherHosts.get(host) ?? host}${named}/${repository}`;
}

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly port?: string;
  readonly path: string;
}

function urlParts(text: string): UrlParts | undefined {
  const [, scheme, authority, path = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/.exec(text) ?? [];
  if (scheme === undefined || authority === undefined) return undefined;
  const [, host = '', port = ''] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
  return { scheme, host, port, path };
}

/** `git@host:path`, the form of scp. */
function scpParts(text: string): UrlParts | undefined {
  const [, host, path] = /^(?:[^@/:]+@)?([^@/:]{2,}):(?!\/\/)([^?#]*)/.exec(text) ?? [];
  return host === undefined || path === undefined ? undefined : { scheme: 'ssh', host, path };
}

/** The path without what forges put around it. */
function pathOf(path: string, host: string): string {
  const plain = path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/')
    .replace(/\.git$/, '');
  // Azure: org/project/_git/repository, by SSH v3/org/project/repository.
  if (host.endsWith('dev.azure.com')) return plain.replace(/^v3\//, '').replace('/_git/', '/');
  // Bitbucket Data Center: by HTTPS below scm/.
  return plain.replace(/^scm\/(?=[^/]+\/[^/]+$)/, '');
}
