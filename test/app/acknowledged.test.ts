import { Acknowledged } from '../../src/app/acknowledged.js';
import { check } from '../../src/model/check/check.js';
import { At } from '../../src/model/problem/at.js';
import type { Problem } from '../../src/model/problem/problem.js';
import { prod } from '../support.js';

const web = { kind: 'Deployment', name: 'web', namespace: 'shop', image: 'reg.example.com/web' };
const problems: readonly Problem[] = [
  { ...At.of({ file: 'shop/web.yaml', line: 1, column: 1 }).find('pull-secret-absent', 'absent', null), about: web },
  { ...At.of({ file: 'shop/web.yaml', line: 2, column: 1 }).find('access-unknown', 'unknown', null), about: web },
  At.of({ file: 'shop/web.yaml', line: 3, column: 1 }).find('policy-gap', 'no rule of the proof', null),
];

function left(...acknowledge: ConstructorParameters<typeof Acknowledged>[1] & object): string[] {
  const acknowledged = new Acknowledged('/repository', acknowledge);
  return [...acknowledged.problems(problems), ...acknowledged.unused()].map(({ code }) => code);
}

test.each([
  [{ code: 'pull-secret-absent' }, ['access-unknown', 'policy-gap']],
  [{ code: 'pull-secret-absent', namespace: 'sh*' }, ['access-unknown', 'policy-gap']],
  [{ code: 'access-unknown', image: 'reg.example.com/web' }, ['pull-secret-absent', 'policy-gap']],
  [{ code: 'pull-secret-absent', path: 'shop' }, ['access-unknown', 'policy-gap']],
  [{ path: 'shop' }, ['pull-secret-absent', 'policy-gap']],
])('the entry %j takes findings of its code, and without one what was not seen', (entry, expected) => {
  expect(left({ ...entry, reason: 'known' })).toEqual(expected);
});

test.each([
  [{ code: 'pull-secret-absent', namespace: 'team' }],
  [{ code: 'access-unknown', image: 'reg.example.com/api' }],
  [{ code: 'policy-gap' }],
  [{ code: 'pull-blocked' }],
])('the entry %j takes nothing, which is a finding', (entry) => {
  expect(left({ ...entry, reason: 'known' })).toEqual([
    'pull-secret-absent',
    'access-unknown',
    'policy-gap',
    'acknowledgement-unused',
  ]);
});

test('an entry with a code takes no image or object out of what is read', () => {
  const unseen = { kind: 'Thing', name: 'web', namespace: 'shop' };
  const inventory = { unseen: [unseen], unread: [], workloads: [] };
  const read = (acknowledge: object) =>
    new Acknowledged('/repository', [{ ...acknowledge, reason: 'known' }]).inventory(
      inventory as never,
      prod({}).registryIndex,
    ).unseen;
  expect(read({ code: 'access-unknown', kind: 'Thing' })).toEqual([unseen]);
  expect(read({ kind: 'Thing' })).toEqual([]);
});

test('a code that is none is refused', () => {
  const spec = {
    version: 1 as const,
    clusters: { prod: {} },
    acknowledge: [{ code: 'pull-secret-abscent', reason: 'x' }],
  };
  expect(check(spec)).toMatchObject([
    {
      code: 'acknowledgement-invalid',
      at: { path: ['acknowledge', 0, 'code'] },
      message: 'pull-secret-abscent is no code',
    },
  ]);
});
