import type { Verification } from '../../app/verify.js';
import { gatherByFolder } from '../../model/problem/gathered.js';
import { terminalText } from '../../model/problem/shown.js';
import { type Verdict, verdicts } from '../../model/proof/verdict.js';
import { columns } from '../columns.js';
import { plural, problemsReport } from '../problems.js';
import type { CoverageRow, CredentialRow, ImageRow, ProofReport } from './proof-report.js';

/** What each verdict says in a line that counts. */
const counted: Readonly<Record<Verdict, string>> = {
  invalid: 'no image reference',
  blocked: 'blocked by a broken pull secret',
  denied: 'denied by the internal registry',
  missing: 'without a credential that they need',
  inert: 'with a pull secret that the kubelet passes over',
  ambiguous: 'with a credential by chance',
  assumed: 'with a credential that is made elsewhere',
  anonymous: 'pulled anonymously',
  covered: 'with a credential',
};

/** Verdicts that need no line of their own unless all of them are asked for. */
const fine: ReadonlySet<Verdict> = new Set<Verdict>(['covered', 'assumed', 'anonymous']);

/** The answer of `verify` for people: what is wrong first, then a line that counts everything. */
export function textReport(verification: Verification, report: ProofReport, all: boolean): string {
  const rows = report.images.filter(({ verdict }) => all || !fine.has(verdict));
  const findings = problemsReport(gatherByFolder(verification.problems));
  return `${terminalText(columns(rows.map(columnsOf)))}${findings}${report.coverage.map(coverageLine).join('')}`;
}

function columnsOf({ cluster, namespace, kind, name, container, image, verdict, credentials }: ImageRow): string[] {
  const pod = `${namespace === '' ? '' : `${namespace}/`}${kind}/${name}`;
  return [
    ...(cluster === '' ? [] : [cluster]),
    pod,
    container,
    image,
    verdict,
    credentials.map(credentialText).join(', '),
  ];
}

function credentialText({ secret, key, assumed }: CredentialRow): string {
  return `${secret}${key === '' ? '' : ` ${key}`}${assumed ? ' (assumed)' : ''}`;
}

function coverageLine({ cluster, files, renderings, objects, images }: CoverageRow): string {
  const total = Object.values(images).reduce((sum, count) => sum + count, 0);
  const parts = [...verdicts].reverse().flatMap((verdict) => {
    const count = images[verdict];
    return count === undefined ? [] : [`${count} ${counted[verdict]}`];
  });
  const read = [plural(files, 'file'), ...(renderings > 0 ? [plural(renderings, 'rendering')] : [])].join(' and ');
  const subject = cluster === '' ? '' : `${cluster}: `;
  const answers = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  return `${subject}${plural(total, 'image')} of ${plural(objects, 'object')} in ${read}${answers}.\n`;
}
