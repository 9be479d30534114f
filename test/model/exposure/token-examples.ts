import type { TokenForm } from '../../../src/model/problem/token-forms.js';

const letters = 'aB3dE5gH7jK9mN2pQ4sT6vW8yZ1cF0rX';
const long = letters.repeat(20);
const hex = '0123456789abcdef9876543210fedcba'.repeat(4);
const base32 = 'A2B3C4D5E6F7G2H3';
const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
const key = `\n${long.slice(0, 64)}\n${long.slice(0, 64)}\n-----END PRIVATE KEY-----`;

/** A whole token of each form, by its mark. No file holds one as it stands: others look for them, too. */
const rests: Readonly<Record<string, string>> = {
  eyJ: `${base64url('{"alg":"RS256","typ":"JWT"}').slice(3)}.${base64url('{"exp":1900000000}')}.${long.slice(0, 40)}`,
  eyJwYXlsb2FkIjoi: long.slice(0, 240),
  ghs_: long.slice(0, 36),
  ghu_: long.slice(0, 36),
  'gh[opr]_': long.slice(0, 36),
  github_pat_: `${long.slice(0, 22)}_${long.slice(0, 59)}`,
  'gl(?:pat|dt|rt|soat|cbt|ptt|ft|imt|agent|oas|ffct)-': long.slice(0, 20),
  'dckr_[a-z]{2,5}_': long.slice(0, 27),
  '\\+ACR': `D${long.slice(0, 5)}`,
  'Q~': long.slice(0, 32),
  'A(?:KIA|SIA|BIA|CCA)': base32,
  'ya29\\.': long.slice(0, 60),
  AIza: long.slice(0, 35),
  'sha256~': long.slice(0, 43),
  AKCp: long.slice(0, 69),
  cmVmdGtu: long.slice(0, 56),
  'do[opr]_v1_': hex.slice(0, 64),
  'hv[sbr]\\.': long.slice(0, 40),
  npm_: long.slice(0, 36),
  'pypi-': `AgE${long.slice(0, 80)}`,
  'xox[a-z]-': `1234567890-${long.slice(0, 24)}`,
  sk_live_: long.slice(0, 24),
  'AGE-SECRET-KEY-': `1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`,
  '-----BEGIN': ` PRIVATE KEY-----${key}`,
};

const begins: Readonly<Record<string, string>> = {
  'gh[opr]_': 'ghp_',
  'gl(?:pat|dt|rt|soat|cbt|ptt|ft|imt|agent|oas|ffct)-': 'glpat-',
  'dckr_[a-z]{2,5}_': 'dckr_pat_',
  '\\+ACR': `${long.slice(0, 42)}+ACR`,
  'Q~': 'aB38Q~',
  'A(?:KIA|SIA|BIA|CCA)': 'AKIA',
  'ya29\\.': 'ya29.',
  'do[opr]_v1_': 'dop_v1_',
  'hv[sbr]\\.': 'hvs.',
  'xox[a-z]-': 'xoxb-',
};

export function example({ mark }: TokenForm): string {
  const rest = rests[mark];
  if (rest === undefined) throw new Error(`no example of ${mark}`);
  return (begins[mark] ?? mark) + rest;
}
