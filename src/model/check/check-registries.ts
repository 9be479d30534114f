import { ImageReference } from '../image/image-reference.js';
import { labelError } from '../names/names.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { hostOf, Registry } from '../registry/registry.js';
import type { RegistrySpec } from '../registry/registry-presets.js';
import { presetRow } from '../registry/registry-table.js';
import type { ImagePullSpec } from '../vocabulary/spec.js';
import { checkRepository } from './check-repository.js';

/** Checks the registries: hosts, paths, keys, and two that are the same. */
export function checkRegistries(spec: ImagePullSpec, root: At): void {
  const seen = new Map<string, string>();
  const specs = spec.registries ?? {};
  for (const [name, registrySpec] of Object.entries(specs)) {
    const at = root.key('registries', name).about(words`registry ${name}`);
    checkRegistry(name, registrySpec, at);
    checkAuth(name, registrySpec, specs, at.key('auth'));
    const registry = Registry.of(name, registrySpec);
    if (!registry) continue;
    const twin = seen.get(registry.repository);
    seen.set(registry.repository, twin ?? name);
    if (twin !== undefined) at.refuse('registry-duplicate', words`registry ${twin} is ${registry.repository}, too`);
  }
}

function checkRegistry(name: string, spec: RegistrySpec, at: At): void {
  if (at.hears(() => checkAddresses(spec, at))) return;
  at.name('its name', name, labelError(name));
  const host = hostOf(spec);
  if (typeof host === 'string') checkRepository(host, spec.path, at.key('host'), at.key('path'));
  else if (spec.preset)
    at.refuse(
      'registry-invalid',
      words`preset ${spec.preset} needs ${host.missing} (or host)`,
      words`${host.missing}: …, or host: <host>`,
    );
  else at.refuse('registry-invalid', 'a registry needs a preset or a host', 'host: <host>, or preset: <preset>');
  checkOptions(spec, at);
  if (spec.key !== undefined) checkKey(name, spec, spec.key, at.key('key'));
  for (const [index, alias] of (spec.hosts ?? []).entries()) {
    const ofAlias = at.key('hosts', index);
    checkRepository(alias, undefined, ofAlias, ofAlias);
  }
}

/** Nothing of an address with a user in it is looked at, or shown. */
function checkAddresses(spec: RegistrySpec, at: At): void {
  const hint = 'write the host alone; the credential belongs to the source of a pull secret';
  for (const key of ['host', 'path', 'key'] as const)
    if (spec[key]?.includes('@'))
      at.key(key).refuse(
        'credential-in-address',
        words`${key} holds an "@": user and password do not belong here`,
        hint,
      );
  if (spec.hosts?.some((host) => host.includes('@')))
    at.key('hosts').refuse('credential-in-address', 'a host holds an "@": user and password do not belong here', hint);
}

/** A key ends up inside JSON inside a template: what cannot be part of a host and path has no place in it. */
const keyForm = /^(https?:\/\/)?[A-Za-z0-9._:*[\]-]+(\/[A-Za-z0-9._/-]*)?$/;

function checkKey(name: string, spec: RegistrySpec, key: string, at: At): void {
  if (!keyForm.test(key))
    return at.refuse('registry-key-invalid', words`key "${key}" is not a host with an optional scheme, port and path`);
  const registry = Registry.of(name, spec);
  const image = registry && ImageReference.tryParse(`${registry.repository}/x`);
  if (registry && image && !('error' in image) && !registry.offersKeyTo(image))
    at.refuse(
      'registry-key-invalid',
      words`key "${key}" does not match ${registry.repository} by the rules of the kubelet`,
      words`leave it out, or write key: ${registry.repository}`,
    );
}

function checkOptions(spec: RegistrySpec, at: At): void {
  const known = presetRow(spec.preset)?.options ?? [];
  for (const key of ['account', 'region', 'name', 'location', 'hosts'] as const)
    if (spec[key] !== undefined && !known.includes(key))
      at.key(key).refuse(
        'option-without-effect',
        words`${key} means nothing ${spec.preset ? `with preset ${spec.preset}` : 'without a preset'}`,
        known.length > 0 ? words`the preset has ${known}` : 'leave it out',
      );
  if (spec.account !== undefined && !/^\d{12}$/.test(spec.account))
    at.key('account').refuse(
      'registry-invalid',
      'account must be twelve digits',
      'quote it, else YAML reads a number: account: "012345678901"',
    );
}

/** `auth` names the registry of another host, which issues tokens itself. */
function checkAuth(
  name: string,
  { auth, ...spec }: RegistrySpec,
  registries: NonNullable<ImagePullSpec['registries']>,
  at: At,
): void {
  if (auth === undefined) return;
  const target = Object.hasOwn(registries, auth) ? registries[auth] : undefined;
  if (!target) {
    const others = Object.keys(registries).filter((other) => other !== name);
    return at.dangling('registry', auth, others);
  }
  if (spec.preset === 'openshift' || target.preset === 'openshift')
    at.refuse(
      'auth-host-invalid',
      "OpenShift's internal registry takes no pull secret, so nobody signs in for it",
      'leave auth out',
    );
  else if (hostOf(spec) === hostOf(target))
    at.refuse(
      'auth-host-invalid',
      words`auth host ${auth} is its own host`,
      'auth names the registry of another host, which issues the tokens',
    );
  else if (target.auth !== undefined) at.refuse('auth-host-invalid', words`auth host ${auth} has an auth host itself`);
}
