import { compareText } from '../names/names.js';
import { type Problem, placeOf } from '../problem/problem.js';
import { copyingProgram } from './copying-program.js';
import { type Declared, type DeclaredContext, declaredIn } from './declared.js';
import type {
  DeclaredAccount,
  DeclaredBinding,
  DeclaredDelivery,
  DeclaredImageStream,
  DeclaredMirrors,
  DeclaredNamespace,
  DeclaredSecret,
} from './declared-object.js';
import { type EmbeddedObject, embeddedIn } from './embedded-objects.js';
import type { Inventory, OperatorImage, UnreadPart } from './found-inventory.js';
import { comparePlaces, type ObjectContext } from './object-head.js';
import { PodKindIndex } from './pod-kind-index.js';
import { settlePods } from './pod-loans.js';
import type { PodObject } from './pod-object.js';
import { podsIn } from './pods.js';
import type { TextImage } from './text-image.js';
import { configMapTexts } from './text-images.js';
import type { Tree } from './tree.js';
import { unseenIn } from './unseen.js';
import type { Unseen } from './unseen-object.js';
import type { Workload } from './workload.js';

/** Collects objects one by one into an {@link Inventory}; keeps nothing of the documents they come from. */
export class InventoryBuilder {
  readonly #kinds: PodKindIndex;
  readonly #pods: PodObject[] = [];
  readonly #declared: Declared[] = [];
  readonly #operatorImages: OperatorImage[] = [];
  readonly #textImages: TextImage[] = [];
  readonly #unseen: Unseen[] = [];
  readonly #unread: UnreadPart[] = [];
  readonly #problems: Problem[] = [];
  #objects = 0;

  /** @param kinds the kinds that run pods. @default - those of the table */
  constructor(kinds: PodKindIndex = new PodKindIndex()) {
    this.#kinds = kinds;
  }

  /**
   * Adds one object. Kinds that do not matter to pulls are counted and forgotten.
   *
   * @param further the other namespaces that its file is read for: an object that names none is in each of them
   * @returns what is wrong with it, by code `manifest-wrong-type`; kept for {@link problems} too
   */
  add(object: Tree, context: DeclaredContext = {}, further: readonly ObjectContext[] = []): readonly Problem[] {
    this.#objects++;
    const embedded = embeddedIn(object, context);
    if (embedded) return embedded.flatMap((each) => this.#addEmbedded(each, context, further));
    const found = this.#read(object, context);
    this.#problems.push(...found);
    if (!object.get('metadata')?.get('namespace')?.string())
      for (const other of further) this.#readAgain(object, { ...context, ...other });
    return found;
  }

  /** An object inside of another one is read like any other, in the namespaces of the one around it. */
  #addEmbedded(
    { object, context: own }: EmbeddedObject,
    { keepSecretData }: DeclaredContext,
    further: readonly ObjectContext[],
  ): readonly Problem[] {
    const namespaces = further.map((each) => ({ ...each, source: own.source }));
    return this.add(object, { ...own, ...(keepSecretData && { keepSecretData }) }, namespaces as ObjectContext[]);
  }

  /** Takes note of a namespace that a GitOps engine creates. */
  create(namespace: DeclaredNamespace): void {
    this.#declared.push({ namespace });
  }

  /** Takes note of something that cannot be read. */
  miss(part: UnreadPart): void {
    this.#unread.push(part);
  }

  #read(object: Tree, context: DeclaredContext): readonly Problem[] {
    const { object: pods, operatorImages, textImages, problems } = podsIn(object, this.#kinds, context);
    const found = [...problems];
    if (pods) this.#pods.push(pods);
    this.#operatorImages.push(...operatorImages);
    this.#textImages.push(...textImages, ...configMapTexts(object, context));
    const declared = pods || found.length > 0 ? undefined : declaredIn(object, found, context);
    if (declared) this.#declared.push(declared);
    const program = pods && copyingProgram(object, pods);
    if (program) this.#declared.push({ delivery: program });
    if (!pods && found.length === 0 && (!declared || 'gitops' in declared)) {
      const unseen = unseenIn(object, context);
      if (unseen) this.#unseen.push(unseen);
    }
    if (found.length > 0) this.#missPart(found, pods?.head ?? {});
    return found;
  }

  /** Reads an object again for another namespace, where what is in one namespace only counts again. */
  #readAgain(object: Tree, context: DeclaredContext): void {
    const { object: pods, operatorImages, textImages, problems } = podsIn(object, this.#kinds, context);
    if (pods && pods.lends !== 'cluster') this.#pods.push(pods);
    this.#operatorImages.push(...operatorImages);
    this.#textImages.push(...textImages, ...configMapTexts(object, context));
    const found = [...problems];
    const declared = pods ? undefined : declaredIn(object, found, context);
    if (declared && ('account' in declared || 'secret' in declared || 'imageStream' in declared))
      this.#declared.push(declared);
    if (pods && found.length > 0) this.#missPart(found, pods.head);
  }

  /** The rest of an object is read, and where it is known where it runs, only that namespace is in doubt. */
  #missPart(problems: readonly Problem[], { namespace }: Pick<UnreadPart, 'namespace'>): void {
    const file = (problems[0] && placeOf(problems[0])?.file) ?? '';
    this.#unread.push({ file, ...(namespace !== undefined && { namespace }) });
  }

  /** The problems of the objects so far. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The inventory of all objects so far. */
  build(files = 0): Inventory {
    const { workloads, unused } = settlePods(this.#pods);
    return sorted({
      workloads,
      accounts: this.#declared.flatMap((each) => ('account' in each ? [each.account] : [])),
      namespaces: this.#declared.flatMap((each) => ('namespace' in each ? [each.namespace] : [])),
      secrets: this.#declared.flatMap((each) => ('secret' in each ? [each.secret] : [])),
      imageStreams: this.#declared.flatMap((each) => ('imageStream' in each ? [each.imageStream] : [])),
      mirrors: this.#declared.flatMap((each) => ('mirrors' in each ? each.mirrors : [])),
      deliveries: this.#declared.flatMap((each) => ('delivery' in each ? [each.delivery] : [])),
      bindings: this.#declared.flatMap((each) => ('binding' in each ? [each.binding] : [])),
      operatorImages: this.#operatorImages,
      textImages: this.#textImages,
      gitops: this.#declared.flatMap((each) => ('gitops' in each ? [each.gitops] : [])),
      unseen: [...this.#unseen, ...unused],
      unread: this.#unread,
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
    deliveries: inventories.flatMap((each) => each.deliveries),
    bindings: inventories.flatMap((each) => each.bindings),
    operatorImages: inventories.flatMap((each) => each.operatorImages),
    textImages: inventories.flatMap((each) => each.textImages),
    gitops: inventories.flatMap((each) => each.gitops),
    unseen: inventories.flatMap((each) => each.unseen),
    unread: inventories.flatMap((each) => each.unread),
    files: inventories.reduce((sum, each) => sum + each.files, 0),
    objects: inventories.reduce((sum, each) => sum + each.objects, 0),
  });
}

type Listed =
  | Workload
  | DeclaredAccount
  | DeclaredBinding
  | DeclaredDelivery
  | DeclaredNamespace
  | DeclaredSecret
  | DeclaredImageStream
  | DeclaredMirrors
  | OperatorImage
  | TextImage
  | Unseen;

// By what the objects are, then by where they stand: the order of files and documents does not show.
function sorted(inventory: Inventory): Inventory {
  return {
    workloads: inOrder(inventory.workloads),
    accounts: inOrder(inventory.accounts),
    namespaces: inOrder(inventory.namespaces),
    secrets: inOrder(inventory.secrets),
    imageStreams: inOrder(inventory.imageStreams),
    mirrors: inOrder(inventory.mirrors),
    deliveries: inOrder(inventory.deliveries),
    bindings: inOrder(inventory.bindings),
    operatorImages: inOrder(inventory.operatorImages),
    textImages: inOrder(inventory.textImages),
    gitops: [...new Set(inventory.gitops)].sort(compareText),
    unseen: inOrder(inventory.unseen),
    unread: [...inventory.unread].sort((a, b) => compareText(a.file, b.file)),
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
  if (!('serviceAccount' in a) || !('serviceAccount' in b)) return 0;
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
