import type { DeclaredDelivery } from '../../inventory/declared-object.js';
import { at, itemsOf, mentions, textsOf } from '../effects/plain.js';

/** A rule of a policy as far as findings look at it, in whichever of the languages it is written. */
export interface PolicyRule {
  /** The resources that it acts on, in lower case and plural: `pods`, `serviceaccounts`, `deployments`. */
  readonly resources: readonly string[];
  readonly operations: readonly string[];
  /** How it changes lists. */
  readonly patch: 'merge' | 'patch' | 'apply';
  /** Whether it is rewritten for the templates of controllers. */
  readonly isRewritten: boolean;
}

const listField = 'imagePullSecrets';

/** The rules of a policy that change lists of pull secrets. */
export function listRulesOf(policy: DeclaredDelivery): readonly PolicyRule[] {
  return isLegacy(policy) ? legacyRules(policy) : celRules(policy);
}

/** Whether a policy makes Secrets. */
export function makesSecrets({ kind, object }: DeclaredDelivery): boolean {
  const made = /GeneratingPolicy$/.test(kind)
    ? [at(object, 'spec', 'generate'), at(object, 'spec', 'variables')]
    : itemsOf(at(object, 'spec', 'rules')).map((rule) => at(rule, 'generate'));
  return made.some((each) => ['Secret', 'secrets'].some((word) => mentions(each, word)));
}

/** Whether it is one of kyverno.io, not of policies.kyverno.io. */
export function isLegacy({ apiVersion }: DeclaredDelivery): boolean {
  return apiVersion.startsWith('kyverno.io/');
}

// https://kyverno.io/docs/writing-policies/mutate/: without operations a rule acts at CREATE and UPDATE.
function legacyRules({ object }: DeclaredDelivery): PolicyRule[] {
  const autogen = at(object, 'metadata', 'annotations', 'pod-policies.kyverno.io/autogen-controllers');
  return itemsOf(at(object, 'spec', 'rules'))
    .filter((rule) => mentions(at(rule, 'mutate'), listField) && at(rule, 'mutate', 'targets') === undefined)
    .map((rule) => {
      const match = at(rule, 'match');
      const filters = [match, ...itemsOf(at(match, 'any')), ...itemsOf(at(match, 'all'))].map((each) =>
        at(each, 'resources'),
      );
      const resources = filters.flatMap((each) => textsOf(at(each, 'kinds'))).map(resourceOf);
      const operations = filters.flatMap((each) => textsOf(at(each, 'operations')));
      const isMerged = mentions(at(rule, 'mutate', 'patchStrategicMerge'), listField);
      const isNarrowed = filters.some((each) =>
        ['name', 'names', 'selector', 'annotations'].some((key) => at(each, key) !== undefined),
      );
      return {
        resources,
        operations: operations.length > 0 ? operations : ['CREATE', 'UPDATE'],
        patch: isMerged ? 'merge' : 'patch',
        isRewritten: isMerged && !isNarrowed && autogen !== 'none' && isAboutPodsAlone(resources),
      };
    });
}

function celRules({ object, apiVersion }: DeclaredDelivery): PolicyRule[] {
  const spec = at(object, 'spec');
  const constraints = at(spec, 'matchConstraints');
  const mutations = itemsOf(at(spec, 'mutations')).filter((each) => mentions(each, listField));
  if (mutations.length === 0) return [];
  const rules = itemsOf(at(constraints, 'resourceRules'));
  const isApplied = mutations.some((each) => at(each, 'patchType') !== 'JSONPatch');
  const controllers = at(spec, 'autogen', 'podControllers', 'controllers');
  const isNarrowed = ['objectSelector', 'excludeResourceRules'].some((key) => at(constraints, key) !== undefined);
  const all = rules.flatMap((rule) => textsOf(at(rule, 'resources')));
  const isRewritten =
    apiVersion.startsWith('policies.kyverno.io/') &&
    !isNarrowed &&
    isAboutPodsAlone(all) &&
    (controllers === undefined || textsOf(controllers).length > 0);
  return rules.map((rule) => ({
    resources: textsOf(at(rule, 'resources')),
    operations: textsOf(at(rule, 'operations')),
    patch: isApplied ? ('apply' as const) : ('patch' as const),
    isRewritten,
  }));
}

function isAboutPodsAlone(resources: readonly string[]): boolean {
  return resources.length > 0 && resources.every((each) => each === 'pods');
}

/** The resource of a kind as Kyverno writes it: `Pod`, `v1/Pod`, `apps/v1/Deployment`. */
function resourceOf(kind: string): string {
  return `${(kind.split('/').pop() ?? '').toLowerCase()}s`;
}
