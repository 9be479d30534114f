import type { ManifestSource } from '../../inventory/workload.js';
import type { Place } from '../../problem/problem.js';

/** An object as it was read. */
export interface Sourced {
  readonly place?: Place | undefined;
  readonly source?: ManifestSource | undefined;
}

/** Whether two objects come out of one rendering, or stand in one folder: whoever applies one applies the other with it. */
export function isOfOneSource(one: Sourced, other: Sourced): boolean {
  if (!one.place || !other.place) return false;
  const isRendered = [one, other].some(({ place }) => place?.file.startsWith('<'));
  if (isRendered) return one.place.file === other.place.file;
  return folderOf(one.place) === folderOf(other.place);
}

function folderOf({ file }: Place): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
