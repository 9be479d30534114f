import type { Problem } from '../problem/problem.js';
import type { OperatorImage } from './found-inventory.js';
import { imageTriggers } from './image-triggers.js';
import { keptAnnotations } from './kept-annotations.js';
import { asksToResolveNames } from './name-resolution.js';
import { headOf, headText, type ObjectContext, type ObjectHead, wrongKind } from './object-head.js';
import { type ImageContext, imagesOf, isAbsent } from './pod-images.js';
import { groupOf, type PodKindIndex } from './pod-kind-index.js';
import type { FoundLoan, FoundPod, PodsFound, StatedAccount, StatedParameters, UnstatedAccount } from './pod-object.js';
import {
  type AccountPaths,
  type CompiledAccount,
  type CompiledBorrow,
  type CompiledKind,
  type CompiledParameters,
  listOf,
  placeOfNames,
} from './pod-paths.js';
import { type Choices, choicesIn, noChoices } from './task-parameters.js';
import type { TextImage } from './text-image.js';
import { TextImages } from './text-images.js';
import type { Tree } from './tree.js';
import { type Found, follow, pathText, type TreePath, type WrongKind } from './tree-path.js';
import { WorkflowParameters } from './workflow-parameters.js';
import type { ImageUse, PullSecretList } from './workload.js';

const nothing: PodsFound = { operatorImages: [], textImages: [], problems: [] };

/** Reads what one object says about pods; `settlePods` makes workloads of what all objects say. */
export function podsIn(object: Tree, kinds: PodKindIndex, context: ObjectContext = {}): PodsFound {
  const apiVersion = object.get('apiVersion')?.string() ?? context.apiVersion ?? '';
  const kind = kinds.find(apiVersion, object.get('kind')?.string() ?? context.kind ?? '');
  if (!kind) return nothing;
  const problems: Problem[] = [];
  const head = headOf(object, problems, context);
  // Without a name, or with a namespace that is no text, nobody knows where it would run.
  if (problems.length > 0) return { ...nothing, problems };
  return { ...new PodReader(object, kind, head, problems).read(), problems };
}

const noAccounts: ReadonlyMap<string, StatedAccount> = new Map();

class PodReader {
  readonly #kind: CompiledKind;
  readonly #head: ObjectHead;
  readonly #root: Found;
  readonly #images: ImageContext;
  #parameters: WorkflowParameters | undefined;

  constructor(object: Tree, kind: CompiledKind, head: ObjectHead, problems: Problem[]) {
    this.#kind = kind;
    this.#head = head;
    this.#root = { tree: object, path: [] };
    const subject = headText(head);
    const { kind: line } = kind;
    const texts = new TextImages(line.ofCluster ? { kind: head.kind, name: head.name } : head);
    const told = new Set<string>();
    const wrong: WrongKind = ({ tree, path }, expected) => {
      const field = pathText(path);
      if (!told.has(field)) problems.push(wrongKind(`${subject}: ${field}`, tree, expected));
      told.add(field);
    };
    this.#images = { subject, root: this.#root, trigger: imageTriggers(object), texts, wrong, problems };
  }

  read(): Omit<PodsFound, 'problems'> {
    const { kind, borrows, defaultAccount } = this.#kind;
    return {
      object: {
        head: this.#head,
        group: groupOf(this.#head.apiVersion),
        ...(kind.lends && { lends: kind.lends }),
        defaultAccount: this.#unstated(defaultAccount) ?? { name: 'default', ownListOnly: false },
        ofCluster: kind.ofCluster === true,
        ...keptAnnotations(this.#root.tree),
        ...(this.#root.tree.get('metadata')?.get('uid') && { isLive: true }),
        stated: this.#stated(this.#kind.account, this.#root),
        perTask: this.#perTask(),
        parameters: this.#parametersAt(this.#kind.parameters, this.#root),
        pods: this.#pods(),
        loans: borrows.flatMap((borrow) => this.#loans(borrow)),
      },
      operatorImages: this.#operatorImages(),
      textImages: this.#textImages(),
    };
  }

  /** Containers are read with their images. */
  #textImages(): readonly TextImage[] {
    for (const field of this.#kind.injects)
      for (const { tree, path } of this.#follow(this.#root, field)) this.#images.texts.readField(tree, path);
    return this.#images.texts.all();
  }

  #operatorImages(): OperatorImage[] {
    const { operatorImages, imageCatalog } = this.#kind;
    const { kind, name, namespace, place } = this.#head;
    if (imageCatalog && this.#follow(this.#root, imageCatalog).length > 0) return [];
    return operatorImages
      .filter(({ image }) => isAbsent(image, this.#root))
      .map(({ field }) => ({
        kind,
        name,
        ...(namespace !== undefined && { namespace }),
        field,
        ...(place && { place }),
      }));
  }

  #unstated(account: CompiledAccount | undefined): UnstatedAccount | undefined {
    if (!account) return undefined;
    const { name, ownListOnly = false, where } = account;
    if (where && this.#follow(this.#root, where)[0]?.tree.boolean() !== true) return undefined;
    return { name: name.replaceAll('{name}', this.#head.name), ownListOnly };
  }

  #pods(): FoundPod[] {
    const pods: FoundPod[] = [];
    for (const pod of this.#kind.pods) {
      for (const at of this.#follow(this.#root, pod.at)) {
        if (at.tree.kind === 'null') continue;
        const images = this.#followed(imagesOf(pod, at, this.#images), at.tree);
        if (images.length === 0 && !pod.isPodSpec) continue;
        const place = at.tree.place();
        const defaultAccount = this.#unstated(pod.defaultAccount);
        pods.push({
          images,
          own: this.#stated(pod.account, at),
          ...(defaultAccount && { defaultAccount }),
          ...this.#task(pod.task, at),
          ...(pod.pooled && { pooled: true }),
          ...(pod.parameters && { parameters: this.#parametersAt(pod.parameters, at) }),
          ...(asksToResolveNames(this.#root.tree, at.path) && { resolveNames: true }),
          ...(pod.isPodSpec && { templatePath: pathText(at.path) }),
          ...(pod.isPodSpec && place && { podSpecPlace: place }),
        });
      }
    }
    return pods;
  }

  /** Images with the values of parameters in them; one whose values nobody knows stays as it is. */
  #followed(images: readonly ImageUse[], template: Tree): readonly ImageUse[] {
    const { workflow } = this.#kind;
    if (!workflow || !images.some(({ image }) => image.includes('{{'))) return images;
    const [spec] = this.#follow(this.#root, workflow);
    if (spec) this.#parameters ??= new WorkflowParameters(spec.tree);
    const name = template.get('name')?.string();
    return images.flatMap((use) =>
      (this.#parameters?.texts(use.image, name) ?? [use.image]).map((image) => ({ ...use, image })),
    );
  }

  #loans(borrow: CompiledBorrow): FoundLoan[] {
    const loans: FoundLoan[] = [];
    if (borrow.pool && this.#follow(this.#root, borrow.pool).length === 0) return loans;
    for (const at of this.#follow(this.#root, borrow.at)) {
      for (const { tree } of this.#follow(at, borrow.ref)) {
        const name = tree.string() ?? tree.get('name')?.string();
        if (!name || tree.get('resolver') || tree.get('bundle')) continue;
        const stated = tree.get('kind')?.string() || borrow.kind;
        if (stated !== borrow.kind && stated !== borrow.clusterKind) continue;
        const ofCluster = stated === borrow.clusterKind || tree.get('clusterScope')?.boolean() === true;
        const kind = ofCluster && borrow.clusterKind ? borrow.clusterKind : borrow.kind;
        loans.push({
          kind,
          name,
          ofCluster,
          whole: borrow.whole === true,
          ...(borrow.pool && { ofPool: true }),
          ...(borrow.account && { own: this.#stated(borrow.account, at) }),
          ...this.#task(borrow.task, at),
          given: this.#choices(borrow.given, at, 'value'),
        });
      }
    }
    return loans;
  }

  #parametersAt({ declared, given }: CompiledParameters, at: Found): StatedParameters {
    return { declared: this.#choices(declared, at, 'default'), given: this.#choices(given, at, 'value') };
  }

  #choices(paths: readonly TreePath[], at: Found, field: 'value' | 'default'): Choices {
    if (paths.length === 0) return noChoices;
    return choicesIn(
      paths.flatMap((path) => this.#follow(at, path).map(({ tree }) => tree)),
      field,
    );
  }

  #perTask(): ReadonlyMap<string, StatedAccount> {
    const { perTask } = this.#kind;
    if (!perTask) return noAccounts;
    const accounts = new Map<string, StatedAccount>();
    for (const at of this.#follow(this.#root, perTask.at)) {
      const { task } = this.#task(perTask.task, at);
      if (task !== undefined) accounts.set(task, this.#stated(perTask.account, at));
    }
    return accounts;
  }

  #stated({ serviceAccount, pullSecrets }: AccountPaths, from: Found): StatedAccount {
    const name = this.#account(serviceAccount, from);
    const lists = pullSecrets.map((path) => this.#pullSecrets(path, from));
    const filled = lists.findIndex((list) => list.names.length > 0);
    // Where no list is filled, the one that the version of the object has: the last path is that of the oldest.
    const chosen = filled < 0 && this.#head.apiVersion.endsWith('/v1beta1') ? lists.length - 1 : Math.max(0, filled);
    return {
      ...(name !== undefined && { serviceAccount: name }),
      pullSecrets: lists[chosen] ?? { names: [] },
      ...placeOfNames(pullSecrets[chosen], from, this.#canHoldList()),
    };
  }

  #canHoldList(): boolean {
    const { listInside } = this.#kind;
    return !listInside || this.#follow(this.#root, listInside).length > 0;
  }

  #account(paths: readonly TreePath[], from: Found): string | undefined {
    for (const path of paths) {
      for (const found of this.#follow(from, path)) {
        if (found.tree.kind !== 'text' && found.tree.kind !== 'null') this.#images.wrong(found, 'text');
        const name = found.tree.string();
        if (name) return name;
      }
    }
    return undefined;
  }

  #pullSecrets(path: TreePath, from: Found): PullSecretList {
    const list = listOf(path);
    const names: string[] = [];
    const [place] = list ? follow(from, list, this.#images.wrong) : [];
    for (const found of follow(from, list ? [...list, 'items'] : path.steps, this.#images.wrong)) {
      if (list && found.tree.kind !== 'map' && found.tree.kind !== 'null') this.#images.wrong(found, 'map');
      const value = list ? found.tree.get('name') : found.tree;
      if (value && value.kind !== 'text' && value.kind !== 'null')
        this.#images.wrong({ ...found, tree: value }, 'text');
      // An entry without name still makes the list one of the pod's own.
      if (list || value?.string()) names.push(value?.string() ?? '');
    }
    const start = place?.tree.place();
    const marks = place?.tree.marks() ?? [];
    return { names, ...(marks.length > 0 && { marks }), ...(start && { place: start }) };
  }

  #task(path: TreePath | undefined, at: Found): { task?: string } {
    const task = path && follow(at, path.steps, this.#images.wrong)[0]?.tree.string();
    return task === undefined ? {} : { task };
  }

  #follow(from: Found, { steps, relative }: TreePath): readonly Found[] {
    return follow(relative ? from : this.#root, steps, this.#images.wrong);
  }
}
