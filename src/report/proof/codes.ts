import { problemCodes } from '../../model/problem/problem-codes.js';
import { proofRules } from '../../model/proof/rules.js';

/** The list of what the proof can find: each code with its severity, how it comes about, and what mends it. */
export function codeList(): string {
  const codes = [...new Set(proofRules.map(({ code }) => code))];
  return codes
    .map((code) => {
      const { severity, cause, mend } = problemCodes[code];
      return `${code} (${severity})\n  ${cause}\n  mend: ${mend}\n`;
    })
    .join('');
}
