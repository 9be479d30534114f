// No Lua interpreter belongs to the tests: what can be said without one is said here.
import { argocdHealthChecks, argocdHealthKey } from '../../src/gitops/argocd-health.js';
import { dockercfgReference } from '../../src/gitops/openshift-accounts.js';

test('the key of a kind of the core group has no group', () => {
  expect(Object.values(argocdHealthChecks).map(argocdHealthKey)).toEqual([
    'resource.customizations.health.argoproj.io_Application',
    'resource.customizations.health.ServiceAccount',
    'resource.customizations.health.policies.kyverno.io_GeneratingPolicy',
    'resource.customizations.health.policies.kyverno.io_MutatingPolicy',
  ]);
});

test.each(Object.values(argocdHealthChecks))('the check of $kind closes what it opens and always returns', ({
  lua,
}) => {
  const words = lua.replace(/"[^"]*"/g, '""').match(/\w+/g) ?? [];
  const count = (...names: string[]) => words.filter((word) => names.includes(word)).length;
  expect(count('then', 'do', 'function')).toBe(count('end'));
  expect(lua).toMatch(/^return \{[^}]*\}\n$/m);
  expect(lua.endsWith('}\n')).toBe(true);
  for (const [, status] of lua.matchAll(/status = "(\w+)"/g)) expect(['Healthy', 'Progressing']).toContain(status);
});

test('the check of accounts reads the annotation that OpenShift writes', () => {
  expect(argocdHealthChecks.serviceAccount.lua).toContain(`annotations["${dockercfgReference}"]`);
});
