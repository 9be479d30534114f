import type { Severity } from '../../model/problem/problem-codes.js';
import { fingerprints } from './fingerprint.js';
import type { ProofReport } from './proof-report.js';
import type { ReportStyle } from './style.js';

const severities: Readonly<Record<Severity, 'critical' | 'major' | 'minor'>> = {
  error: 'critical',
  stop: 'critical',
  finding: 'major',
  warning: 'minor',
};

/** The findings as a Code Quality report of GitLab. It takes none without a file: what has none is of the whole folder. */
export function gitlabReport({ findings }: ProofReport, { inRepository }: ReportStyle): string {
  const prints = fingerprints(findings);
  const issues = findings.map(({ code, severity, message, hint, file = '.', line = 1, source }, index) => ({
    description: hint === undefined ? message : `${message}: ${hint}`,
    check_name: code,
    fingerprint: prints[index],
    severity: severities[severity],
    location: { path: inRepository(source ?? file), lines: { begin: source === undefined ? line : 1 } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
