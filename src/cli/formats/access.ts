import type { AccessPlan } from '../../model/access/access-plan.js';
import type { AccountPlan } from '../../model/access/account-plan.js';
import { workloadText } from '../../model/access/finding-collector.js';
import type { ImageAnswer, Need } from '../../model/access/need.js';
import type { PolicyPlan } from '../../model/access/policy-plan.js';
import { hasOwnList, type TemplatePlan } from '../../model/access/template-plan.js';
import type { Workload } from '../../model/pods/workload.js';
import { type ModelPath, type Place, placeText } from '../../model/problem/problem.js';
import { oneLine, visible } from '../../model/problem/terminal-text.js';
import { compareText } from '../../model/spec/names.js';
import { columns } from './columns.js';
import { plural } from './problems.js';

/** One line of the answer: who gets what, and where it is written. */
interface Row {
  readonly cluster: string;
  readonly namespace: string;
  readonly who: string;
  readonly what: string;
  readonly where: string;
  readonly why: readonly string[];
}

/** How many rows are shown without `--why`. */
const maxRows = 200;

/** Where the file of a namespace lies, for the last column. */
export type FileOf = (cluster: string, namespace: string) => string;

/** Where a path of the spec stands in the config file. */
export type PlaceOf = (path: ModelPath) => Place | undefined;

/** How {@link accessReport} looks things up, and whether it explains. */
export interface AccessReportOptions {
  readonly fileOf: FileOf;
  readonly placeOf: PlaceOf;
  readonly why: boolean;
}

/** Who gets what, as a table. */
export function accessReport(plans: readonly AccessPlan[], options: AccessReportOptions): string {
  const { why } = options;
  const rows = plans.flatMap((plan) => rowsOf(plan, options));
  const shown = why ? rows : rows.slice(0, maxRows);
  const lines = columns(
    shown.map((row) => [row.cluster, row.namespace, row.who, row.what, row.where].map(oneLine)),
  ).split('\n');
  const text = shown
    .map((row, index) => [lines[index] ?? '', ...(why ? row.why.map(oneLine) : [])].join('\n'))
    .join('\n');
  const rest = rows.length > shown.length ? `\n… and ${rows.length - shown.length} more; --why lists them all` : '';
  return rows.length === 0 ? '' : `${visible(`${text}${rest}`)}\n`;
}

/** One line per cluster: what became of every image. */
export function imageReport(plans: readonly AccessPlan[]): string {
  return plans
    .map(({ cluster, counts }) => {
      const parts = [
        [counts.needed, 'with a pull secret'],
        [counts.internal, 'internal to OpenShift'],
        [counts.public, 'public'],
        [counts.anonymous, 'anonymous'],
        [counts.excluded, 'excluded'],
        [counts.findings, 'in findings'],
      ] as const;
      const text = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
      return `${cluster.name}: ${plural(counts.images, 'image reference')}${text.length > 0 ? `: ${text.join(', ')}` : ''}.\n`;
    })
    .join('');
}

/** How many lists belong into manifests of the user and lack something. */
export function pendingEdits(plans: readonly AccessPlan[]): number {
  return plans.reduce(
    (sum, plan) =>
      sum +
      plan.accounts.filter((account) => account.missing.length > 0).length +
      plan.templates.filter((template) => template.missing.length > 0).length,
    0,
  );
}

function rowsOf(plan: AccessPlan, { fileOf, placeOf, why }: AccessReportOptions): Row[] {
  const cluster = plan.cluster.name;
  const rows = [
    ...plan.accounts.map((account) => accountRow(cluster, account, fileOf, placeOf)),
    ...plan.templates.map((template) => templateRow(cluster, template, placeOf)),
    ...plan.policies.map((policy) => policyRow(cluster, policy, placeOf)),
    ...plan.grants.map((grant) => ({
      cluster,
      namespace: grant.to,
      who: grant.serviceAccount ?? 'every account',
      what: `pulls from ${grant.from}`,
      where: fileOf(cluster, grant.from),
      why: grant.why ? [reason(grant.why.workload, grant.why.image.image, grant.why.image.place)] : [],
    })),
  ];
  const served = new Set(rows.map((row) => row.namespace));
  const lonely = plan.secrets.filter((secret) => !served.has(secret.namespace));
  for (const secret of lonely) {
    served.add(secret.namespace);
    rows.push({
      cluster,
      namespace: secret.namespace,
      who: '',
      what: secret.pullSecret,
      where: secret.clonedBy === undefined ? fileOf(cluster, secret.namespace) : `cloned by ${secret.clonedBy}`,
      why: [],
    });
  }
  const answers = answersByNamespace(plan);
  for (const namespace of plan.namespaces) {
    if (served.has(namespace)) continue;
    rows.push({ cluster, namespace, who: unservedText(answers.get(namespace)), what: '', where: '', why: [] });
  }
  rows.sort((a, b) => compareText(a.namespace, b.namespace));
  return why ? withOthers(rows, plan) : rows;
}

function accountRow(cluster: string, account: AccountPlan, fileOf: FileOf, placeOf: PlaceOf): Row {
  const where = {
    write: () => fileOf(cluster, account.namespace),
    declared: () =>
      editText(account.declared?.pullSecretsPlace ?? account.declared?.place, account.missing, 'declares it'),
    undeclared: () => 'nobody declares it: see findings',
  }[account.owner]();
  return {
    cluster,
    namespace: account.namespace,
    who: account.name,
    what:
      account.keep.length > 0
        ? `${account.pullSecrets.join(', ')} (keeps ${account.keep.join(', ')})`
        : account.pullSecrets.join(', '),
    where,
    why: reasons(account.needs, placeOf),
  };
}

function templateRow(cluster: string, { workload, pullSecrets, missing, needs }: TemplatePlan, placeOf: PlaceOf): Row {
  return {
    cluster,
    namespace: workload.namespace ?? '',
    who: `${workload.kind}/${workload.name}`,
    what: pullSecrets.join(', '),
    where: editText(
      workload.pullSecrets.place ?? workload.podSpecPlace ?? workload.place,
      missing,
      hasOwnList(workload) ? 'has a list of its own' : 'is where the list belongs',
    ),
    why: reasons(needs, placeOf),
  };
}

function policyRow(cluster: string, plan: PolicyPlan, placeOf: PlaceOf): Row {
  return {
    cluster,
    namespace: plan.namespace,
    who: plan.serviceAccount ?? 'pods',
    what: plan.pullSecret,
    where: `by policy ${plan.policy}`,
    why: reasons(plan.needs, placeOf),
  };
}

function editText(place: Place | undefined, missing: readonly string[], owner: string): string {
  const at = place ? `${place.file}:${place.line}` : 'its manifest';
  return missing.length === 0 ? `${at} has it` : `add ${missing.join(', ')} to ${at}, which ${owner}`;
}

function reasons(needs: readonly Need[], placeOf: PlaceOf): string[] {
  return needs.map(({ why, pullSecret, registries }) => {
    const opens = `${pullSecret.name} opens ${registries.map((registry) => registry.repository).join(', ')}`;
    return 'byHand' in why
      ? `    said by hand at ${byHandText(why.byHand, placeOf)}`
      : `${reason(why.workload, why.image.image, why.image.place)}; ${opens}`;
  });
}

function reason(workload: Workload, image: string, place: Place | undefined): string {
  return `    ${workloadText(workload)} pulls ${image}${place ? ` (${placeText(place)})` : ''}`;
}

function byHandText(path: ModelPath, placeOf: PlaceOf): string {
  const place = placeOf(path);
  return place ? placeText(place) : path.join('.');
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
  excluded: 'and is excluded',
  findings: 'see findings',
};

/** The rows, the last one of each namespace with what its other images get. */
function withOthers(rows: readonly Row[], { others }: AccessPlan): Row[] {
  const lines = new Map<string, string[]>();
  for (const { namespace, workload, image, answer } of others) {
    const line = `${reason(workload, image.image, image.place)}: ${otherTexts[answer]}`;
    lines.set(namespace, [...(lines.get(namespace) ?? []), line]);
  }
  return rows.map((row, index) => {
    const isLast = rows[index + 1]?.namespace !== row.namespace;
    return isLast ? { ...row, why: [...row.why, ...(lines.get(row.namespace) ?? [])] } : row;
  });
}
