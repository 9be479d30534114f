import { words } from '../../problem/shown.js';
import { isMap } from '../merged-values.js';
import { ExpansionFault } from '../template/expansion-fault.js';
import { MissingKey } from '../template/go-template.js';
import { overlaid, type Parameters, printed } from '../template/parameters.js';
import { filled } from '../template/text-template.js';
import { clusterParameters } from './cluster-generator.js';
import type { GeneratorContext } from './generator-context.js';
import { gitParameters } from './git-generator.js';
import { isSelected } from './parameter-selector.js';

/** As many Applications may one ApplicationSet make. */
export const maxApplications = 10_000;

/** Generators that ask a cluster, a forge or a program. */
const online: ReadonlyMap<string, string> = new Map([
  ['clusterDecisionResource', 'an object of the cluster'],
  ['scmProvider', 'the repositories of a forge'],
  ['pullRequest', 'the pull requests of a forge'],
  ['plugin', 'a plugin'],
]);

/** Generators may stand in a matrix or merge that stands in another one, and no deeper. */
const maxDepth = 3;

/**
 * The parameters that a generator gives, one set for each Application.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/applicationset/generators
 */
export function generated(generator: unknown, context: GeneratorContext, depth = 1): readonly Parameters[] {
  const parts = isMap(generator) ? generator : {};
  const [kind, ...others] = Object.keys(parts).filter((key) => key !== 'selector' && isMap(parts[key]));
  if (kind === undefined || others.length > 0 || depth > maxDepth)
    throw ExpansionFault.of(
      'gitops-object-invalid',
      'has a generator that Argo CD does not take',
      'name one kind in each',
    );
  const asked = online.get(kind);
  if (asked !== undefined)
    throw ExpansionFault.of('generator-needs-cluster', words`has the generator ${kind}, which asks for ${asked}`);
  const given = parametersOf(kind, parts[kind] as Parameters, context, depth);
  return bounded(given.filter((parameters) => isSelected(parts.selector, parameters)));
}

function parametersOf(
  kind: string,
  generator: Parameters,
  context: GeneratorContext,
  depth: number,
): readonly Parameters[] {
  switch (kind) {
    case 'list':
      return listParameters(generator, context);
    case 'clusters':
      return clusterParameters(generator, context);
    case 'git':
      return gitParameters(generator, context);
    case 'matrix':
      return matrixParameters(generator, context, depth);
    case 'merge':
      return mergeParameters(generator, context, depth);
    default:
      throw ExpansionFault.of('engine-needed', words`has the generator ${kind}, which is not known here`);
  }
}

function listParameters({ elements, elementsYaml }: Parameters, { view, isGo }: GeneratorContext): Parameters[] {
  const listed = listOf(elements).filter(isMap);
  const written =
    typeof elementsYaml === 'string' && elementsYaml !== '' ? listOf(view.parse(elementsYaml)).filter(isMap) : [];
  return [...(isGo ? listed : listed.map(flatElement)), ...written];
}

/** Without Go templates an element has texts only, but for its `values`, which are a map of them. */
function flatElement(element: Parameters): Parameters {
  const { values, ...rest } = element;
  const inner = isMap(values) ? Object.entries(values).map(([key, value]) => [`values.${key}`, value] as const) : [];
  const all = [...Object.entries(rest), ...inner];
  if (all.some(([, value]) => typeof value !== 'string'))
    throw ExpansionFault.of(
      'gitops-object-invalid',
      'has an element that is no text, which Argo CD takes with Go templates only',
      'write it in quotes, or say goTemplate: true',
    );
  return Object.fromEntries(all);
}

function matrixParameters({ generators }: Parameters, context: GeneratorContext, depth: number): Parameters[] {
  const [first, second, ...others] = listOf(generators);
  if (second === undefined || others.length > 0)
    throw ExpansionFault.of('gitops-object-invalid', 'has a matrix of other than two generators', 'nest them');
  const rows: Parameters[] = [];
  for (const left of generated(first, context, depth + 1)) {
    const inner = Object.keys(left).length === 0 ? second : interpolated(second, left, context);
    for (const right of generated(inner, context, depth + 1))
      rows.push(context.isGo ? overlaid(overlaid({}, right), left) : combined(left, right));
    bounded(rows);
  }
  return rows;
}

/** A generator with parameters of the one before it; its `values` may wait for parameters of its own. */
function interpolated(generator: unknown, parameters: Parameters, context: GeneratorContext): unknown {
  if (!isMap(generator)) return generator;
  return Object.fromEntries(
    Object.entries(generator).map(([kind, part]) => {
      if (!isMap(part)) return [kind, filled(part, parameters, context.engine)];
      const { values, ...rest } = part;
      const inner = isMap(values) && kind !== 'list' ? { values: filledValues(values, parameters, context) } : {};
      const all = 'values' in inner || values === undefined ? rest : part;
      return [kind, { ...(filled(all, parameters, context.engine) as object), ...inner }];
    }),
  );
}

function filledValues(
  values: Parameters,
  parameters: Parameters,
  { isGo, engine, strictEngine }: GeneratorContext,
): Parameters {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      try {
        return [key, filled(value, parameters, isGo ? strictEngine : engine)];
      } catch (fault) {
        if (fault instanceof MissingKey) return [key, value];
        throw fault;
      }
    }),
  );
}

/** Parameters of two generators as texts; one name cannot have two values. */
function combined(left: Parameters, right: Parameters): Parameters {
  const all = new Map(Object.entries(left).map(([key, value]) => [key, printed(value) ?? '']));
  for (const [key, value] of Object.entries(right)) {
    const text = printed(value) ?? '';
    if (all.has(key) && all.get(key) !== text)
      throw ExpansionFault.of(
        'gitops-object-invalid',
        words`has a matrix whose generators give ${key} two values`,
        'give one of them another name, such as with pathParamPrefix',
      );
    all.set(key, text);
  }
  return Object.fromEntries(all);
}

function mergeParameters(
  { generators, mergeKeys }: Parameters,
  context: GeneratorContext,
  depth: number,
): Parameters[] {
  const keys = listOf(mergeKeys).map(String);
  const [first, ...others] = listOf(generators).map((each) => generated(each, context, depth + 1));
  if (first === undefined || others.length === 0 || keys.length === 0)
    throw ExpansionFault.of('gitops-object-invalid', 'has a merge without two generators and mergeKeys', 'write them');
  const merged = byKeys(first, keys);
  for (const other of others) {
    for (const [key, above] of byKeys(other, keys)) {
      const below = merged.get(key);
      if (below) merged.set(key, context.isGo ? overlaid(below, above) : { ...below, ...above });
    }
  }
  return [...merged.values()];
}

function byKeys(rows: readonly Parameters[], keys: readonly string[]): Map<string, Parameters> {
  const found = new Map<string, Parameters>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((each) => (Object.hasOwn(row, each) ? row[each] : null)));
    if (found.has(key))
      throw ExpansionFault.of(
        'gitops-object-invalid',
        words`has a merge in which two parameters have the same ${keys}`,
        'name mergeKeys that tell them apart',
      );
    found.set(key, row);
  }
  return found;
}

function bounded<T>(rows: readonly T[]): readonly T[] {
  if (rows.length > maxApplications)
    throw ExpansionFault.of(
      'expansion-too-large',
      words`makes more than ${maxApplications} Applications`,
      'make several of it',
    );
  return rows;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
