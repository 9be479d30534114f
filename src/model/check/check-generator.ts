import { subdomainError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
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

/** Keys that belong to a store. */
const storeKeys = ['store', 'storeKind', 'key', 'keys', 'properties', 'username'] as const;

/**
 * Checks a generator. What is wrong with a field is said without its value: somebody may have put a credential where a
 * reference belongs.
 *
 * @param at the source `external` that the generator is in
 */
export function checkGenerator(
  external: ExternalSourceSpec,
  spec: GeneratorSpec,
  registries: readonly Registry[],
  at: At,
): void {
  for (const key of storeKeys)
    if (external[key] !== undefined)
      at.key(key).refuse(
        'options-exclude-each-other',
        words`${key} belongs to a store; the generator brings its own`,
        'leave it out, or use a store in place of the generator',
      );
  const ofGenerator = at.key('generator');
  const name = generatorName(spec);
  if (!name) {
    const given = generatorNames.filter((each) => spec[each] !== undefined);
    const message = given.length === 0 ? words`the generator is empty` : words`several generators: ${given}`;
    const hint = words`exactly one of ${generatorNames}; gcr is for Artifact Registry, too`;
    return ofGenerator.refuse('generator-invalid', message, hint);
  }
  const isWrong = at.hears(() => {
    checkFields(spec, name, ofGenerator);
    checkReferences(spec[name], ofGenerator.key(name));
  });
  // The hosts follow from fields, which are only shown where they are what they should be.
  if (!isWrong) checkHosts(spec, name, registries, ofGenerator.key(name));
}

function checkHosts(spec: GeneratorSpec, name: GeneratorName, registries: readonly Registry[], at: At): void {
  const { opens, hostText } = generatorKinds[name];
  for (const registry of registries)
    if (!opens(spec, registry.host))
      at.refuse(
        'generator-for-other-host',
        words`tokens of ${name} are for ${hostText(spec)}, not for registry ${registry.name} (${registry.host})`,
      );
}

/** Forms that a field of text must have, with an example; none of these forms can hold a credential. */
const forms: Readonly<Record<string, { readonly form: RegExp; readonly text: string; readonly such: string }>> = {
  region: { form: /^[a-z0-9]+(-[a-z0-9]+)*$/, text: 'a region of AWS', such: 'eu-west-1' },
  role: {
    form: /^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    text: 'the ARN of a role',
    such: 'arn:aws:iam::123456789012:role/pull',
  },
  projectID: { form: /^[a-z0-9][a-z0-9.:-]*$/, text: 'the ID of a project', such: 'acme-prod' },
  clusterProjectID: { form: /^[a-z0-9][a-z0-9.:-]*$/, text: 'the ID of a project', such: 'acme-prod' },
  clusterLocation: { form: /^[a-z0-9-]+$/, text: 'a location of Google Cloud', such: 'europe-west1' },
  clusterName: { form: /^[a-z0-9-]+$/, text: 'the name of a cluster', such: 'prod' },
  registry: { form: /^[A-Za-z0-9.-]+$/, text: 'a login server', such: 'acme.azurecr.io' },
  tenantId: { form: /^[A-Za-z0-9.-]+$/, text: 'the ID or domain of a tenant', such: 'acme.onmicrosoft.com' },
  identityId: {
    form: /^[\w./() -]+$/,
    text: 'the client ID or resource ID of an identity',
    such: '00000000-0000-0000-0000-000000000000',
  },
  appID: { form: /^[A-Za-z0-9.]+$/, text: 'the ID of a GitHub App', such: '"123456"' },
  installID: { form: /^\d+$/, text: 'the ID of an installation', such: '"12345678"' },
  robotAccount: { form: /^[\w.-]+\+[\w.-]+$/, text: 'organisation+robot', such: 'acme+puller' },
};

const repository = /^[\w.-]+$/;
const permissions = ['read', 'write', 'admin'];
const quayUrl = /^(https:\/\/)?[A-Za-z0-9.-]+(:\d+)?$/;

/** One rule of a field: where it stands, what is wrong with it, and what mends it. */
type FieldRule = readonly [isWrong: boolean | undefined, keys: readonly string[], message: string, hint: string];

function fieldRules({ ecr, gcr, acr, github, quay }: GeneratorSpec): readonly FieldRule[] {
  const severalWays = (auth: object | undefined) => auth && Object.keys(auth).length > 1;
  const ways = 'auth names several ways to authenticate';
  const domain = acrDomains[acr?.environmentType ?? 'PublicCloud'];
  return [
    [
      ecr?.scope === 'public' && ecr.region !== 'us-east-1',
      ['ecr', 'region'],
      'tokens for public.ecr.aws are made in us-east-1 only',
      'region: us-east-1',
    ],
    [severalWays(ecr?.auth), ['ecr', 'auth'], ways, 'keep jwt or secretRef'],
    [severalWays(gcr?.auth), ['gcr', 'auth'], ways, 'keep workloadIdentity or secretRef'],
    [
      acr && !acr.registry.toLowerCase().endsWith(`.${domain}`),
      ['acr', 'registry'],
      `registry must be a login server of ${acr?.environmentType ?? 'PublicCloud'}`,
      `<name>.${domain}`,
    ],
    [
      acr && Object.keys(acr.auth).length !== 1,
      ['acr', 'auth'],
      'auth needs exactly one of managedIdentity, workloadIdentity, servicePrincipal',
      'auth: { workloadIdentity: {} }',
    ],
    [
      github?.repositories?.some((each) => !repository.test(each)),
      ['github', 'repositories'],
      'repositories must be names without an owner',
      'repositories: [api, web]',
    ],
    [
      Object.values(github?.permissions ?? {}).some((each) => !permissions.includes(each)),
      ['github', 'permissions'],
      'permissions must be read, write or admin',
      'permissions: { packages: read }',
    ],
    [
      github?.url !== undefined && hostOfUrl(github.url) === undefined,
      ['github', 'url'],
      'url must be an https URL without user, password and query',
      'url: https://github.example.com/api/v3',
    ],
    [
      quay?.url !== undefined && !quayUrl.test(quay.url),
      ['quay', 'url'],
      'url must be a host name, with https:// or without',
      'url: quay.example.com',
    ],
  ];
}

function checkFields(spec: GeneratorSpec, name: GeneratorName, at: At): void {
  checkForms(spec[name], at.key(name));
  for (const [isWrong, keys, message, hint] of fieldRules(spec))
    if (isWrong) at.key(...keys).refuse('generator-invalid', words`${message}`, words`${hint}`);
}

function checkForms(value: unknown, at: At): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    const known = forms[field];
    if (typeof inner === 'string' && known && !known.form.test(inner))
      at.key(field).refuse(
        'generator-invalid',
        words`${field} must be ${known.text}`,
        words`such as ${field}: ${known.such}`,
      );
    checkForms(inner, at.key(field));
  }
}

/** Names of Secrets and service accounts, and keys of Secrets (core validation, IsConfigMapKey). */
function checkReferences(value: unknown, at: At): void {
  if (typeof value !== 'object' || value === null) return;
  const { name, key } = value as { readonly name?: unknown; readonly key?: unknown };
  const hint = 'a generator names the Secret and the key that hold a value';
  if (typeof name === 'string' && subdomainError(name))
    at.key('name').refuse('generator-invalid', 'the reference is no name of an object', hint);
  if (typeof key === 'string' && !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
    at.key('key').refuse('generator-invalid', 'the reference is no key of a Secret', hint);
  for (const [field, inner] of Object.entries(value)) checkReferences(inner, at.key(field));
}
