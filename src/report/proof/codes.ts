import { verifiedCodes } from '../../app/verified-codes.js';
import { problemCodes } from '../../model/problem/problem-codes.js';

/** The list of what `verify` can find: each code with its severity, how it comes about, and what mends it. */
export function codeList(): string {
  return verifiedCodes
    .map(({ code }) => {
      const { severity, cause, mend } = problemCodes[code];
      return `${code} (${severity})\n  ${cause}\n  mend: ${mend}\n`;
    })
    .join('');
}
