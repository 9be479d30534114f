import { ImageReference } from '../image/image-reference.js';
import type { ObjectContext, ObjectHead } from './object-head.js';
import { hasHost } from './pod-traces.js';
import type { TextImage } from './text-image.js';
import type { Tree } from './tree.js';
import { pathText } from './tree-path.js';

type Path = readonly (string | number)[];

/** Separators of the words of a text. */
const separators = /[\s"'`,;=|<>(){}[\]]+/;

/** The texts of a ConfigMap that name an image with its host; none of any other object. */
export function configMapTexts(object: Tree, context: ObjectContext): readonly TextImage[] {
  if ((object.get('kind')?.string() ?? context.kind) !== 'ConfigMap') return [];
  if ((object.get('apiVersion')?.string() ?? context.apiVersion) !== 'v1') return [];
  const metadata = object.get('metadata');
  const namespace = metadata?.get('namespace')?.string() ?? context.namespace;
  const name = metadata?.get('name')?.string() ?? '';
  const texts = new TextImages({ kind: 'ConfigMap', name, ...(namespace !== undefined && { namespace }) });
  texts.readData(object.get('data'));
  return texts.all();
}

/** Gathers, of one object, the texts that name an image with its host. */
export class TextImages {
  readonly #head: Pick<ObjectHead, 'kind' | 'name' | 'namespace'>;
  readonly #found = new Map<string, TextImage>();

  constructor({ kind, name, namespace }: Pick<ObjectHead, 'kind' | 'name' | 'namespace'>) {
    this.#head = { kind, name, ...(namespace !== undefined && { namespace }) };
  }

  all(): readonly TextImage[] {
    return [...this.#found.values()];
  }

  /** Arguments and variables of a container. */
  readContainer(container: Tree, path: Path): void {
    this.#arguments(container.get('command'), path, 'command');
    this.#arguments(container.get('args'), path, 'args');
    const variables = container.get('env')?.items() ?? [];
    for (let index = 0; index < variables.length; index++) {
      const value = variables[index]?.get('value');
      const text = value?.string();
      if (value && text?.includes('/')) this.#whole(text, value, [...path, 'env', index, 'value']);
    }
  }

  /** The texts of a ConfigMap, whole or word by word. */
  readData(data: Tree | undefined): void {
    for (const [key, value] of data?.entries() ?? []) {
      const text = value.string();
      if (!text?.includes('/')) continue;
      for (const word of new Set(text.split(separators)))
        if (word.includes('/')) this.#whole(word.replace(/[.:]+$/, ''), value, ['data', key]);
    }
  }

  /** A field that names an image for pods of other objects. */
  readField(field: Tree, path: Path): void {
    const image = field.string()?.trim();
    if (image) this.#add(image, field, path);
  }

  /** `registry.example.com/x` or `--image=registry.example.com/x`. */
  #arguments(list: Tree | undefined, path: Path, key: string): void {
    const items = list?.items() ?? [];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      const text = item?.string();
      if (!item || !text?.includes('/')) continue;
      this.#whole(text.startsWith('-') ? text.slice(text.indexOf('=') + 1) : text, item, [...path, key, index]);
    }
  }

  #whole(text: string, tree: Tree, path: Path): void {
    // A URL is none, and needs no parsing to tell.
    if (text.includes('//')) return;
    const image = text.trim();
    if (hasHost(image)) this.#add(image, tree, path);
  }

  #add(image: string, tree: Tree, keys: Path): void {
    if (!(ImageReference.tryParse(image) instanceof ImageReference)) return;
    const path = pathText(keys);
    const place = tree.place();
    const key = `${path} ${image}`;
    if (!this.#found.has(key)) this.#found.set(key, { ...this.#head, path, image, ...(place && { place }) });
  }
}
