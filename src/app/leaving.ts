import { type Document, parseAllDocuments } from 'yaml';
import type { AccessPlan } from '../model/access/access-plan.js';
import type { Problem } from '../model/problem/problem.js';
import { sortedUnique } from '../model/spec/names.js';

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
    for (const [key, text] of givenBy(file)) if (!now?.has(key)) lost.push(`${cluster}: ${text}`);
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
  for (const { namespace, pullSecret, registries, clonedBy } of plan.secrets) {
    // A clone never replaces what was there: the object of the namespace goes, and with it the Secret.
    if (clonedBy !== undefined) continue;
    const model = plan.cluster.pullSecrets.get(pullSecret);
    // What another manifest declares is there; what is only referenced may never have been.
    if (!model || model.source === 'existing') continue;
    state.add(`secret ${namespace}/${pullSecret}`);
    for (const { name, key } of model.registries)
      if (registries.includes(name)) state.add(`entry ${namespace}/${pullSecret}/${key}`);
  }
  for (const name of plan.writtenPolicies) state.add(`policy ${name}`);
  for (const account of plan.accounts) {
    if (account.owner === 'undeclared') continue;
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
  readonly imagePullSecrets?: readonly ({ readonly name?: unknown } | null)[];
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly target?: { readonly template?: { readonly data?: Readonly<Record<string, string>> } } };
}

/** What a file of an earlier run gives: a key for each thing, with the sentence that says that it would go. */
function givenBy({ path, text }: FormerFile): Map<string, string> {
  const given = new Map<string, string>();
  const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const object = objectOf(document);
    if (object) collect(object, given);
    else given.set(`file ${path}`, `what ${path} gives cannot be read, so it may leave`);
  }
  return given;
}

/** The object of a document that this tool wrote; undefined if somebody broke it since. */
function objectOf(document: Document.Parsed): FormerObject | undefined {
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as FormerObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Kinds of policies that clone or attach a pull secret. */
const policyKinds = ['GeneratingPolicy', 'MutatingPolicy', 'ClusterPolicy', 'MutatingAdmissionPolicy'];

function collect(object: FormerObject, given: Map<string, string>): void {
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
  if (policyKinds.includes(object.kind ?? '')) given.set(`policy ${name}`, `policy ${name} would leave`);
  if (object.kind !== 'ServiceAccount' || !Array.isArray(object.imagePullSecrets)) return;
  for (const entry of object.imagePullSecrets) {
    if (typeof entry?.name !== 'string') continue;
    const text = `service account ${name} of namespace ${namespace} would lose ${entry.name}`;
    given.set(`list ${namespace}/${name}/${entry.name}`, text);
  }
}

/** The keys of the entries, out of the docker config or of the template that makes it. */
function entryKeys({ data, spec }: FormerObject): string[] {
  const config = data?.['.dockerconfigjson'];
  const text =
    config === undefined
      ? spec?.target?.template?.data?.['.dockerconfigjson']
      : Buffer.from(config, 'base64').toString();
  return [...String(text ?? '').matchAll(/"([^"]+)":\{"auth":/g)].map(([, key]) => key ?? '');
}
