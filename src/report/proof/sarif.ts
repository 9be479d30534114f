import { sortedUnique } from '../../model/names/names.js';
import { problemCodes, type Severity } from '../../model/problem/problem-codes.js';
import type { FindingRow, SuppressedRow } from './finding-row.js';
import { fingerprints } from './fingerprint.js';
import type { ProofReport } from './proof-report.js';
import type { ReportStyle } from './style.js';

/** The base of all paths: the folder of the repository. Whoever reads the log knows where that is. */
const uriBaseId = '%SRCROOT%';

const levels: Readonly<Record<Severity, 'error' | 'warning'>> = {
  error: 'error',
  stop: 'error',
  finding: 'error',
  warning: 'warning',
};

/** The findings as a SARIF 2.1.0 log, accepted ones as suppressed, with the codes that occur as its rules. */
export function sarifLog({ findings, suppressed }: ProofReport, { version, inRepository }: ReportStyle): string {
  const all: readonly (FindingRow | SuppressedRow)[] = [...findings, ...suppressed];
  const codes = sortedUnique(all.map(({ code }) => code));
  const prints = fingerprints(all);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdk8s-image-pull', semanticVersion: version, rules: codes.map(ruleOf) } },
        originalUriBaseIds: { [uriBaseId]: { description: { text: 'The folder of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: all.map((finding, index) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: levels[finding.severity],
          message: { text: messageOf(finding) },
          locations: locationsOf(finding, inRepository),
          partialFingerprints: { 'imagePull/v1': prints[index] },
          suppressions: suppressionsOf(finding),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** SARIF 2.1.0, 3.27.23: all results of a run have them, or none. */
function suppressionsOf(finding: FindingRow | SuppressedRow) {
  if (!('by' in finding)) return [];
  return [{ kind: finding.by === 'annotation' ? 'inSource' : 'external', justification: finding.reason }];
}

function ruleOf(code: string): object {
  const { severity, cause, mend } = problemCodes[code as FindingRow['code']];
  return {
    id: code,
    name: code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: code.replaceAll('-', ' ') },
    fullDescription: { text: cause },
    help: { text: mend },
    defaultConfiguration: { level: levels[severity] },
  };
}

function messageOf({ message, hint }: FindingRow): string {
  return hint === undefined ? `${message}.` : `${message}. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`;
}

/** Place of a finding; what stands in a rendered text stands at no line of a file. */
function locationsOf({ file, line, column, source, about }: FindingRow, inRepository: ReportStyle['inRepository']) {
  const path = source ?? file;
  const physical =
    path === undefined || path.startsWith('<')
      ? undefined
      : {
          artifactLocation: { uri: uriOf(inRepository(path)), uriBaseId },
          ...(source === undefined && { region: { startLine: line, startColumn: column } }),
        };
  const logical = about && [
    { fullyQualifiedName: [about.namespace, about.kind, about.name].filter(Boolean).join('/'), kind: 'resource' },
  ];
  if (!physical && !logical) return [];
  return [{ ...(physical && { physicalLocation: physical }), ...(logical && { logicalLocations: logical }) }];
}

/** A path as a URI; what is no text of Unicode in it is replaced. */
function uriOf(path: string): string {
  return Buffer.from(path).toString().split('/').map(encodeURIComponent).join('/');
}
