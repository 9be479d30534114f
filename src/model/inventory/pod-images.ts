import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { type StreamTag, streamOf, type TriggerLookup } from './image-triggers.js';
import { wrongKind } from './object-head.js';
import type { CompiledImage, CompiledPod } from './pod-paths.js';
import type { TextImages } from './text-images.js';
import type { Tree } from './tree.js';
import { type Found, follow, pathText, type WrongKind } from './tree-path.js';
import type { ImageUse } from './workload.js';

/** The object around a pod whose images are read. */
export interface ImageContext {
  /** The object as messages name it. */
  readonly subject: string;
  readonly root: Found;
  readonly trigger: TriggerLookup;
  readonly texts: TextImages;
  readonly wrong: WrongKind;
  readonly problems: Problem[];
}

/** The images of one pod; none if it has no image of its own. */
export function imagesOf(pod: CompiledPod, at: Found, context: ImageContext): readonly ImageUse[] {
  const own = pod.images.filter((image) => image.relative).flatMap((image) => imagesAt(image, at, at, context));
  const shared = pod.images.filter((image) => !image.relative && (own.length > 0 || image.ofEveryPod));
  return [...own, ...shared.flatMap((image) => imagesAt(image, context.root, at, context))];
}

/** True where the field is absent although its parent is there. */
export function isAbsent(image: CompiledImage, root: Found): boolean {
  const [parent] = follow(root, image.parent, () => undefined);
  const value = image.field === undefined ? undefined : parent?.tree.get(image.field);
  return parent?.tree.kind === 'map' && (value === undefined || value.kind === 'null' || value.string() === '');
}

function imagesAt(image: CompiledImage, from: Found, pod: Found, context: ImageContext): ImageUse[] {
  const uses: ImageUse[] = [];
  for (const holder of follow(from, image.holder, context.wrong)) {
    const use = imageIn(image, holder, pod, context);
    if (use) uses.push(use);
  }
  return uses;
}

function imageIn(image: CompiledImage, holder: Found, pod: Found, context: ImageContext): ImageUse | undefined {
  const { field } = image;
  if (field === undefined) return imageUse(image, holder, holder, context);
  const [parent] = follow(holder, image.parent, context.wrong);
  if (!parent) return undefined;
  if (parent.tree.kind === 'null') return image.required ? missing(image, holder, parent, context) : undefined;
  if (parent.tree.kind !== 'map') {
    context.wrong(parent, 'map');
    return undefined;
  }
  if (field === 'image') context.texts.readContainer(parent.tree, parent.path);
  const value = parent.tree.get(field);
  const found: Found = { tree: value ?? parent.tree, path: [...parent.path, field] };
  if (value && value.kind !== 'null' && value.string()?.trim() !== '') {
    const isShort = value.string()?.includes('/') === false;
    return (isShort && triggered(image, holder, found, context)) || imageUse(image, holder, found, context);
  }
  return (
    fallback(image, holder, pod, context) ??
    triggered(image, holder, found, context) ??
    missing(image, holder, found, context)
  );
}

function fallback(
  { orElse, list }: CompiledImage,
  holder: Found,
  pod: Found,
  context: ImageContext,
): ImageUse | undefined {
  if (!orElse) return undefined;
  const [found] = follow(orElse.relative ? pod : context.root, orElse.steps, context.wrong);
  const image = found?.tree.string();
  if (!image || !found) return undefined;
  return { image, container: containerOf(holder, found), field: list, ...placeOf(found.tree) };
}

// The controller of image triggers replaces what stands there; a short name is what the web console leaves for it.
function triggered(image: CompiledImage, holder: Found, found: Found, context: ImageContext): ImageUse | undefined {
  const index = holder.path.at(-1);
  if (!image.required || typeof index !== 'number') return undefined;
  const stream = context.trigger(image.list, nameOf(holder.tree), index);
  if (!stream) return undefined;
  return {
    image: stream.tag,
    container: containerOf(holder, found),
    field: image.list,
    ...placeOf(found.tree),
    imageStream: withoutTag(stream),
  };
}

function missing(image: CompiledImage, holder: Found, found: Found, context: ImageContext): undefined {
  if (!image.required) return undefined;
  context.problems.push(
    At.of(found.tree.place()).find(
      'manifest-wrong-type',
      words`${context.subject}: container ${nameOf(holder.tree) ?? pathText(holder.path)} has no image`,
    ),
  );
  return undefined;
}

function imageUse(image: CompiledImage, holder: Found, found: Found, context: ImageContext): ImageUse | undefined {
  if (image.reference) return referenceUse(found, context);
  const text = withParts(withoutTransport(found.tree.string(), image), image, holder);
  const container = image.isItem && image.field !== undefined ? containerOf(holder, found) : pathText(found.path);
  if (text === undefined) {
    if (found.tree.kind === 'null') return undefined;
    context.problems.push(wrongKind(`${context.subject}: ${pathText(found.path)}`, found.tree, 'text'));
    return undefined;
  }
  if (text.trim() === '' || text === image.placeholder) return undefined;
  const pullPolicy = image.isItem ? holder.tree.get('imagePullPolicy')?.string() : undefined;
  return { image: text, container, field: image.list, ...placeOf(found.tree), ...(pullPolicy && { pullPolicy }) };
}

/** The empty text for a text that is read by another transport. */
function withoutTransport(text: string | undefined, { transport }: CompiledImage): string | undefined {
  if (text === undefined || transport === undefined) return text;
  return text.startsWith(transport) ? text.slice(transport.length) : '';
}

/** An image of which the field has only a part. */
function withParts(text: string | undefined, { tag, name, parent }: CompiledImage, holder: Found): string | undefined {
  if (!text) return text;
  if (name !== undefined) return `${text.replace(/\/+$/, '')}${name}`;
  const version =
    tag === undefined
      ? undefined
      : follow(holder, parent, () => undefined)[0]
          ?.tree.get(tag)
          ?.string();
  return version ? `${text}${version.includes(':') ? '@' : ':'}${version}` : text;
}

// https://github.com/openshift/api/blob/master/build/v1/types.go: BuildStrategy.From, ImageSource.From
function referenceUse(found: Found, context: ImageContext): ImageUse | undefined {
  if (found.tree.kind !== 'map') {
    context.wrong(found, 'map');
    return undefined;
  }
  const image = nameOf(found.tree);
  if (!image) return undefined;
  const stream = streamOf(found.tree);
  return {
    image,
    container: pathText(found.path),
    field: 'other',
    ...placeOf(found.tree.get('name') ?? found.tree),
    ...(stream && { imageStream: withoutTag(stream) }),
  };
}

function withoutTag({ name, namespace }: StreamTag): ImageUse['imageStream'] {
  return { name, ...(namespace !== undefined && { namespace }) };
}

function containerOf(holder: Found, found: Found): string {
  return nameOf(holder.tree) ?? pathText(found.path);
}

function nameOf(tree: Tree): string | undefined {
  return tree.get('name')?.string() || undefined;
}

function placeOf(tree: Tree): Pick<ImageUse, 'place'> {
  const place = tree.place();
  return place ? { place } : {};
}
