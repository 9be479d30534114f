import type { Borrow, ImagePath, PodKind, PodPath } from './pod-kind.js';
import { parseTreePath, type Step, type TreePath } from './tree-path.js';
import type { ImageUse } from './workload.js';

/** A {@link PodKind} whose paths are parsed. */
export interface CompiledKind {
  readonly kind: PodKind;
  readonly pods: readonly CompiledPod[];
  readonly account: AccountPaths;
  readonly borrows: readonly CompiledBorrow[];
  readonly perTask?: { readonly at: TreePath; readonly task: TreePath; readonly account: AccountPaths };
  readonly operatorImages: readonly { readonly field: string; readonly image: CompiledImage }[];
}

/** Where an account and a list of pull secrets are stated. */
export interface AccountPaths {
  readonly serviceAccount: readonly TreePath[];
  readonly pullSecrets: readonly TreePath[];
}

/** A {@link PodPath} whose paths are parsed; those that are relative begin where `at` leads. */
export interface CompiledPod {
  readonly at: TreePath;
  readonly isPodSpec: boolean;
  readonly images: readonly CompiledImage[];
  readonly account: AccountPaths;
  readonly task?: TreePath;
}

/** An {@link ImagePath}, taken apart at its last list or wildcard. */
export interface CompiledImage {
  readonly relative: boolean;
  /** The steps to the containers, or to nothing. */
  readonly holder: readonly Step[];
  /** The steps from the container to the map that has the field. */
  readonly parent: readonly Step[];
  /** The field; undefined where the holder itself is the image. */
  readonly field: string | undefined;
  readonly list: ImageUse['field'];
  readonly isItem: boolean;
  readonly required: boolean;
  readonly reference: boolean;
  readonly orElse?: TreePath;
}

/** A {@link Borrow} whose paths are parsed. */
export interface CompiledBorrow extends Omit<Borrow, 'at' | 'ref' | 'task'> {
  readonly at: TreePath;
  readonly ref: TreePath;
  readonly task?: TreePath;
}

const here: TreePath = { steps: [], relative: true };
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const;
const podAccount = {
  serviceAccount: ['.serviceAccountName', '.serviceAccount'],
  pullSecrets: ['.imagePullSecrets[].name'],
};

/**
 * Parses the paths of a kind.
 *
 * @throws an Error for a path that is none: the table is tested, and what users write is checked before
 */
export function compileKind(kind: PodKind): CompiledKind {
  const { perTask } = kind;
  return {
    kind,
    pods: kind.pods.map(compilePod),
    account: accountPaths(kind),
    borrows: (kind.borrows ?? []).map((borrow) => ({
      ...borrow,
      at: borrow.at === undefined ? here : treePath(borrow.at),
      ref: treePath(borrow.ref),
      task: optional(borrow.task),
    })),
    ...(perTask && {
      perTask: { at: treePath(perTask.at), task: treePath(perTask.task), account: accountPaths(perTask) },
    }),
    operatorImages: (kind.operatorImages ?? []).map((field) => ({ field, image: compileImage(field, false) })),
  };
}

/** The path of the list of a path to names in it: that of `a[].name` is `a`, others have none. */
export function listOf(path: TreePath): readonly Step[] | undefined {
  const [before, last] = path.steps.slice(-2);
  return before === 'items' && typeof last === 'object' && last.key === 'name' ? path.steps.slice(0, -2) : undefined;
}

function compilePod(pod: PodPath): CompiledPod {
  const required = pod.imageRequired ?? true;
  const ofSpec = pod.podSpec === undefined ? [] : podSpecImages(required);
  const at = pod.podSpec ?? pod.at;
  return {
    at: at === undefined ? here : treePath(at),
    isPodSpec: pod.podSpec !== undefined,
    images: [...ofSpec, ...(pod.images ?? []).map((image) => compileImage(image, false))].map((image) =>
      // Where the pod is the object itself, all its fields are its own.
      at === undefined ? { ...image, relative: true } : image,
    ),
    account: pod.podSpec === undefined ? accountPaths(pod) : accountPaths(podAccount),
    task: optional(pod.task),
  };
}

function podSpecImages(required: boolean): CompiledImage[] {
  return [
    ...containerLists.map((list) => compileImage(`.${list}[].image`, required)),
    compileImage('.volumes[].image.reference', false),
  ];
}

function compileImage(image: string | ImagePath, required: boolean): CompiledImage {
  const { path, orElse, reference = false } = typeof image === 'string' ? { path: image } : image;
  const { steps, relative } = treePath(path);
  const split = steps.findLastIndex((step) => typeof step === 'string') + 1;
  const last = split < steps.length ? steps.at(-1) : undefined;
  return {
    relative,
    holder: steps.slice(0, split),
    parent: steps.slice(split, last === undefined ? undefined : -1),
    field: typeof last === 'object' ? last.key : undefined,
    list: fieldOf(path),
    isItem: steps[split - 1] === 'items',
    required,
    reference,
    orElse: optional(orElse),
  };
}

function fieldOf(path: string): ImageUse['field'] {
  const list = /([A-Za-z]+)\[\]\.(image(?:\.reference)?)$/.exec(path);
  if (list?.[2] === 'image') return containerLists.find((name) => name === list[1]) ?? 'other';
  return list?.[1] === 'volumes' && list[2] === 'image.reference' ? 'volumes' : 'other';
}

function accountPaths(from: {
  readonly serviceAccount?: readonly string[];
  readonly pullSecrets?: readonly string[];
}): AccountPaths {
  return {
    serviceAccount: (from.serviceAccount ?? []).map(treePath),
    pullSecrets: (from.pullSecrets ?? []).map(treePath),
  };
}

function optional(path: string | undefined): TreePath | undefined {
  return path === undefined ? undefined : treePath(path);
}

function treePath(path: string): TreePath {
  const parsed = parseTreePath(path);
  if (typeof parsed === 'string') throw new Error(`path ${JSON.stringify(path)} ${parsed}`);
  return parsed;
}
