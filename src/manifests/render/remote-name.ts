/**
 * True for a name that kustomize may take for something to fetch, however unlikely: `NewRepoSpecFromURL` in
 * `api/internal/git/repospec.go` of sigs.k8s.io/kustomize, and the schemes that it fetches files from.
 */
export function isRemoteName(name: string): boolean {
  return /^(?:git::|[a-z][a-z0-9+.-]*:\/\/|github\.com[/:]|[a-z][a-z0-9-]*@)/i.test(name) || isFetchedFile(name);
}

/** True for a name that kustomize fetches even where there is a file of that name. */
export function isFetchedFile(name: string): boolean {
  return /^https?:/i.test(name);
}
