import { inspect } from 'node:util';
import { planAccess } from '../../../src/model/plan/access-plan.js';
import { FormerObject, type FormerOutput, marksOf } from '../../../src/model/retire/former.js';
import { broken, readObject } from '../../../src/model/retire/read-object.js';
import { nothingRetired } from '../../../src/model/retire/retired.js';
import { retireAccess } from '../../../src/model/retire/retirement.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { objectsOf } from '../../../src/objects/objects-of.js';
import { jsonOf } from '../../../src/objects/written-object.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const spec: Partial<ImagePullSpec> = {
  registries: { r: { host: 'r.example.com' } },
  pullSecrets: { 'r-pull': { registries: ['r'], source: { external: { store: 'vault', key: 'k' } } } },
};
const object = new FormerObject({ metadata: { name: 'r-pull' }, data: { x: 'hunter2' } });
const given = { namespace: 'n', isSource: false, marks: [], others: [], object };
const former: FormerOutput = {
  objects: [
    {
      ...given,
      kind: 'ExternalSecret',
      name: 'r-pull',
      gifts: [
        { gives: 'secret', namespace: 'n', pullSecret: 'r-pull' },
        { gives: 'entry', namespace: 'n', pullSecret: 'r-pull', key: 'r.example.com' },
      ],
    },
    {
      ...given,
      kind: 'ServiceAccount',
      name: 'default',
      gifts: [{ gives: 'listing', namespace: 'n', account: 'default', pullSecret: 'r-pull' }],
    },
  ],
  broken: [],
};

function leaving(yaml: string, retire: ImagePullSpec['retire'] = []) {
  const inventory = inventoryOf(yaml);
  const plan = planAccess(inventory, prod(spec));
  const read = objectsOf(plan).map((each) => readObject(jsonOf(each), each.at.stage));
  const now = read.filter((each) => each !== undefined && each !== broken);
  return retireAccess({ plan, inventory, former, given: now, retire: retire ?? [] });
}

test('what is still given does not leave', () => {
  const { retired, stops, used } = leaving(deployment('n', 'x', ['r.example.com/x']), [{ namespace: 'n' }]);
  expect({ retired, stops, used: [...used] }).toEqual({ retired: nothingRetired, stops: [], used: [] });
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
  const { plan, retired, stops, used } = leaving('', [
    { namespace: 'm' },
    { pullSecret: 'r-pull' },
    { namespace: 'n' },
  ]);
  expect(stops).toEqual([]);
  expect(retired.objects).toMatchObject([{ namespace: 'n', name: 'r-pull', marks: ['true'], entry: 1 }]);
  expect(plan.accounts).toMatchObject([{ namespace: 'n', name: 'default', pullSecrets: [], owner: 'write' }]);
  expect(retired.names).toEqual([{ namespace: 'n', account: 'default', pullSecret: 'r-pull', entry: 1 }]);
  expect([...used]).toEqual([1, 2]);
});

test('what is marked goes without a word', () => {
  const [secret, account] = former.objects;
  const marked: FormerOutput = {
    objects: [
      { ...secret!, marks: ['true'] },
      { ...account!, gifts: [], marks: ['r-pull'] },
    ],
    broken: [],
  };
  const inventory = inventoryOf('');
  const input = { inventory, plan: planAccess(inventory, prod(spec)), former: marked, given: [], retire: [] };
  const { plan, retired, stops } = retireAccess(input);
  expect({ retired, accounts: plan.accounts, stops }).toEqual({ retired: nothingRetired, accounts: [], stops: [] });
});

test('a plan that is printed shows nothing of a former object', () => {
  const { plan, retired } = leaving('', [{ namespace: 'n' }]);
  const printed = [plan, retired].map((each) => inspect(each, { depth: 20, showHidden: true }) + JSON.stringify(each));
  expect(printed.join()).not.toContain('hunter2');
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
