import path from 'node:path';

const suffix = '.image-pull-tmp';

/**
 * Where a file or folder is prepared, beside its place. Always the same name, so that a later run finds it again; a
 * name that nobody else uses, so that the later run may remove whatever stands there.
 */
export function temporaryPath(file: string): string {
  const name = path.basename(file);
  return `${file.slice(0, file.length - name.length)}.${name}${suffix}`;
}

/** True for a name that {@link temporaryPath} gives. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') && name.endsWith(suffix) && name.length > suffix.length + 1;
}
