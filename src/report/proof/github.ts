import type { FindingRow } from './finding-row.js';
import type { ProofReport } from './proof-report.js';
import type { ReportStyle } from './style.js';

/** The findings as workflow commands of GitHub Actions, which show them at the lines of a pull request. */
export function githubAnnotations({ findings }: ProofReport, { inRepository }: ReportStyle): string {
  return findings.map((finding) => annotation(finding, inRepository)).join('');
}

function annotation(finding: FindingRow, inRepository: ReportStyle['inRepository']): string {
  const { code, severity, message, hint, file, line, column, source } = finding;
  const path = source ?? file;
  const isFile = path !== undefined && !path.startsWith('<');
  const place = isFile && source === undefined ? { line: String(line), col: String(column) } : {};
  const properties = { ...(isFile && { file: inRepository(path) }), ...place, title: code };
  const command = severity === 'warning' ? 'warning' : 'error';
  const shown = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(value)}`);
  return `::${command} ${shown.join(',')}::${dataText(hint === undefined ? message : `${message}\n${hint}`)}\n`;
}

/** The message of a command, by the escapes of actions/toolkit, packages/core/src/command.ts. */
function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property, in which colon and comma count, too. */
function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
