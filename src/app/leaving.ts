import { parseAllDocuments } from 'yaml';
import type { AccessPlan } from '../model/access-plan.js';
import { sortedUnique } from '../model/names.js';
import type { Problem } from '../model/problem.js';

/** A file of an earlier run that this run would replace or remove. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Rule of ownership 5: what the files of an earlier run give and this run would take away. Pods that restart later
 * would miss it.
 */
export function leavingAccess(former: readonly FormerFile[], plans: readonly AccessPlan[]): Problem[] {
  if (former.length === 0) return [];
  const clusters = new Map(plans.map((plan) => [plan.cluster.name, stateOf(plan)]));
  const lost: string[] = [];
  for (const file of former) {
    const cluster = file.path.split('/')[0] ?? '';
    const now = clusters.get(cluster);
    for (const [key, text] of givenBy(file.text)) if (!now?.has(key)) lost.push(`${cluster}: ${text}`);
  }
  return sortedUnique(lost).map((message) => ({
    code: 'access-leaves',
    message,
    hint: 'if nothing needs it any more: --now; while one pull secret replaces another, name both in `overlap`',
  }));
}

/** What this run gives, by the keys that {@link givenBy} finds in files. */
function stateOf(plan: AccessPlan): Set<string> {
  const state = new Set<string>();
  for (const { namespace, pullSecret, registries } of plan.secrets) {
    const model = plan.cluster.pullSecrets.get(pullSecret);
    // What another manifest declares is there; what is only referenced may never have been.
    if (!model || model.source === 'existing') continue;
    state.add(`secret ${namespace}/${pullSecret}`);
    for (const { name, key } of model.registries)
      if (registries.includes(name)) state.add(`entry ${namespace}/${pullSecret}/${key}`);
  }
  for (const account of plan.accounts) {
    const names = account.declared ? account.declared.pullSecrets : [...account.pullSecrets, ...account.keep];
    for (const name of names) state.add(`list ${account.namespace}/${account.name}/${name}`);
  }
  return state;
}

interface FormerObject {
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
  };
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly target?: { readonly template?: { readonly data?: Readonly<Record<string, string>> } } };
}

/** What a file of an earlier run gives: a key for each thing, with the sentence that says that it would go. */
function givenBy(text: string): Map<string, string> {
  const given = new Map<string, string>();
  const documents = parseAllDocuments(text, { version: '1.1' });
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length > 0) continue;
    const object = (document.toJS({ maxAliasCount: 0 }) ?? {}) as FormerObject;
    const { name = '', namespace = '' } = object.metadata ?? {};
    if (object.kind === 'Secret' || object.kind === 'ExternalSecret') {
      given.set(`secret ${namespace}/${name}`, `pull secret ${name} would leave namespace ${namespace}`);
      for (const key of entryKeys(object)) {
        given.set(
          `entry ${namespace}/${name}/${key}`,
          `pull secret ${name} of namespace ${namespace} would lose its entry ${key}`,
        );
      }
    }
    if (object.kind !== 'ServiceAccount') continue;
    for (const entry of object.imagePullSecrets ?? []) {
      const key = `list ${namespace}/${name}/${entry.name}`;
      given.set(key, `service account ${name} of namespace ${namespace} would lose ${entry.name}`);
    }
  }
  return given;
}

/** The keys of the entries, out of the docker config or of the template that makes it. */
function entryKeys({ data, spec }: FormerObject): string[] {
  const config = data?.['.dockerconfigjson'];
  const text =
    config === undefined
      ? spec?.target?.template?.data?.['.dockerconfigjson']
      : Buffer.from(config, 'base64').toString();
  return [...(text ?? '').matchAll(/"([^"]+)":\{"auth":/g)].map(([, key]) => key ?? '');
}
