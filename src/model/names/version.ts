/** Compares two versions such as "1.9" and "1.36.1" number by number; negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Why a text is no version, or undefined if it is one. */
export function versionError(text: string): string | undefined {
  return /^v?\d{1,4}(\.\d{1,5}){1,2}$/.test(text)
    ? undefined
    : 'must be a version such as "1.35"; quote it, else YAML reads a number';
}

function numbersOf(version: string): number[] {
  return version.replace(/^v/, '').split('.').map(Number);
}
