import { planAccess } from '../../../src/model/plan/access-plan.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const existing = { source: { existing: {} } };
const registries = {
  redhat: { host: 'registry.redhat.io', auth: 'sso' },
  sso: { host: 'sso.redhat.com' },
  other: { host: 'quay.io' },
};
const web = deployment('team-a', 'web', ['registry.redhat.io/ubi9/nginx']);
const openshift = { openshift: '4.20' };

function plan(pullSecrets: ImagePullSpec['pullSecrets'], change: Partial<ImagePullSpec> = {}, cluster: object = {}) {
  const { secrets, accounts, templates, problems } = planAccess(
    inventoryOf(web),
    prod({ registries, ...change, pullSecrets: pullSecrets ?? {} }, cluster),
  );
  return {
    secrets: secrets.map(({ namespace, pullSecret, registries: names }) => `${namespace}/${pullSecret} ${names}`),
    lists: [...accounts, ...templates].map(({ pullSecrets: names }) => names.join(' ')),
    problems: problems.map(({ code }) => code),
  };
}

const two = {
  'redhat-pull': { registries: ['redhat'], ...existing },
  'sso-pull': { registries: ['sso'], ...existing },
};

test.each([{}, openshift])('one pull secret has both entries wherever the registry is needed, on %j', (cluster) => {
  const both = { 'redhat-pull': { registries: ['sso', 'other', 'redhat'], ...existing } };
  expect(plan(both, {}, cluster)).toEqual({
    secrets: ['team-a/redhat-pull sso,redhat'],
    lists: ['redhat-pull'],
    problems: [],
  });
});

test.each([
  {},
  openshift,
])('of two pull secrets that of the auth host comes along, and goes on no list, on %j', (cluster) => {
  expect(plan(two, {}, cluster)).toEqual({
    secrets: ['team-a/redhat-pull redhat', 'team-a/sso-pull sso'],
    lists: ['redhat-pull'],
    problems: [],
  });
});

test('what is asked for by hand brings it along, too', () => {
  const namespaces = { 'team-b': { pullSecrets: ['redhat-pull'] } };
  expect(plan(two, { namespaces }).secrets).toContain('team-b/sso-pull sso');
});

test.each<[string, object, string]>([
  ['OpenShift, whose imports and builds fail without it, a finding', openshift, 'pull-secret-missing'],
  ['Kubernetes, where nothing looks for it, a warning', {}, 'auth-secret-missing'],
])('an auth host without a pull secret is on %s', (_, cluster, code) => {
  expect(plan({ 'redhat-pull': two['redhat-pull'] }, {}, cluster).problems).toEqual([code]);
});

test.each<[string, object, string[]]>([
  ['where its `for` leaves the namespace out', { for: { namespaces: ['other'] } }, ['pull-secret-missing']],
  ['where its `allow` does', { allow: ['other'] }, ['not-allowed']],
])('the pull secret of an auth host stays away %s', (_, change, problems) => {
  expect(plan({ ...two, 'sso-pull': { ...two['sso-pull'], ...change } }, {}, openshift)).toMatchObject({
    secrets: ['team-a/redhat-pull redhat'],
    problems,
  });
});

test('the pull secret of an auth host may be excluded', () => {
  expect(plan(two, { exclude: [{ pullSecret: 'sso-pull' }] }, openshift)).toMatchObject({
    secrets: ['team-a/redhat-pull redhat'],
    problems: [],
  });
});

test('a public auth host needs nothing', () => {
  const open = { ...registries, sso: { host: 'sso.redhat.com', access: 'public' as const } };
  expect(plan({ 'redhat-pull': two['redhat-pull'] }, { registries: open }, openshift).problems).toEqual([]);
});

test('credentials that are known and differ are a warning that shows neither', () => {
  const plaintext = (password: string) => ({
    source: { plaintext: { username: 'robot', password, acceptPlaintextInGit: true } },
  });
  const secrets = (ofAuth: string) => ({
    'redhat-pull': { registries: ['redhat'], ...plaintext('hunter2') },
    'sso-pull': { registries: ['sso'], ...plaintext(ofAuth) },
  });
  expect(plan(secrets('hunter2'), {}, openshift).problems).toEqual([]);
  const { problems } = planAccess(inventoryOf(web), prod({ registries, pullSecrets: secrets('hunter3') }, openshift));
  expect(problems.map(({ code }) => code)).toEqual(['auth-credentials-differ']);
  expect(JSON.stringify(problems)).not.toMatch(/hunter/);
});
