import type { Tree } from '../model/inventory/tree.js';
import { type Place, placeText } from '../model/problem/problem.js';
import { type ManifestText, readDocuments } from './documents.js';

/** Reads the objects that begin at some places once more; what is no longer there is left out. */
export function objectsAt<T>(
  manifest: ManifestText,
  places: readonly Place[],
  take: (object: Tree) => T,
): ReadonlyMap<string, T> {
  const wanted = new Set(places.map(placeText));
  const found = new Map<string, T>();
  readDocuments(manifest, (object) => {
    const place = object.place();
    if (place && wanted.has(placeText(place))) found.set(placeText(place), take(object));
    return [];
  });
  return found;
}
