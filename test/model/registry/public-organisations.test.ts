import { isPublicOrganisation } from '../../../src/model/registry/public-organisations.js';
import { recognise } from '../../../src/model/registry/registry-table.js';

test.each([
  ['quay.io', 'jetstack', true],
  ['ghcr.io', 'fluxcd', true],
  ['gcr.io', 'knative-releases', true],
  ['quay.io', 'fluxcd', false],
  ['ghcr.io', 'acme', false],
  ['ghcr.io', 'constructor', false],
  ['constructor', 'name', false],
  ['example.com', 'jetstack', false],
])('%s/%s: anybody may pull: %s', (host, organisation, isPublic) => {
  expect(isPublicOrganisation(host, organisation)).toBe(isPublic);
});

test.each(['quay.io', 'ghcr.io', 'gcr.io'])('organisations share the host %s', (host) => {
  expect(recognise(host)?.row.isShared).toBe(true);
});
