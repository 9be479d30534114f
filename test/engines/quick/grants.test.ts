// Grants to pull from OpenShift's internal registry, judged by the real RBAC.
import { join } from 'node:path';
import { cli, deployment, folderOf } from '../../support.js';
import { isAllowed } from '../cluster/access-review.js';
import { applyOutput } from '../cluster/apply-output.js';
import { ControlPlane } from '../cluster/control-plane.js';
import { manifestsIn } from '../cluster/manifest-files.js';

let plane: ControlPlane;

/** As OpenShift defines it. */
const imagePuller = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'system:image-puller' },
  rules: [{ apiGroups: ['', 'image.openshift.io'], resources: ['imagestreams/layers'], verbs: ['get'] }],
};

const config = `
version: 1
registries: { internal: { preset: openshift } }
grants:
  - { from: base, to: team-c }
clusters: { prod: { openshift: "4.20", gitops: argocd } }
workloads: [apps]
`;

const host = 'image-registry.openshift-image-registry.svc:5000';
const apps = [
  deployment('team-a', 'web', [`${host}/images/web:v1`], 'serviceAccountName: web,'),
  deployment('team-b', 'api', [`${host}/images/api:v1`]),
];

beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.api.apply(imagePuller);
  const folder = folderOf({ 'image-pull.yaml': config, 'apps/all.yaml': apps.join('---\n') });
  expect((await cli(folder, 'synth')).code).toBe(0);
  expect(await applyOutput(plane.api, manifestsIn(join(folder, 'dist')))).toEqual([]);
});

afterAll(() => plane?.stop());

test.each([
  ['team-a/web', 'images', true],
  ['team-a/default', 'images', false],
  ['team-b/default', 'images', true],
  ['team-b/other', 'images', false],
  ['team-c/default', 'images', false],
  ['team-c/default', 'base', true],
  ['team-c/other', 'base', true],
  ['team-b/default', 'base', false],
  ['team-a/web', 'team-b', false],
])('%s may pull images of %s: %s', async (account, namespace, allowed) => {
  const layers = { verb: 'get', group: 'image.openshift.io', resource: 'imagestreams', subresource: 'layers' };
  expect(await isAllowed(plane.api, { account, namespace, ...layers })).toBe(allowed);
});

test.each([
  ['push', { verb: 'update', group: 'image.openshift.io', resource: 'imagestreams', subresource: 'layers' }],
  ['read the image streams', { verb: 'get', group: 'image.openshift.io', resource: 'imagestreams' }],
  ['read Secrets', { verb: 'get', group: '', resource: 'secrets' }],
])('an account that may pull may not %s', async (_, action) => {
  expect(await isAllowed(plane.api, { account: 'team-a/web', namespace: 'images', ...action })).toBe(false);
});
