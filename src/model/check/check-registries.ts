import { ImageReference } from '../image/image-reference.js';
import { labelError } from '../names/names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { hostOf, Registry } from '../registry/registry.js';
import type { RegistrySpec } from '../registry/registry-presets.js';
import { presetRow } from '../registry/registry-table.js';
import type { ImagePullSpec } from '../vocabulary/spec.js';
import { dangling } from './dangling.js';

/** Problems of the registries: hosts, paths, keys, and two that are the same. */
export function checkRegistries(spec: ImagePullSpec): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [name, registrySpec] of Object.entries(spec.registries ?? {})) {
    const path: ModelPath = ['registries', name];
    problems.push(...checkRegistry(name, registrySpec, path));
    problems.push(...authProblems(name, registrySpec, spec.registries ?? {}, [...path, 'auth']));
    const registry = Registry.of(name, registrySpec);
    if (!registry) continue;
    const twin = seen.get(registry.repository);
    if (twin !== undefined) problems.push(twinProblem(name, twin, registry, path));
    else seen.set(registry.repository, name);
  }
  return problems;
}

/** Problems of one registry by itself. */
export function checkRegistry(name: string, spec: RegistrySpec, path: ModelPath): Problem[] {
  const problems: Problem[] = [];
  const say = (key: string, message: string, hint?: string) =>
    problems.push({
      code: 'registry-invalid',
      message: `registry ${name}: ${message}`,
      path: [...path, key],
      ...(hint && { hint }),
    });

  const withUser = (['host', 'path', 'key'] as const).find((key) => spec[key]?.includes('@'));
  if (withUser ?? spec.hosts?.some((host) => host.includes('@'))) {
    say(withUser ?? 'hosts', `${withUser ?? 'a host'} holds an "@": user and password do not belong here`);
    return problems;
  }
  const nameError = labelError(name);
  if (nameError) problems.push({ code: 'name-invalid', message: `registry name "${name}" ${nameError}`, path });
  const host = hostOf(spec);
  if (typeof host !== 'string') {
    const what = spec.preset
      ? `preset ${spec.preset} needs ${host.missing} (or host)`
      : 'a registry needs a preset or a host';
    problems.push({ code: 'registry-invalid', message: `registry ${name}: ${what}`, path });
  } else {
    const error = repositoryError(host, spec.path);
    if (error) say(error.key, error.message, error.hint);
  }
  problems.push(...optionProblems(name, spec, path));
  const badKey = spec.key === undefined ? undefined : (keyError(spec.key) ?? uselessKey(name, spec));
  if (badKey) say('key', `key ${badKey}`);
  for (const [index, alias] of (spec.hosts ?? []).entries()) {
    const error = repositoryError(alias, undefined);
    if (error)
      problems.push({
        code: 'registry-invalid',
        message: `registry ${name}: ${error.message}`,
        path: [...path, 'hosts', index],
      });
  }
  return problems;
}

interface KeyedError {
  readonly key: 'host' | 'path';
  readonly message: string;
  readonly hint?: string;
}

/** A host and path are right if an image below them is a reference that comes back with the same host. */
function repositoryError(host: string, path: string | undefined): KeyedError | undefined {
  if (/^[a-z]+:\/\//i.test(host)) {
    return { key: 'host', message: `host "${host}" has a scheme`, hint: `write ${host.replace(/^[a-z]+:\/\//i, '')}` };
  }
  if (host.includes('/')) {
    return { key: 'host', message: `host "${host}" has a path`, hint: 'write the part behind the first "/" as path' };
  }
  const bare = ImageReference.tryParse(`${host}/x`);
  if ('error' in bare || (bare.domain !== host && host !== 'index.docker.io')) {
    const hint = /^[^.:]+$/.test(host)
      ? 'a host has a "." or a port, or is localhost; everything else is a path on Docker Hub'
      : undefined;
    return { key: 'host', message: `host "${host}" is not the host of any image`, ...(hint && { hint }) };
  }
  if (host !== host.toLowerCase()) {
    return {
      key: 'host',
      message: `host "${host}" has upper case`,
      hint: `images and keys are compared letter by letter: write ${host.toLowerCase()}`,
    };
  }
  if (path === undefined) return undefined;
  if (/^\/|\/$/.test(path))
    return {
      key: 'path',
      message: `path "${path}" begins or ends with "/"`,
      hint: `write ${path.replace(/^\/+|\/+$/g, '')}`,
    };
  const full = ImageReference.tryParse(`${host}/${path}/x`);
  if ('error' in full || full.tag !== undefined || full.digest !== undefined || full.path !== `${path}/x`) {
    return {
      key: 'path',
      message: `path "${path}" is not the path of any image`,
      hint: 'write the leading segments of the repository, such as acme or project/repo, without tag',
    };
  }
  return undefined;
}

/** A key ends up inside JSON inside a template: what cannot be part of a host and path has no place in it. */
function keyError(key: string): string | undefined {
  return /^(https?:\/\/)?[A-Za-z0-9._:*[\]-]+(\/[A-Za-z0-9._/-]*)?$/.test(key)
    ? undefined
    : `"${key}" is not a host with an optional scheme, port and path`;
}

/** A key that the kubelet would never use for an image of the registry. */
function uselessKey(name: string, spec: RegistrySpec): string | undefined {
  const registry = Registry.of(name, spec);
  const image = registry && ImageReference.tryParse(`${registry.repository}/x`);
  if (!registry || !image || 'error' in image || registry.offersKeyTo(image)) return undefined;
  return `"${spec.key}" does not match ${registry.repository} by the rules of the kubelet`;
}

function optionProblems(name: string, spec: RegistrySpec, path: ModelPath): Problem[] {
  const known = presetRow(spec.preset)?.options ?? [];
  const problems: Problem[] = (['account', 'region', 'name', 'location', 'hosts'] as const)
    .filter((key) => spec[key] !== undefined && !known.includes(key))
    .map((key) => ({
      code: 'registry-invalid' as const,
      message: `registry ${name}: ${key} means nothing ${spec.preset ? `with preset ${spec.preset}` : 'without a preset'}`,
      path: [...path, key],
    }));
  if (spec.account !== undefined && !/^\d{12}$/.test(spec.account)) {
    problems.push({
      code: 'registry-invalid',
      message: `registry ${name}: account must be twelve digits`,
      path: [...path, 'account'],
      hint: 'quote it, else YAML reads a number',
    });
  }
  return problems;
}

/** `auth` names the registry of another host, which issues tokens itself. */
function authProblems(
  name: string,
  { auth, ...spec }: RegistrySpec,
  registries: NonNullable<ImagePullSpec['registries']>,
  path: ModelPath,
): Problem[] {
  if (auth === undefined) return [];
  const target = Object.hasOwn(registries, auth) ? registries[auth] : undefined;
  if (!target) {
    const others = Object.keys(registries).filter((other) => other !== name);
    return [dangling('registry', auth, others, path)];
  }
  const say = (message: string, hint: string): Problem[] => [
    { code: 'registry-invalid', message: `registry ${name}: ${message}`, path, hint },
  ];
  if (spec.preset === 'openshift' || target.preset === 'openshift')
    return say("OpenShift's internal registry takes no pull secret, so nobody signs in for it", 'leave auth out');
  if (hostOf(spec) === hostOf(target))
    return say(`auth host ${auth} is its own host`, 'auth names the registry of another host, which issues the tokens');
  if (target.auth !== undefined)
    return say(`auth host ${auth} has an auth host itself`, 'name the host that issues the tokens');
  return [];
}

function twinProblem(name: string, twin: string, registry: Registry, path: ModelPath): Problem {
  return {
    code: 'registry-duplicate',
    message: `registries ${twin} and ${name} are both ${registry.repository}`,
    path,
    hint: 'give one of them a longer path, or use one registry and two pull secrets with `for`',
  };
}
