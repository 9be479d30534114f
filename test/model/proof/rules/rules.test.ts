import { proofRules } from '../../../../src/model/proof/rules.js';
import { accountCases, hookCases, openshiftCases } from './cases/account-cases.js';
import { dockerConfigCases } from './cases/docker-config-cases.js';
import { imageCases, listCases } from './cases/image-cases.js';
import { makerCases, tokenCases } from './cases/maker-cases.js';
import { cloneCases, leastPrivilegeCases, policyCases } from './cases/policy-cases.js';
import { secretCases } from './cases/secret-cases.js';
import { found, type RuleCase } from './rule-case.js';

const cases: readonly RuleCase[] = [
  ...imageCases,
  ...listCases,
  ...accountCases,
  ...hookCases,
  ...openshiftCases,
  ...secretCases,
  ...makerCases,
  ...tokenCases,
  ...dockerConfigCases,
  ...policyCases,
  ...cloneCases,
  ...leastPrivilegeCases,
];

test.each(cases.map((each) => [each.code, each.title, each] as const))('%s: %s', (_code, _title, each) => {
  const findings = found(each, each.broken);
  expect(findings.map(({ at }) => at)).toEqual([each.at].flat());
  expect(findings[0]?.says).toContain(each.says ?? '');
});

test.each(
  cases.map((each) => [each.code, each.title, each] as const),
)('%s is silent where it is almost so: %s', (_code, _title, each) => {
  expect(found(each, each.fine)).toEqual([]);
});

test('each rule has a case, and each code one row', () => {
  const codes = proofRules.map(({ code }) => code);
  const withCase = new Set(cases.map(({ code }) => code));
  expect(codes.filter((code) => !withCase.has(code))).toEqual(['policy-not-understood']);
  expect(codes).toEqual([...new Set(codes)]);
});
