// What charts see of a cluster by what the config says of it.
import { capabilitiesOf } from '../../../src/model/vocabulary/cluster-capabilities.js';

test('a cluster that states nothing leaves everything to helm', () => {
  expect(capabilitiesOf({})).toEqual({});
  expect(capabilitiesOf(undefined)).toEqual({});
});

test('the version of Kubernetes is taken as it is stated', () => {
  expect(capabilitiesOf({ kubernetes: '1.35' })).toEqual({ kubeVersion: '1.35' });
});

test.each([
  ['4.20', undefined, '1.33'],
  ['4.20.3', undefined, '1.33'],
  ['4.20', '1.33.5', '1.33.5'],
])('OpenShift %s with Kubernetes %s is Kubernetes %s, and has its own kinds', (openshift, kubernetes, kubeVersion) => {
  const capabilities = capabilitiesOf({ openshift, ...(kubernetes && { kubernetes }) });
  expect(capabilities.kubeVersion).toBe(kubeVersion);
  expect(capabilities.apiVersions).toEqual(
    expect.arrayContaining(['route.openshift.io/v1', 'route.openshift.io/v1/Route', 'security.openshift.io/v1']),
  );
});
