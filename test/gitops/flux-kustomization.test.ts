import { fluxKustomization } from '../../src/gitops/flux-kustomization.js';

const at = {
  name: 'image-pull-prod-namespaces',
  path: 'dist/prod/namespaces',
  dependsOn: [],
  awaitsOpenshiftAccounts: false,
  awaitsKyvernoPolicies: false,
  awaitsSealedSecrets: false,
  decryptionSecret: undefined,
};

test('a Kustomization waits for its objects and leaves them when it is deleted', () => {
  expect(fluxKustomization({ sourceRef: { name: 'platform' } }, at)).toStrictEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'image-pull-prod-namespaces', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      sourceRef: { kind: 'GitRepository', name: 'platform' },
      path: './dist/prod/namespaces',
      prune: true,
      wait: true,
      deletionPolicy: 'Orphan',
    },
  });
});

test('source, namespace and dependencies are as given', () => {
  const sourceRef = { kind: 'OCIRepository', name: 'x', namespace: 'sources' };
  const { metadata, spec } = fluxKustomization(
    { sourceRef, namespace: 'apps' },
    { ...at, dependsOn: ['a', 'b'], awaitsOpenshiftAccounts: true },
  );
  expect(metadata.namespace).toBe('apps');
  expect(spec).toMatchObject({ sourceRef, dependsOn: [{ name: 'a' }, { name: 'b' }] });
  expect(spec.healthCheckExprs).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      current:
        "has(metadata.annotations) && 'openshift.io/internal-registry-pull-secret-ref' in metadata.annotations && imagePullSecrets.exists(entry, entry.name == metadata.annotations['openshift.io/internal-registry-pull-secret-ref'])",
    },
  ]);
});

test('it waits until Kyverno has taken its policies up', () => {
  const { spec } = fluxKustomization({ sourceRef: { name: 'platform' } }, { ...at, awaitsKyvernoPolicies: true });
  expect(spec.healthCheckExprs).toMatchObject([
    { apiVersion: 'policies.kyverno.io/v1', kind: 'GeneratingPolicy' },
    { apiVersion: 'policies.kyverno.io/v1', kind: 'MutatingPolicy' },
  ]);
});

test('it waits until SealedSecrets are opened, and decrypts what SOPS encrypted', () => {
  const { spec } = fluxKustomization(
    { sourceRef: { name: 'platform' } },
    { ...at, awaitsSealedSecrets: true, decryptionSecret: 'sops-age' },
  );
  expect(spec.healthCheckExprs).toMatchObject([{ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret' }]);
  expect(spec.decryption).toEqual({ provider: 'sops', secretRef: { name: 'sops-age' } });
});
