import { terminalText } from '../../model/problem/shown.js';
import { type Verdict, verdicts } from '../../model/proof/verdict.js';
import { columns } from '../columns.js';
import { acknowledgedReport, gapCount } from '../coverage.js';
import { plural } from '../problems.js';
import { findingGroups } from './finding-groups.js';
import type { CredentialRow, ImageRow } from './image-row.js';
import { type Paint, painter } from './paint.js';
import type { ChangeRow, CoverageRow, ProofReport } from './proof-report.js';
import type { ReportStyle } from './style.js';

/** How the count of a verdict is painted. */
const tones: Readonly<Record<Verdict, Parameters<Paint>[0]>> = {
  invalid: 'bad',
  blocked: 'bad',
  denied: 'bad',
  missing: 'bad',
  inert: 'bad',
  ambiguous: 'bad',
  assumed: 'doubtful',
  anonymous: 'doubtful',
  covered: 'good',
};

/** The answer of `verify` for people: what is wrong first, then every image where all are asked for, then what was read. */
export function textReport(report: ProofReport, { all, isColoured }: ReportStyle): string {
  const { findings, suppressed, acknowledged, coverage } = report;
  const paint = painter(isColoured);
  return [
    findingGroups(findings, all, paint),
    all ? terminalText(columns(report.images.map(columnsOf))) : '',
    suppressedLines(suppressed, all),
    acknowledgedReport(acknowledged, all, '--all'),
    ...coverage.map((row) => coverageLines(row, all, paint)),
  ].join('');
}

/** One line: how many findings annotations suppress; with `all` which, and why. */
function suppressedLines(suppressed: ProofReport['suppressed'], all: boolean): string {
  const annotated = suppressed.filter(({ by }) => by === 'annotation');
  if (annotated.length === 0) return '';
  const lines = annotated.map(({ code, message, reason }) => `  ${code}: ${message} (${reason})\n`);
  return `${plural(annotated.length, 'finding')} suppressed by annotations${all ? '' : '; --all shows them'}.\n${all ? terminalText(lines.join('')) : ''}`;
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

/** One line: the verdicts, the gravest first, and what was read for them; with `all` what was left out. */
function coverageLines(
  { cluster, files, renderings, objects, leftOut, images, change }: CoverageRow,
  all: boolean,
  paint: Paint,
) {
  const total = Object.values(images).reduce((sum, count) => sum + count, 0);
  const counts = verdicts.flatMap((verdict) => {
    const count = images[verdict];
    return count === undefined ? [] : [paint(tones[verdict], `${count} ${verdict}`)];
  });
  const read = [plural(files, 'file'), ...(renderings > 0 ? [plural(renderings, 'rendering')] : [])].join(' and ');
  const gaps = gapCount(leftOut);
  const subject = cluster === '' ? '' : `${terminalText(cluster)}: `;
  const answers = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  const head = `${subject}${plural(total, 'image')}${answers}; read ${plural(objects, 'object')} in ${read}${gaps > 0 ? `, left out ${gaps}` : ''}.\n`;
  const details = all
    ? leftOut.map(({ why, what, count }) => `  left out ${why}: ${terminalText(what)} (${count})\n`)
    : [];
  return `${head}${change ? changeLine(subject, change) : ''}${details.join('')}`;
}

/** One line: what was judged for a change, and what was not. */
function changeLine(subject: string, { files, namespaces, passedOver, everything }: ChangeRow): string {
  const changed = plural(files, 'changed file');
  if (everything !== undefined) return `${subject}judged everything for ${changed}: ${terminalText(everything)}.\n`;
  const where = namespaces.length === 0 ? 'no namespace' : plural(namespaces.length, 'namespace');
  return `${subject}judged what ${changed} can affect: ${where}; passed over ${plural(passedOver, 'file')}.\n`;
}
