import { subdomainError } from '../names/names.js';
import type { Registry } from '../registry/registry.js';
import { acrDomains } from '../registry/registry-table.js';
import type { GeneratorSpec } from '../vocabulary/generator-spec.js';
import {
  type GeneratorName,
  generatorKinds,
  generatorName,
  generatorNames,
  hostOfUrl,
} from '../vocabulary/generators.js';
import type { ExternalSourceSpec } from '../vocabulary/spec.js';
import type { Say } from './say.js';

/** Keys that belong to a store. */
const storeKeys = ['store', 'storeKind', 'key', 'keys', 'properties', 'username'] as const;

/**
 * Problems of a generator. What is wrong with a field is said without its value: somebody may have put a credential
 * where a reference belongs.
 */
export function checkGenerator(
  external: ExternalSourceSpec,
  spec: GeneratorSpec,
  registries: readonly Registry[],
  say: Say,
): void {
  for (const key of storeKeys)
    if (external[key] !== undefined) say(key, `${key} belongs to a store; the generator brings its own`);
  const name = generatorName(spec);
  if (!name) {
    const given = generatorNames.filter((each) => spec[each] !== undefined);
    const message = given.length === 0 ? 'the generator is empty' : `several generators: ${given.join(', ')}`;
    return say('generator', message, `exactly one of ${generatorNames.join(', ')}; gcr is for Artifact Registry, too`);
  }
  let isWrong = false;
  const sayWrong: Say = (...problem) => {
    isWrong = true;
    say(...problem);
  };
  checkFields(spec, name, sayWrong);
  checkReferences(spec[name], `generator.${name}`, sayWrong);
  // The hosts follow from fields, which are only shown where they are what they should be.
  if (!isWrong) checkHosts(spec, name, registries, say);
}

function checkHosts(spec: GeneratorSpec, name: GeneratorName, registries: readonly Registry[], say: Say): void {
  const { opens, hostText } = generatorKinds[name];
  for (const registry of registries)
    if (!opens(spec, registry.host))
      say(
        `generator.${name}`,
        `tokens of ${name} are for ${hostText(spec)}, not for registry ${registry.name} (${registry.host})`,
        'use a pull secret of its own for that registry, or correct the generator',
      );
}

/** What a field of text must look like; none of these forms can hold a credential. */
const forms: Readonly<Record<string, { readonly form: RegExp; readonly text: string }>> = {
  region: { form: /^[a-z0-9]+(-[a-z0-9]+)*$/, text: 'a region of AWS' },
  role: { form: /^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, text: 'the ARN of a role' },
  projectID: { form: /^[a-z0-9][a-z0-9.:-]*$/, text: 'the ID of a project' },
  clusterProjectID: { form: /^[a-z0-9][a-z0-9.:-]*$/, text: 'the ID of a project' },
  clusterLocation: { form: /^[a-z0-9-]+$/, text: 'a location of Google Cloud' },
  clusterName: { form: /^[a-z0-9-]+$/, text: 'the name of a cluster' },
  registry: { form: /^[A-Za-z0-9.-]+$/, text: 'a login server' },
  tenantId: { form: /^[A-Za-z0-9.-]+$/, text: 'the ID or domain of a tenant' },
  identityId: { form: /^[\w./() -]+$/, text: 'the client ID or resource ID of an identity' },
  appID: { form: /^[A-Za-z0-9.]+$/, text: 'the ID of a GitHub App' },
  installID: { form: /^\d+$/, text: 'the ID of an installation' },
  robotAccount: { form: /^[\w.-]+\+[\w.-]+$/, text: 'organisation+robot' },
};

const repository = /^[\w.-]+$/;
const permissions = ['read', 'write', 'admin'];

function checkFields(spec: GeneratorSpec, name: GeneratorName, say: Say): void {
  checkForms(spec[name], `generator.${name}`, say);
  const { ecr, acr, github, quay } = spec;
  if (ecr?.scope === 'public' && ecr.region !== 'us-east-1')
    say('generator.ecr.region', 'tokens for public.ecr.aws are made in us-east-1 only');
  if (acr) checkAcr(acr, say);
  if (github?.repositories?.some((each) => !repository.test(each)))
    say('generator.github.repositories', 'repositories must be names without an owner');
  if (Object.values(github?.permissions ?? {}).some((each) => !permissions.includes(each)))
    say('generator.github.permissions', 'permissions must be read, write or admin', 'permissions: { packages: read }');
  if (github?.url !== undefined && hostOfUrl(github.url) === undefined)
    say('generator.github.url', 'url must be an https URL without user, password and query');
  if (quay?.url !== undefined && !/^(https:\/\/)?[A-Za-z0-9.-]+(:\d+)?$/.test(quay.url))
    say('generator.quay.url', 'url must be a host name, with https:// or without');
  for (const auth of [ecr?.auth, spec.gcr?.auth])
    if (auth && Object.keys(auth).length > 1) say(`generator.${name}.auth`, 'auth names several ways to authenticate');
}

function checkAcr(
  { registry, environmentType = 'PublicCloud', auth }: NonNullable<GeneratorSpec['acr']>,
  say: Say,
): void {
  const domain = acrDomains[environmentType];
  if (!registry.toLowerCase().endsWith(`.${domain}`))
    say('generator.acr.registry', `registry must be a login server of ${environmentType}`, `<name>.${domain}`);
  if (Object.keys(auth).length !== 1)
    say('generator.acr.auth', 'auth needs exactly one of managedIdentity, workloadIdentity, servicePrincipal');
}

function checkForms(value: unknown, key: string, say: Say): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    const known = forms[field];
    if (typeof inner === 'string' && known && !known.form.test(inner))
      say(`${key}.${field}`, `${field} must be ${known.text}`);
    checkForms(inner, `${key}.${field}`, say);
  }
}

/** Names of Secrets and service accounts, and keys of Secrets (core validation, IsConfigMapKey). */
function checkReferences(value: unknown, key: string, say: Say): void {
  if (typeof value !== 'object' || value === null) return;
  const { name, key: dataKey } = value as { readonly name?: unknown; readonly key?: unknown };
  if (typeof name === 'string' && subdomainError(name)) say(`${key}.name`, 'the reference is no name of an object');
  if (typeof dataKey === 'string' && !/^[-._a-zA-Z0-9]{1,253}$/.test(dataKey))
    say(
      `${key}.key`,
      'the reference is no key of a Secret',
      'a generator names the Secret and the key that hold a value',
    );
  for (const [field, inner] of Object.entries(value)) checkReferences(inner, `${key}.${field}`, say);
}
