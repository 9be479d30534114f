import { planAccess } from '../../../src/model/plan/access-plan.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const host = 'image-registry.openshift-image-registry.svc:5000';
const web = (namespace: string, account = 'default') =>
  `---\n${deployment(namespace, 'web', [`${host}/b/api`], `serviceAccountName: ${account},`)}`;

function grants(yaml: string, change: Partial<ImagePullSpec> = {}): string[] {
  const spec = { registries: { internal: { preset: 'openshift' as const } }, ...change };
  return planAccess(inventoryOf(yaml), prod(spec, { openshift: '4.20' })).grants.map(
    ({ from, to, serviceAccount }) => `${to}/${serviceAccount ?? '*'} from ${from}`,
  );
}

test('each account is granted once, however many pods it runs, sorted', () => {
  expect(grants(web('c') + web('a', 'x') + web('a') + web('a').replace('name: web', 'name: other'))).toEqual([
    'a/default from b',
    'a/x from b',
    'c/default from b',
  ]);
});

test('a group that is asked for stands for the accounts of its namespace, derived or said by hand', () => {
  const byHand = [
    { from: 'b', to: 'a' },
    { from: 'b', to: 'a', serviceAccounts: ['y'] },
    { from: 'b2', to: 'a', serviceAccounts: ['y'] },
  ];
  expect(grants(web('a') + web('c'), { grants: byHand })).toEqual(['a/* from b', 'c/default from b', 'a/y from b2']);
});

test('namespaces whose names run into each other stay apart', () => {
  const byHand = [
    { from: 'p', to: 'a-b', serviceAccounts: ['c'] },
    { from: 'p', to: 'a', serviceAccounts: ['b-c', 'b.c'] },
    { from: 'p-a', to: 'b' },
  ];
  expect(grants('', { grants: byHand })).toHaveLength(4);
});

test('a grant into a namespace that a later application declares is a finding', () => {
  const namespace = '---\n{ apiVersion: v1, kind: Namespace, metadata: { name: b } }\n';
  const spec = { registries: { internal: { preset: 'openshift' as const } } };
  const { problems } = planAccess(inventoryOf(web('a') + namespace), prod(spec, { openshift: '4.20' }));
  expect(problems.map(({ code }) => code)).toEqual(['namespace-later']);
});
