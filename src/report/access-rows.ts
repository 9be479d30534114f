import { compareText, sortedUnique } from '../model/names/names.js';
import type { ImageAnswer, Need } from '../model/needs/need.js';
import type { AccessPlan } from '../model/plan/access-plan.js';
import type { AccountPlan } from '../model/plan/account-plan.js';
import { accountList, type DeclaredList, templateList } from '../model/plan/declared-list.js';
import type { PolicyPlan } from '../model/plan/policy-plan.js';
import type { SecretPlan } from '../model/plan/secret-plan.js';
import type { TemplatePlan } from '../model/plan/template-plan.js';
import { keptSecrets, type Retired, type RetiredName, retiredNames } from '../model/retire/retired.js';
import { nodeRows } from './node-rows.js';
import { byHandText, type PlaceOf, reason, reasons } from './reasons.js';
import { keptRows, listText } from './retired.js';
import type { AccessReportOptions, FileOf, Row } from './row.js';

/** The rows of a cluster, by namespace. */
export function rowsOf(plan: AccessPlan, retired: Retired, options: AccessReportOptions): Row[] {
  const { fileOf, placeOf, why } = options;
  const cluster = plan.cluster.name;
  const lostNames = retiredNames(retired);
  const rows = [
    ...plan.accounts.map((account) => {
      const lost = lostNames(account.namespace, account.name);
      return accountRow(cluster, account, lost, fileOf, placeOf);
    }),
    ...plan.templates.flatMap((template) => templateRows(cluster, template, placeOf)),
    ...plan.policies.map((policy) => policyRow(cluster, policy, placeOf)),
    ...plan.grants.map((grant) => ({
      cluster,
      namespace: grant.to,
      who: grant.serviceAccount ?? 'every account',
      what: `pulls from ${grant.from}`,
      where: fileOf(cluster, grant.from),
      why: grant.why ? [reason(grant.why)] : [],
    })),
  ];
  rows.push(...nodeRows(plan, options), ...unlistedRows(plan, fileOf, placeOf));
  const served = new Set(rows.map((row) => row.namespace));
  rows.push(...unservedSecrets(plan, served, fileOf));
  rows.push(...keptRows(cluster, retired, options));
  for (const { namespace } of [...plan.secrets, ...keptSecrets(retired)]) served.add(namespace);
  const answers = answersByNamespace(plan);
  for (const namespace of plan.namespaces) {
    if (served.has(namespace)) continue;
    rows.push({ cluster, namespace, who: unservedText(answers.get(namespace)), what: '', where: '', why: [] });
  }
  rows.sort((a, b) => compareText(a.namespace, b.namespace));
  return why ? withOthers(rows, plan) : rows;
}

/** Secrets that no list names: those of auth hosts and imports, which only have to be in the namespace. */
function unlistedRows(plan: AccessPlan, fileOf: FileOf, placeOf: PlaceOf): Row[] {
  const listed = new Set<string>();
  const others = new Map<string, Need[]>();
  for (const need of plan.needs) {
    const key = `${need.namespace}/${need.pullSecret.name}`;
    const known = others.get(key);
    if (need.listed) listed.add(key);
    else if (known) known.push(need);
    else others.set(key, [need]);
  }
  return plan.secrets.flatMap((secret) => {
    const key = `${secret.namespace}/${secret.pullSecret}`;
    const needs = others.get(key);
    if (!needs || listed.has(key)) return [];
    return [secretRow(plan.cluster.name, 'on no list', secret, fileOf, reasons(needs, placeOf))];
  });
}

/** Secrets of namespaces that have no other row: the sources of clones, and clones that no policy attaches. */
function unservedSecrets({ cluster, secrets }: AccessPlan, served: ReadonlySet<string>, fileOf: FileOf): Row[] {
  return secrets
    .filter(({ namespace }) => !served.has(namespace))
    .map((secret) => secretRow(cluster.name, '', secret, fileOf, []));
}

function secretRow(cluster: string, who: string, secret: SecretPlan, fileOf: FileOf, why: string[]): Row {
  const { namespace, pullSecret, write, copiedBy } = secret;
  const where = copiedBy === undefined ? (write ? fileOf(cluster, namespace) : '') : `copied by ${copiedBy}`;
  return { cluster, namespace, who, what: pullSecret, where, why };
}

function accountRow(
  cluster: string,
  account: AccountPlan,
  lost: readonly RetiredName[],
  fileOf: FileOf,
  placeOf: PlaceOf,
): Row {
  const list = accountList(account);
  const where = list
    ? editText(list, 'declares it')
    : account.owner === 'write'
      ? fileOf(cluster, account.namespace)
      : 'nobody declares it: see findings';
  return {
    cluster,
    namespace: account.namespace,
    who: account.name,
    what: listText(account, lost),
    where,
    why: [
      ...reasons(account.needs, placeOf),
      ...lost.map(
        ({ pullSecret, entry }) =>
          `    ${pullSecret} is off the list: retired at ${byHandText(['retire', entry], placeOf)}`,
      ),
    ],
  };
}

function policyRow(cluster: string, plan: PolicyPlan, placeOf: PlaceOf): Row {
  return {
    cluster,
    namespace: plan.namespace,
    who: plan.serviceAccount ?? 'pods',
    what: plan.pullSecret,
    where: `by ${plan.by}`,
    why: reasons(plan.needs, placeOf),
  };
}

/** A row for each namespace that the manifest is applied to. */
function templateRows(cluster: string, plan: TemplatePlan, placeOf: PlaceOf): Row[] {
  const { kind, name } = plan.list.workload;
  const namespaces = sortedUnique(plan.list.workloads.map(({ namespace = '' }) => namespace));
  return namespaces.map((namespace) => {
    const needs = plan.needs.filter((need) => need.namespace === namespace);
    return {
      cluster,
      namespace,
      who: `${kind}/${name}`,
      what: plan.pullSecrets.filter((each) => needs.some(({ pullSecret }) => pullSecret.name === each)).join(', '),
      where: editText(templateList(plan), plan.list.isForeign ? 'has a list of its own' : 'is where the list belongs'),
      why: reasons(needs, placeOf),
    };
  });
}

/** Where a list of a manifest is, and whether `attach` has to do with it. */
function editText(list: DeclaredList, is: string): string {
  const at = list.place ? `${list.place.file}:${list.place.line}` : 'its manifest';
  if (list.missing.length > 0) return `attach: ${at} ${is}`;
  return list.surplus.length > 0 ? `attach: ${at} still lists ${list.surplus.join(', ')}` : `${at} has it`;
}

function answersByNamespace({ others }: AccessPlan): Map<string, Set<ImageAnswer>> {
  const answers = new Map<string, Set<ImageAnswer>>();
  for (const { namespace, answer } of others) {
    const known = answers.get(namespace);
    if (known) known.add(answer);
    else answers.set(namespace, new Set([answer]));
  }
  return answers;
}

/** Why a namespace gets nothing. */
function unservedText(answers: ReadonlySet<ImageAnswer> | undefined): string {
  if (answers?.has('findings')) return 'nothing yet: see findings';
  return answers?.has('excluded') ? 'nothing: excluded' : 'nothing private';
}

const otherTexts: Readonly<Record<ImageAnswer, string>> = {
  needed: '',
  internal: "from OpenShift's internal registry",
  public: 'from a public registry',
  anonymous: 'anonymously: the registry is optional and no pull secret opens it',
  mirrored: 'from mirrors alone: its own registry is never asked',
  nodes: 'with what the nodes have of their own',
  excluded: 'and is excluded',
  findings: 'see findings',
};

/** The rows, the last one of each namespace with what its other images get. */
function withOthers(rows: readonly Row[], { others }: AccessPlan): Row[] {
  const lines = new Map<string, string[]>();
  for (const { namespace, workload, image, answer } of others) {
    const line = `${reason({ workload, image })}: ${otherTexts[answer]}`;
    lines.set(namespace, [...(lines.get(namespace) ?? []), line]);
  }
  return rows.map((row, index) => {
    const isLast = rows[index + 1]?.namespace !== row.namespace;
    return isLast ? { ...row, why: [...row.why, ...(lines.get(row.namespace) ?? [])] } : row;
  });
}
