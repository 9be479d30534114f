import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Testing } from 'cdk8s';
import { ImagePullError } from 'cdk8s-image-pull';
import { Team, type TeamProps } from './team.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

function manifestsOf(name: string, props: TeamProps): Manifest[] {
  return Testing.synth(new Team(Testing.app(), name, props)) as Manifest[];
}

/** The names on the list of the account of a team. */
function listed(manifests: readonly Manifest[]): string[] | undefined {
  return manifests.find(({ kind }) => kind === 'ServiceAccount')?.imagePullSecrets?.map(({ name }) => name);
}

/** The pull secrets of a team's namespace. */
function held(manifests: readonly Manifest[]): string[] {
  return manifests.filter(({ kind }) => kind === 'ExternalSecret').map(({ metadata }) => metadata.name);
}

const search = { image: 'ghcr.io/acme/search:v7', port: 8080 };
const payment = { image: 'quay.io/acme-partner/payment:v3', port: 8443 };
const proxy = { image: 'registry.access.redhat.com/ubi9/nginx-124:1', port: 8080 };

test('a team has the credentials that its images need, and no others', () => {
  const catalog = manifestsOf('catalog', { services: { search, proxy } });
  assert.deepEqual(held(catalog), ['acme-pull']);
  assert.deepEqual(listed(catalog), ['acme-pull']);
});

test('two registries are two names on the list', () => {
  const checkout = manifestsOf('checkout', { services: { search, payment } });
  assert.deepEqual(held(checkout), ['acme-pull', 'partner-pull']);
  assert.deepEqual(listed(checkout), ['acme-pull', 'partner-pull']);
});

test('public images need nothing', () => {
  const tools = manifestsOf('tools', { services: { proxy } });
  assert.deepEqual(held(tools), []);
  assert.equal(listed(tools), undefined);
});

test('the partner has said which team may run its images', () => {
  assert.throws(() => manifestsOf('catalog', { services: { payment } }), refusedWith('not-allowed'));
});

test('an image from a registry that nobody knows is an error, with the line to write', () => {
  const unknown = { image: 'docker.io/somebody/search:latest', port: 8080 };
  assert.throws(() => manifestsOf('catalog', { services: { unknown } }), refusedWith('registry-undeclared'));
});

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ImagePullError && error.problems.some((problem) => problem.code === code);
}
