import { At } from '../problem/at.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { PodKind, PodKindSpec } from './pod-kind.js';
import { podKinds } from './pod-kinds.js';
import { type CompiledKind, compileKind } from './pod-paths.js';
import { parseTreePath } from './tree-path.js';

const table = byKey(podKinds);

/** Finds the kinds that run pods: those of the user first, then the table. */
export class PodKindIndex {
  readonly #own: ReadonlyMap<string, PodKind>;
  readonly #compiled = new Map<PodKind, CompiledKind>();

  /** @param own kinds of the user, as {@link podKindOf} makes them; they replace lines of the table */
  constructor(own: readonly PodKind[] = []) {
    this.#own = byKey(own);
  }

  /** The line for an object, by the group of its apiVersion and its kind. */
  find(apiVersion: string, kind: string): CompiledKind | undefined {
    const exact = key(groupOf(apiVersion), kind);
    const found = this.#own.get(exact) ?? this.#own.get(key(undefined, kind)) ?? table.get(exact);
    if (!found) return undefined;
    let compiled = this.#compiled.get(found);
    if (!compiled) {
      compiled = compileKind(found);
      this.#compiled.set(found, compiled);
    }
    return compiled;
  }
}

/** The API group of an apiVersion: `apps` of `apps/v1`, empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * Turns a kind of the user into a line of the table.
 *
 * @returns the line, or all that is wrong, by code `pod-kind-invalid`
 * @param path where the spec stands, for the problems
 */
export function podKindOf(spec: PodKindSpec, path: ModelPath = []): { kind?: PodKind; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const refuse = (message: string, ...keys: (string | number)[]) =>
    problems.push(At.of({ path: [...path, ...keys] }).refuse('pod-kind-invalid', words`podKinds: ${message}`));
  const check = (text: string, ...keys: (string | number)[]) => {
    const parsed = parseTreePath(text);
    if (typeof parsed === 'string') refuse(`path ${JSON.stringify(text)} ${parsed}`, ...keys);
    else if (parsed.relative) refuse(`path ${JSON.stringify(text)} must not begin with a dot`, ...keys);
  };
  const { podSpec, images = [], serviceAccount, pullSecrets } = spec;
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(spec.kind)) refuse(`${JSON.stringify(spec.kind)} is not a kind`, 'kind');
  if (podSpec === undefined && images.length === 0) refuse(`${spec.kind} needs podSpec or images`);
  if (podSpec !== undefined) check(podSpec, 'podSpec');
  for (const [index, image] of images.entries()) check(image, 'images', index);
  if (serviceAccount !== undefined) check(serviceAccount, 'serviceAccount');
  if (pullSecrets !== undefined) check(pullSecrets, 'pullSecrets');
  return problems.length > 0 ? { problems } : { kind: lineOf(spec), problems };
}

function lineOf({ apiVersion, kind, podSpec, images = [], serviceAccount, pullSecrets }: PodKindSpec): PodKind {
  // A pod spec in many places has many accounts: none of them is that of the further images.
  const single = podSpec !== undefined && !/[*[]/.test(podSpec);
  return {
    group: apiVersion === undefined ? undefined : stated(apiVersion),
    kind,
    // Kinds of operators often have incomplete containers that complete those of the operator.
    pods: [
      ...(podSpec === undefined ? [] : [{ podSpec, imageRequired: false }]),
      ...(images.length === 0 ? [] : [{ images }]),
    ],
    serviceAccount: [
      ...(serviceAccount === undefined ? [] : [serviceAccount]),
      ...(single ? [`${podSpec}.serviceAccountName`, `${podSpec}.serviceAccount`] : []),
    ],
    pullSecrets: [
      ...(pullSecrets === undefined ? [] : [pullSecrets]),
      ...(single ? [`${podSpec}.imagePullSecrets[].name`] : []),
    ],
  };
}

// `v1` is the core group, `apps` and `apps/v1` are the group apps.
function stated(apiVersion: string): string {
  return apiVersion.includes('/') || /^v\d+/.test(apiVersion) ? groupOf(apiVersion) : apiVersion;
}

function byKey(kinds: readonly PodKind[]): ReadonlyMap<string, PodKind> {
  return new Map(kinds.map((kind) => [key(kind.group, kind.kind), kind]));
}

function key(group: string | undefined, kind: string): string {
  return `${group ?? '*'}/${kind}`;
}
