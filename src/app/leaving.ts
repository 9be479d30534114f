import { parseAllDocuments } from 'yaml';
import type { AccessPlan } from '../model/access-plan.js';
import { sortedUnique } from '../model/names.js';
import type { Problem } from '../model/problem.js';

/** A file of an earlier run that this run would replace or remove. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
}

/** What an earlier run gave. */
interface Given {
  /** `<cluster>/<namespace>/<pull secret>`. */
  readonly secrets: ReadonlyMap<string, string>;
  /** `<cluster>/<namespace>/<service account>/<pull secret>`. */
  readonly attachments: ReadonlyMap<string, string>;
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
    const { secrets, attachments } = givenBy(file.text);
    const now = clusters.get(cluster);
    for (const [key, text] of [...secrets, ...attachments]) if (!now?.has(key)) lost.push(`${cluster}: ${text}`);
  }
  return sortedUnique(lost).map((message) => ({
    code: 'access-leaves',
    message,
    hint: 'if nothing needs it any more: --now',
  }));
}

function stateOf(plan: AccessPlan): Set<string> {
  const state = new Set<string>();
  for (const { namespace, pullSecret } of plan.secrets) state.add(`secret ${namespace}/${pullSecret}`);
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
}

function givenBy(text: string): Given {
  const secrets = new Map<string, string>();
  const attachments = new Map<string, string>();
  const documents = parseAllDocuments(text, { version: '1.1' });
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length > 0) continue;
    const { kind, metadata, imagePullSecrets } = (document.toJS({ maxAliasCount: 0 }) ?? {}) as FormerObject;
    const { name = '', namespace = '' } = metadata ?? {};
    if (kind === 'Secret' || kind === 'ExternalSecret' || kind === 'SealedSecret') {
      secrets.set(`secret ${namespace}/${name}`, `pull secret ${name} would leave namespace ${namespace}`);
    }
    if (kind !== 'ServiceAccount') continue;
    for (const entry of imagePullSecrets ?? []) {
      const key = `list ${namespace}/${name}/${entry.name}`;
      attachments.set(key, `service account ${name} of namespace ${namespace} would lose ${entry.name}`);
    }
  }
  return { secrets, attachments };
}
