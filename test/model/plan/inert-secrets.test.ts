import { planAccess } from '../../../src/model/plan/access-plan.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const model = prod({
  registries: { a: { host: 'a.example.com' } },
  pullSecrets: { 'a-pull': { registries: ['a'], source: { existing: {} } } },
});

function problems(yaml: string) {
  return planAccess(inventoryOf(yaml), model).problems.filter(({ code }) => code === 'secret-type-inert');
}

const web = (podSpec = '') => deployment('n', 'web', ['a.example.com/x'], podSpec);
const secret = (name: string, type: string, namespace = 'n') =>
  `---\n{ apiVersion: v1, kind: Secret, metadata: { name: ${name}, namespace: ${namespace} }${type && `, type: ${type}`}, data: { auth.json: aHVudGVyMg== } }\n`;
const account =
  '---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: default, namespace: n }, imagePullSecrets: [{ name: listed }] }\n';
const sealed = (type: string) =>
  `---\n{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: a-pull, namespace: n }, spec: { template: { ${type} } } }\n`;

test.each<[string, string]>([
  ['named like a pull secret that is needed there', web() + secret('a-pull', 'kubernetes.io/podmanconfigjson')],
  ['without a type, which is Opaque', web() + secret('a-pull', '')],
  ["on a pod's list", web('imagePullSecrets: [{ name: mine }],') + secret('mine', 'Opaque')],
  ["on an account's list", web() + account + secret('listed', 'kubernetes.io/podmanconfigjson')],
  ['made of a SealedSecret without a type', web() + sealed('')],
])('a Secret %s is a finding that shows no value', (_, yaml) => {
  const [problem, ...others] = problems(yaml);
  expect(problem?.hint).toContain('kubernetes.io/dockerconfigjson');
  expect(others).toEqual([]);
  expect(JSON.stringify(problem)).not.toMatch(/aHVudGVyMg|hunter2/);
});

test.each<[string, string]>([
  ['of a type that the kubelet reads', web() + secret('a-pull', 'kubernetes.io/dockerconfigjson')],
  ['of the older type', web() + secret('a-pull', 'kubernetes.io/dockercfg')],
  ['that nobody lists', web() + secret('other', 'Opaque')],
  ['of another namespace', web() + secret('a-pull', 'Opaque', 'm')],
  ['made of a SealedSecret with the type', web() + sealed('type: kubernetes.io/dockerconfigjson')],
])('a Secret %s is none', (_, yaml) => {
  expect(problems(yaml)).toEqual([]);
});

test('a type that is none is not shown', () => {
  const [problem] = problems(web() + secret('a-pull', '"hunter2 hunter2"'));
  expect(problem?.message).toContain('another type');
  expect(problem?.message).not.toContain('hunter2');
});
