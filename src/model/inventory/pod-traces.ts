import { ImageReference } from '../image/image-reference.js';
import type { Tree } from './tree.js';
import type { ImageText } from './unseen-object.js';

/** Whatever in an object looks as if it ran pods. */
export interface Traces {
  /** The paths of what has a list of containers; the empty text for the object itself. */
  readonly podSpecs: readonly string[];
  readonly images: readonly ImageText[];
}

/** Keys of what an object says of itself, and its cluster of it. */
const heads = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** Gathers, of an object of any kind, what looks as if it ran pods. */
export function tracesIn(object: Tree): Traces {
  const found = new PodTraces();
  for (const [key, value] of object.entries()) {
    if (!heads.has(key)) found.read(value, key, pathOf('', key));
  }
  found.holder(object, '');
  return { podSpecs: [...found.podSpecs], images: [...found.images.values()] };
}

class PodTraces {
  readonly podSpecs = new Set<string>();
  readonly images = new Map<string, ImageText>();

  read(tree: Tree, key: string, path: string): void {
    if (tree.kind === 'text') this.#text(tree.string() ?? '', key, path);
    for (const item of tree.items()) this.read(item, key, `${path}[]`);
    if (tree.kind !== 'map') return;
    this.holder(tree, path);
    this.#parts(tree, path);
    for (const [inner, value] of tree.entries()) this.read(value, inner, pathOf(path, inner));
  }

  /** A map with a list of containers is a pod spec. */
  holder(tree: Tree, path: string): void {
    const containers = tree.get('containers')?.items() ?? [];
    if (containers.some(({ kind }) => kind === 'map')) this.podSpecs.add(path);
  }

  /** An image in parts, as the values of charts have it. */
  #parts(tree: Tree, path: string): void {
    const repository = tree.get('repository')?.string();
    if (!repository || !(tree.get('tag') || tree.get('digest'))) return;
    const registry = tree.get('registry')?.string();
    const image = registry ? `${registry}/${repository}` : repository;
    if (ImageReference.tryParse(image) instanceof ImageReference)
      this.images.set(`${path} ${image}`, { path, image, isNamed: true, isInParts: true });
  }

  #text(text: string, key: string, path: string): void {
    const isNamed = /image$/i.test(key);
    if (!(isNamed || hasHost(text)) || this.images.has(`${path} ${text}`)) return;
    if (ImageReference.tryParse(text) instanceof ImageReference)
      this.images.set(`${path} ${text}`, { path, image: text, isNamed });
  }
}

/** True for a text that begins with the host of a registry. */
export function hasHost(text: string): boolean {
  return /^(?:[^/\s]*[.:][^/\s]*|localhost)\//.test(text);
}

/** A key that a path cannot hold becomes a wildcard. */
function pathOf(path: string, key: string): string {
  const step = /^[^.[\]*\s]+$/.test(key) ? key : '*';
  return path === '' ? step : `${path}.${step}`;
}
