import type { Borrow, DefaultAccount, ImagePath, ParameterPaths, PodKind, PodPath } from './pod-kind.js';
import { type Found, parseTreePath, pathText, type Step, stepsText, type TreePath } from './tree-path.js';
import type { ImageUse } from './workload.js';

/** A {@link PodKind} whose paths are parsed. */
export interface CompiledKind {
  readonly kind: PodKind;
  readonly pods: readonly CompiledPod[];
  readonly account: AccountPaths;
  readonly borrows: readonly CompiledBorrow[];
  readonly perTask?: { readonly at: TreePath; readonly task: TreePath; readonly account: AccountPaths };
  readonly operatorImages: readonly { readonly field: string; readonly image: CompiledImage }[];
  readonly imageCatalog?: TreePath;
  readonly injects: readonly TreePath[];
  readonly parameters: CompiledParameters;
  readonly workflow?: TreePath;
  readonly listInside?: TreePath;
  readonly defaultAccount?: CompiledAccount;
}

/** A {@link DefaultAccount} whose paths are parsed. */
export interface CompiledAccount extends Omit<DefaultAccount, 'where'> {
  readonly where?: TreePath;
}

/** Where an account and a list of pull secrets are stated. */
export interface AccountPaths {
  readonly serviceAccount: readonly TreePath[];
  readonly pullSecrets: readonly TreePath[];
}

/** A {@link ParameterPaths} whose paths are parsed. */
export interface CompiledParameters {
  readonly declared: readonly TreePath[];
  readonly given: readonly TreePath[];
}

/** A {@link PodPath} whose paths are parsed; those that are relative begin where `at` leads. */
export interface CompiledPod {
  readonly at: TreePath;
  readonly isPodSpec: boolean;
  readonly images: readonly CompiledImage[];
  readonly account: AccountPaths;
  readonly defaultAccount?: CompiledAccount;
  readonly pooled: boolean;
  readonly parameters?: CompiledParameters;
  readonly task?: TreePath;
}

/** An {@link ImagePath}, taken apart at its last list or wildcard. */
export interface CompiledImage extends Omit<ImagePath, 'path' | 'orElse'> {
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
  readonly orElse?: TreePath;
}

/** A {@link Borrow} whose paths are parsed. */
export interface CompiledBorrow extends Pick<Borrow, 'kind' | 'clusterKind' | 'whole'> {
  readonly at: TreePath;
  readonly ref: TreePath;
  /** Undefined where it states nothing of its own. */
  readonly account?: AccountPaths;
  readonly pool?: TreePath;
  readonly given: readonly TreePath[];
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
    borrows: (kind.borrows ?? []).map(compileBorrow),
    ...(perTask && {
      perTask: { at: treePath(perTask.at), task: treePath(perTask.task), account: accountPaths(perTask) },
    }),
    operatorImages: (kind.operatorImages ?? []).map((field) => ({ field, image: compileImage(field, false) })),
    imageCatalog: optional(kind.imageCatalog),
    injects: (kind.injects ?? []).map(treePath),
    parameters: compileParameters(kind.parameters ?? {}),
    workflow: optional(kind.workflow),
    listInside: optional(kind.listInside),
    defaultAccount: compileAccount(kind.defaultAccount),
  };
}

function compileAccount(account: DefaultAccount | undefined): CompiledAccount | undefined {
  return account && { ...account, where: optional(account.where) };
}

function compileParameters({ declared = [], given = [] }: ParameterPaths): CompiledParameters {
  return { declared: declared.map(treePath), given: given.map(treePath) };
}

function compileBorrow({ at, ref, serviceAccount, pullSecrets, pool, task, given, ...borrow }: Borrow): CompiledBorrow {
  return {
    ...borrow,
    at: at === undefined ? here : treePath(at),
    ref: treePath(ref),
    ...((serviceAccount || pullSecrets) && { account: accountPaths({ serviceAccount, pullSecrets }) }),
    pool: optional(pool),
    given: (given ?? []).map(treePath),
    task: optional(task),
  };
}

/** The path of the list of a path to names in it: that of `a[].name` is `a`, others have none. */
export function listOf(path: TreePath): readonly Step[] | undefined {
  const [before, last] = path.steps.slice(-2);
  return before === 'items' && typeof last === 'object' && last.key === 'name' ? path.steps.slice(0, -2) : undefined;
}

/** Where names can be put: the list of a path of {@link listOf}, else a field that is left to people. */
export function placeOfNames(
  names: TreePath | undefined,
  from: Found,
  canHold = true,
): { readonly listPath?: string; readonly namesField?: string } {
  if (!names) return {};
  const list = listOf(names);
  const keys = list?.map((step) => (typeof step === 'object' ? step.key : undefined));
  // A list below a wildcard has many paths: there is no one place for it.
  if (canHold && keys?.every((key) => key !== undefined)) return { listPath: pathText([...from.path, ...keys]) };
  const start = names.relative && from.path.length > 0 ? `${pathText(from.path)}.` : '';
  return { namesField: `${start}${stepsText(list ? [...list, 'items'] : names.steps)}` };
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
    defaultAccount: compileAccount(pod.defaultAccount),
    pooled: pod.pooled === true,
    ...(pod.parameters && { parameters: compileParameters(pod.parameters) }),
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
  const { path, orElse, ...further }: ImagePath = typeof image === 'string' ? { path: image } : image;
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
    ...further,
    orElse: optional(orElse),
  };
}

function fieldOf(path: string): ImageUse['field'] {
  const list = /([A-Za-z]+)\[\]\.(image(?:\.reference)?)$/.exec(path);
  if (list?.[2] === 'image') return containerLists.find((name) => name === list[1]) ?? 'other';
  return list?.[1] === 'volumes' && list[2] === 'image.reference' ? 'volumes' : 'other';
}

function accountPaths(from: {
  readonly serviceAccount?: readonly string[] | undefined;
  readonly pullSecrets?: readonly string[] | undefined;
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
