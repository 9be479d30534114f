import type { AccessPlan } from '../../model/access-plan.js';
import type { AccountPlan } from '../../model/account-plan.js';
import { workloadText } from '../../model/finding-collector.js';
import { compareText } from '../../model/names.js';
import type { Need } from '../../model/needs.js';
import { type Place, placeText } from '../../model/problem.js';
import type { TemplatePlan } from '../../model/template-plan.js';
import type { Workload } from '../../model/workload.js';
import { columns } from './columns.js';
import { plural, visible } from './problems.js';

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

/** Who gets what, as a table. */
export function accessReport(plans: readonly AccessPlan[], fileOf: FileOf, why: boolean): string {
  const rows = plans.flatMap((plan) => rowsOf(plan, fileOf));
  const shown = why ? rows : rows.slice(0, maxRows);
  const lines = columns(shown.map((row) => [row.cluster, row.namespace, row.who, row.what, row.where])).split('\n');
  const text = shown.map((row, index) => [lines[index] ?? '', ...(why ? row.why : [])].join('\n')).join('\n');
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
      return `${cluster.name}: ${plural(counts.images, 'image')}${text.length > 0 ? `: ${text.join(', ')}` : ''}.\n`;
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

function rowsOf(plan: AccessPlan, fileOf: FileOf): Row[] {
  const cluster = plan.cluster.name;
  const rows = [
    ...plan.accounts.map((account) => accountRow(cluster, account, fileOf)),
    ...plan.templates.map((template) => templateRow(cluster, template)),
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
      where: fileOf(cluster, secret.namespace),
      why: [],
    });
  }
  for (const namespace of plan.namespaces) {
    if (!served.has(namespace)) rows.push({ cluster, namespace, who: 'nothing private', what: '', where: '', why: [] });
  }
  return rows.sort((a, b) => compareText(a.namespace, b.namespace));
}

function accountRow(cluster: string, account: AccountPlan, fileOf: FileOf): Row {
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
    what: account.pullSecrets.join(', '),
    where,
    why: reasons(account.needs),
  };
}

function templateRow(cluster: string, { workload, pullSecrets, missing, needs }: TemplatePlan): Row {
  return {
    cluster,
    namespace: workload.namespace ?? '',
    who: `${workload.kind}/${workload.name}`,
    what: pullSecrets.join(', '),
    where: editText(
      workload.pullSecrets.place ?? workload.podSpecPlace ?? workload.place,
      missing,
      'has a list of its own',
    ),
    why: reasons(needs),
  };
}

function editText(place: Place | undefined, missing: readonly string[], owner: string): string {
  const at = place ? `${place.file}:${place.line}` : 'its manifest';
  return missing.length === 0 ? `${at} has it` : `add ${missing.join(', ')} to ${at}, which ${owner}`;
}

function reasons(needs: readonly Need[]): string[] {
  return needs.map(({ why, pullSecret, registries }) => {
    const opens = `${pullSecret.name} opens ${registries.map((registry) => registry.repository).join(', ')}`;
    return 'byHand' in why
      ? `    said by hand at ${why.byHand.join('.')}`
      : `${reason(why.workload, why.image.image, why.image.place)}; ${opens}`;
  });
}

function reason(workload: Workload, image: string, place: Place | undefined): string {
  return `    ${workloadText(workload)} pulls ${image}${place ? ` (${placeText(place)})` : ''}`;
}
