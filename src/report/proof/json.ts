import type { ProofReport } from './proof-report.js';

/** The answer of `verify` as JSON, as docs/verify.md describes it. */
export function jsonText(report: ProofReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
