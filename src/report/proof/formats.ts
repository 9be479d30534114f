import { githubAnnotations } from './github.js';
import { gitlabReport } from './gitlab.js';
import { jsonText } from './json.js';
import { junitReport } from './junit.js';
import type { ProofReport } from './proof-report.js';
import { sarifLog } from './sarif.js';
import type { ReportStyle } from './style.js';
import { textReport } from './text.js';

/** The formats of a proof, by the names that `--format` takes. */
export const formats = {
  text: textReport,
  json: jsonText,
  sarif: sarifLog,
  github: githubAnnotations,
  gitlab: gitlabReport,
  junit: junitReport,
} satisfies Readonly<Record<string, (report: ProofReport, style: ReportStyle) => string>>;

/** The name of a format. */
export type FormatName = keyof typeof formats;
