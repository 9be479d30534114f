import { plainTree } from '../../src/model/inventory/tree.js';
import { isOwnObject } from '../../src/output/own-object.js';

const managed = { 'app.kubernetes.io/managed-by': 'cdk8s-image-pull' };
const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', labels: managed } };
const program = { ...managed, 'app.kubernetes.io/name': 'imagepullsecret-patcher' };

test.each([
  ['an account with the label', account, true],
  ['a later version of a kind', { ...account, apiVersion: 'external-secrets.io/v2', kind: 'ExternalSecret' }, true],
  [
    'the program that copies',
    { ...account, apiVersion: 'apps/v1', kind: 'Deployment', metadata: { labels: program } },
    true,
  ],
  ['an account without labels', { ...account, metadata: { name: 'default' } }, false],
  [
    'an account of another manager',
    { ...account, metadata: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } } },
    false,
  ],
  ['pods of somebody else', { ...account, apiVersion: 'apps/v1', kind: 'Deployment' }, false],
  ['a kind that is never written', { ...account, apiVersion: 'batch/v1', kind: 'Job' }, false],
  ['a kind of the same name', { ...account, apiVersion: 'example.com/v1' }, false],
  ['labels that are no map', { ...account, metadata: { labels: ['app.kubernetes.io/managed-by'] } }, false],
  ['a text', 'app.kubernetes.io/managed-by: cdk8s-image-pull', false],
])('%s', (_title, object, isOwn) => {
  expect(isOwnObject(plainTree(object))).toBe(isOwn);
});
