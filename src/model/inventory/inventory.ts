import { compareText } from '../names/names.js';
import type { Problem } from '../problem/problem.js';
import { type Declared, type DeclaredContext, declaredIn } from './declared.js';
import { comparePlaces } from './object-head.js';
import { PodKindIndex } from './pod-kind-index.js';
import { settlePods } from './pod-loans.js';
import type { PodObject } from './pod-object.js';
import { podsIn } from './pods.js';
import type { Tree } from './tree.js';
import type {
  DeclaredAccount,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
  Inventory,
  OperatorImage,
  Workload,
} from './workload.js';

/** Collects objects one by one into an {@link Inventory}; keeps nothing of the documents they come from. */
export class InventoryBuilder {
  readonly #kinds: PodKindIndex;
  readonly #pods: PodObject[] = [];
  readonly #declared: Declared[] = [];
  readonly #operatorImages: OperatorImage[] = [];
  readonly #problems: Problem[] = [];
  #objects = 0;

  /** @param kinds the kinds that run pods. @default - those of the table */
  constructor(kinds: PodKindIndex = new PodKindIndex()) {
    this.#kinds = kinds;
  }

  /**
   * Adds one object. Kinds that do not matter to pulls are counted and forgotten.
   *
   * @returns what is wrong with it, by code `manifest-wrong-type`; kept for {@link problems} too
   */
  add(object: Tree, context: DeclaredContext = {}): readonly Problem[] {
    this.#objects++;
    const { object: pods, operatorImages, problems } = podsIn(object, this.#kinds, context);
    const found = [...problems];
    if (pods) this.#pods.push(pods);
    this.#operatorImages.push(...operatorImages);
    if (!pods) {
      const declared = declaredIn(object, found, context);
      if (declared) this.#declared.push(declared);
    }
    this.#problems.push(...found);
    return found;
  }

  /** The problems of the objects so far. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The inventory of all objects so far. */
  build(files = 0): Inventory {
    return sorted({
      workloads: settlePods(this.#pods),
      accounts: this.#declared.flatMap((each) => ('account' in each ? [each.account] : [])),
      namespaces: this.#declared.flatMap((each) => ('namespace' in each ? [each.namespace] : [])),
      secrets: this.#declared.flatMap((each) => ('secret' in each ? [each.secret] : [])),
      imageStreams: this.#declared.flatMap((each) => ('imageStream' in each ? [each.imageStream] : [])),
      mirrors: this.#declared.flatMap((each) => ('mirrors' in each ? each.mirrors : [])),
      operatorImages: this.#operatorImages,
      gitops: this.#declared.flatMap((each) => ('gitops' in each ? [each.gitops] : [])),
      files,
      objects: this.#objects,
    });
  }
}

/** One inventory of several. What one lends, such as a Task, is not borrowed by objects of another. */
export function mergeInventories(inventories: readonly Inventory[]): Inventory {
  return sorted({
    workloads: inventories.flatMap((each) => each.workloads),
    accounts: inventories.flatMap((each) => each.accounts),
    namespaces: inventories.flatMap((each) => each.namespaces),
    secrets: inventories.flatMap((each) => each.secrets),
    imageStreams: inventories.flatMap((each) => each.imageStreams),
    mirrors: inventories.flatMap((each) => each.mirrors),
    operatorImages: inventories.flatMap((each) => each.operatorImages),
    gitops: inventories.flatMap((each) => each.gitops),
    files: inventories.reduce((sum, each) => sum + each.files, 0),
    objects: inventories.reduce((sum, each) => sum + each.objects, 0),
  });
}

type Listed =
  | Workload
  | DeclaredAccount
  | DeclaredNamespace
  | DeclaredSecret
  | DeclaredImageStream
  | DeclaredMirrors
  | OperatorImage;

// By what the objects are, then by where they stand: the order of files and documents does not show.
function sorted(inventory: Inventory): Inventory {
  return {
    workloads: inOrder(inventory.workloads),
    accounts: inOrder(inventory.accounts),
    namespaces: inOrder(inventory.namespaces),
    secrets: inOrder(inventory.secrets),
    imageStreams: inOrder(inventory.imageStreams),
    mirrors: inOrder(inventory.mirrors),
    operatorImages: inOrder(inventory.operatorImages),
    gitops: [...new Set(inventory.gitops)].sort(compareText),
    files: inventory.files,
    objects: inventory.objects,
  };
}

function inOrder<T extends Listed>(list: readonly T[]): T[] {
  return list
    .map((each) => ({ each, key: sortKey(each) }))
    .sort(
      (a, b) => compareText(a.key, b.key) || comparePlaces(a.each.place, b.each.place) || compareLast(a.each, b.each),
    )
    .map(({ each }) => each);
}

function sortKey(each: Listed): string {
  const namespace = 'namespace' in each ? each.namespace : undefined;
  const kind = 'kind' in each ? each.kind : '';
  return `${namespace === undefined ? '' : `1${namespace}`}\0${kind}\0${each.name}`;
}

// Several pods of one object: as they stand in it, then those that it borrows, by what is in them.
function compareLast(a: Listed, b: Listed): number {
  if ('mirrors' in a && 'mirrors' in b) return compareText(mirrorText(a), mirrorText(b));
  if (!('images' in a) || !('images' in b)) return 0;
  return comparePlaces(a.images[0]?.place, b.images[0]?.place) || compareText(podText(a), podText(b));
}

function mirrorText({ source, pulls, contactsSource, mirrors }: DeclaredMirrors): string {
  return JSON.stringify([source, pulls, contactsSource, mirrors.map(({ location }) => location)]);
}

function podText({ serviceAccount, templatePath = '', takenFrom, images }: Workload): string {
  return JSON.stringify([
    templatePath,
    takenFrom,
    serviceAccount,
    images.map(({ image, container }) => [container, image]),
  ]);
}
