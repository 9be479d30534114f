/**
 * A path of the repository below a folder of it, in its shortest form. One that begins with a slash is relative to the root.
 * Undefined where it leads out of the repository, or is none.
 */
export function pathBelow(folder: string, path: string): string | undefined {
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const steps: string[] = [];
  for (const step of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.length === 0 ? '.' : steps.join('/');
}

/** The last step of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The names under which kustomize looks for a kustomization. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** A glob that matches a path and nothing else. */
export function globOf(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}
