import type { DeliveryContext } from '../delivery-object.js';
import { celText } from './cel.js';
import { type LabelSelector, namespaceCondition, namespaceSelector } from './namespace-match.js';

/** A rule that appends to a list of pull secrets, as CEL writes it; Kyverno and the API server take the same. */
export interface CelRule {
  readonly resource: 'pods' | 'serviceaccounts';
  readonly operations: readonly ('CREATE' | 'UPDATE')[];
  readonly objectSelector?: LabelSelector | undefined;
  readonly conditions: readonly CelCondition[];
  /** Path of the list in CEL, below `object`, such as `spec.imagePullSecrets`. */
  readonly list: 'imagePullSecrets' | 'spec.imagePullSecrets';
}

/** A condition with the name that the engine's messages give it. */
export interface CelCondition {
  readonly name: string;
  readonly expression: string;
}

/** A mutation whose expression gives the operations of a JSON patch. */
export interface JsonPatchMutation {
  readonly patchType: 'JSONPatch';
  readonly jsonPatch: { readonly expression: string };
}

/** Parts that MutatingPolicy and MutatingAdmissionPolicy have in common. */
export interface CelMutation {
  readonly failurePolicy: 'Ignore';
  readonly matchConditions: readonly CelCondition[];
  readonly matchConstraints: Readonly<Record<string, unknown>>;
  readonly mutations: readonly JsonPatchMutation[];
  readonly reinvocationPolicy: 'IfNeeded';
}

/**
 * A rule within its scope. It never blocks: with failurePolicy Ignore what cannot be judged passes as it is. It appends
 * by JSON patch, because a list of service accounts is atomic, and because the typed merge of a pod fails on pods with
 * doubled ports or variables. It is asked again when another policy has added containers.
 *
 * @param entry the CEL expression of a list entry, which the engines type differently
 */
export function celMutation(rule: CelRule, { pullSecret, scope }: DeliveryContext, entry: string): CelMutation {
  const inScope = namespaceCondition(scope, 'object.metadata.namespace');
  const matchConditions = [
    ...(inScope === undefined ? [] : [{ name: 'in-scope', expression: inScope }]),
    ...rule.conditions,
    { name: 'not-there-yet', expression: isMissing(rule.list, pullSecret.name) },
  ];
  return {
    failurePolicy: 'Ignore',
    matchConditions,
    matchConstraints: {
      namespaceSelector: namespaceSelector(scope),
      objectSelector: rule.objectSelector,
      resourceRules: [resourceRule(rule.resource, rule.operations)],
    },
    mutations: [jsonPatch(append(rule.list, entry))],
    reinvocationPolicy: 'IfNeeded',
  };
}

/**
 * The same mutation for objects that exist. Kyverno asks `matchConditions` of what triggered it only, and mutates every
 * object in the selected namespaces (kyverno 1.19, pkg/cel/policies/mpol/compiler/policy.go, EvaluateTarget): the
 * mutation must ask them again.
 */
export function withGuard(mutation: CelMutation): CelMutation {
  const conditions = mutation.matchConditions.map(({ expression }) => `(${expression})`).join(' && ');
  const mutations = mutation.mutations.map((each) => jsonPatch(`${conditions} ? (${each.jsonPatch.expression}) : []`));
  return { ...mutation, mutations };
}

function jsonPatch(expression: string): JsonPatchMutation {
  return { patchType: 'JSONPatch', jsonPatch: { expression } };
}

/** Matches a resource of the core group. */
export function resourceRule(resource: string, operations: readonly string[]): Record<string, readonly string[]> {
  return { apiGroups: [''], apiVersions: ['v1'], operations, resources: [resource] };
}

function isMissing(list: CelRule['list'], pullSecret: string): string {
  const optional = `object.${list.replace('imagePullSecrets', '?imagePullSecrets')}`;
  return `!${optional}.orValue([]).exists(s, s.name == ${celText(pullSecret)})`;
}

function append(list: CelRule['list'], entry: string): string {
  const pointer = `/${list.replace('.', '/')}`;
  const add = (path: string, value: string) => `[JSONPatch{op: "add", path: ${celText(path)}, value: ${value}}]`;
  return `has(object.${list}) ? ${add(`${pointer}/-`, entry)} : ${add(pointer, `[${entry}]`)}`;
}
