import { inspect } from 'node:util';
import { planAccess } from '../../../src/model/plan/access-plan.js';
import { FormerObject, type FormerOutput, marksOf } from '../../../src/model/retire/former.js';
import { retireAccess } from '../../../src/model/retire/retirement.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const spec: Partial<ImagePullSpec> = {
  registries: { r: { host: 'r.example.com' } },
  pullSecrets: { 'r-pull': { registries: ['r'], source: { external: { store: 'vault', key: 'k' } } } },
};
const former: FormerOutput = {
  global: undefined,
  secrets: [
    {
      namespace: 'n',
      name: 'r-pull',
      kind: 'ExternalSecret',
      isSource: false,
      copiedBy: undefined,
      keys: ['r.example.com'],
      marks: [],
      object: new FormerObject({ metadata: { name: 'r-pull' }, data: { x: 'hunter2' } }),
    },
  ],
  accounts: [{ namespace: 'n', name: 'default', pullSecrets: ['r-pull'], marks: [] }],
  deliveries: [],
  grants: [],
  broken: [],
};

function leaving(yaml: string, retire: ImagePullSpec['retire'] = []) {
  const inventory = inventoryOf(yaml);
  return retireAccess(planAccess(inventory, prod(spec)), inventory, former, retire);
}

test('what is still given does not leave', () => {
  const { plan, stops, used } = leaving(deployment('n', 'x', ['r.example.com/x']), [{ namespace: 'n' }]);
  expect({ retired: plan.retired, stops, used: [...used] }).toEqual({ retired: [], stops: [], used: [] });
});

test('what leaves without an entry stops the run, a finding each', () => {
  const { plan, stops } = leaving('');
  expect(plan.accounts).toEqual([]);
  expect(stops.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'access-leaves prod: pull secret r-pull would leave namespace n',
    'access-leaves prod: service account default of namespace n would lose r-pull',
  ]);
});

test('what an entry matches is in the plan, with the first entry that matches; each that does is used', () => {
  const { plan, stops, used } = leaving('', [{ namespace: 'm' }, { pullSecret: 'r-pull' }, { namespace: 'n' }]);
  expect(stops).toEqual([]);
  expect(plan.retired).toMatchObject([{ namespace: 'n', name: 'r-pull', marks: ['true'], entry: 1 }]);
  expect(plan.accounts).toMatchObject([
    { namespace: 'n', name: 'default', pullSecrets: [], owner: 'write', retired: [{ pullSecret: 'r-pull', entry: 1 }] },
  ]);
  expect([...used]).toEqual([1, 2]);
});

test('what is marked goes without a word', () => {
  const marked: FormerOutput = {
    ...former,
    secrets: former.secrets.map((secret) => ({ ...secret, marks: ['true'] })),
    accounts: former.accounts.map((account) => ({ ...account, pullSecrets: [], marks: ['r-pull'] })),
  };
  const inventory = inventoryOf('');
  const { plan, stops } = retireAccess(planAccess(inventory, prod(spec)), inventory, marked, []);
  expect({ retired: plan.retired, accounts: plan.accounts, stops }).toEqual({ retired: [], accounts: [], stops: [] });
});

test('a plan that is printed shows nothing of a former object', () => {
  const { plan } = leaving('', [{ namespace: 'n' }]);
  expect(inspect(plan, { depth: 20, showHidden: true }) + JSON.stringify(plan)).not.toContain('hunter2');
});

test('a mark keeps keys in order and needs no annotations to be there', () => {
  const object = new FormerObject({ apiVersion: 'v1', metadata: { annotations: { z: '1', a: '2' }, name: 'x' } });
  expect(JSON.stringify(object.marked('true'))).toBe(
    '{"apiVersion":"v1","metadata":{"annotations":{"a":"2","cdk8s-image-pull/retired":"true","z":"1"},"name":"x"}}',
  );
  expect(new FormerObject({}).marked('a,b')).toEqual({
    metadata: { annotations: { 'cdk8s-image-pull/retired': 'a,b' } },
  });
});

test.each([
  [undefined, []],
  [null, []],
  ['text', []],
  [{ 'cdk8s-image-pull/retired': true }, []],
  [{ 'cdk8s-image-pull/retired': 'a,,b' }, ['a', 'b']],
])('the marks of annotations %j are %j', (annotations, marks) => {
  expect(marksOf(annotations)).toEqual(marks);
});
