import { hubFallbackKey, isHubName, normalizeKey, RegistryUrl } from '../docker-config/registry-key.js';
import { bytesOf } from '../go/byte-string.js';
import type { ImageReference } from '../image/image-reference.js';
import type { Access, PresetName, RegistrySpec } from './registry-presets.js';
import { presetRow } from './registry-table.js';

/**
 * A declared registry: a name for a host and a leading path.
 *
 * @example
 * ```ts
 * import { ImageReference, Registry } from 'cdk8s-image-pull/model';
 *
 * const ghcr = Registry.of('ghcr', { preset: 'ghcr', path: 'acme' });
 * const key = ghcr?.key; // ghcr.io/acme/
 * const holds = ghcr?.matches(ImageReference.parse('ghcr.io/acme-labs/web')); // false
 * ```
 */
export class Registry {
  readonly name: string;
  readonly preset: PresetName | undefined;
  readonly host: string;
  /** Without slashes at either end; empty for the whole host. */
  readonly path: string;
  readonly access: Access;
  /** The key of its entry in a docker config. */
  readonly key: string;
  /** Every host it answers to, the first being {@link host}. */
  readonly hosts: readonly string[];
  /** A user name that is the same for everybody, such as `AWS`. */
  readonly fixedUsername: string | undefined;
  /** The name of the registry of the host that issues its tokens, where that is another one. */
  readonly auth: string | undefined;
  readonly #hasOwnKey: boolean;
  readonly #spec: RegistrySpec;

  private constructor(name: string, spec: RegistrySpec, host: string) {
    const row = presetRow(spec.preset);
    this.name = name;
    this.preset = spec.preset;
    this.host = normalHost(host);
    this.path = spec.path ?? '';
    this.access = spec.access ?? (this.path === '' ? row?.access : undefined) ?? 'private';
    this.hosts = [this.host, ...(row?.hosts?.slice(1) ?? []), ...(spec.hosts ?? [])];
    this.#hasOwnKey = spec.key !== undefined;
    this.#spec = spec;
    this.key = spec.key ?? authsKey(this.host, this.path);
    this.fixedUsername = row?.username?.fixed;
    this.auth = spec.auth;
  }

  /** The registry of a spec that `check` accepts; undefined where no host follows from it. */
  static of(name: string, spec: RegistrySpec): Registry | undefined {
    const host = hostOf(spec);
    return typeof host === 'string' ? new Registry(name, spec, host) : undefined;
  }

  /** `host/path`, or the host alone. */
  get repository(): string {
    return this.path === '' ? this.host : `${this.host}/${this.path}`;
  }

  /**
   * The key of its entry in a docker config that containers/image reads, too: that of a node, which CRI-O reads, or one of a build. It
   * passes over a key that ends in a slash (pkg/docker/config), so a path goes without: to the kubelet it is then a plain prefix.
   */
  get segmentKey(): string {
    return this.#hasOwnKey || this.path === '' ? this.key : this.repository;
  }

  /** The same registry with the key that containers/image reads, too. */
  bySegments(): Registry {
    return new Registry(this.name, { ...this.#spec, key: this.segmentKey }, this.host);
  }

  /**
   * True if the kubelet would offer the entry of this registry to the image.
   *
   * @param onNode whether the entry is the one of a node's docker config
   */
  offersKeyTo(image: ImageReference, onNode = false): boolean {
    if (this.#hasOwnKey) return keyMatches(this.key, image);
    return onNode || this.path === '' || image.path !== this.path;
  }

  /** True if the image lies in this registry, by whole path segments. */
  matches(image: ImageReference): boolean {
    if (!this.hosts.includes(image.domain)) return false;
    return this.path === '' || image.path === this.path || image.path.startsWith(`${this.path}/`);
  }
}

/** The host that a spec says, or which key it lacks. */
export function hostOf(spec: RegistrySpec): string | { readonly missing: string } {
  if (spec.host !== undefined) return spec.host;
  const row = presetRow(spec.preset);
  if (spec.preset && !row) return { missing: 'a known preset' };
  return row?.hostOf?.(spec) ?? row?.hosts?.[0] ?? { missing: 'host' };
}

/** The two names that references normalise to docker.io. */
const hubHosts = new Set(['docker.io', 'index.docker.io']);

/** The kubelet looks every Docker Hub image up as `docker.io/...`. */
function normalHost(host: string): string {
  return hubHosts.has(host) ? 'docker.io' : host;
}

/**
 * The key to write. The kubelet compares paths as plain prefixes (pkg/credentialprovider/keyring.go, URLsMatch):
 * `quay.io/acme` would also match `quay.io/acme-labs`. A slash at the end makes it match whole segments. Docker,
 * BuildKit and go-containerregistry read such a key by its host; containers/image (podman, skopeo, CRI-O) skips it:
 * `key` of the registry is there for them. The whole of Docker Hub has the key that every reader knows; the kubelet
 * falls back to it when nothing under `docker.io` matches.
 */
function authsKey(host: string, path: string): string {
  if (path !== '') return `${host}/${path}/`;
  return host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}

/**
 * Registries by host and path: finds the registry of an image.
 *
 * @example
 * ```ts
 * import { ImageReference, Registry, RegistryIndex } from 'cdk8s-image-pull/model';
 *
 * const registries = ['acme', 'acme/tools'].flatMap((path) => Registry.of(path, { preset: 'ghcr', path }) ?? []);
 * const found = new RegistryIndex(registries).find(ImageReference.parse('ghcr.io/acme/tools/lint')); // acme/tools
 * ```
 */
export class RegistryIndex {
  readonly #byHost = new Map<string, Map<string, Registry>>();

  constructor(registries: Iterable<Registry>) {
    for (const registry of registries) for (const host of registry.hosts) this.#add(host, registry);
  }

  /** The declared registry with the longest path that the image lies in. */
  find(image: ImageReference): Registry | undefined {
    const byPath = this.#byHost.get(image.domain);
    if (!byPath) return undefined;
    for (let path = image.path; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      const registry = byPath.get(path);
      if (registry) return registry;
    }
    return byPath.get('');
  }

  #add(host: string, registry: Registry): void {
    const byPath = this.#byHost.get(host) ?? new Map<string, Registry>();
    this.#byHost.set(host, byPath);
    if (!byPath.has(registry.path)) byPath.set(registry.path, registry);
  }
}

/** True if the kubelet takes a key for an image, with its fallback for Docker Hub. */
function keyMatches(key: string, image: ImageReference): boolean {
  const normalized = normalizeKey(key);
  if (!('ringKey' in normalized)) return false;
  if (normalized.ringKey === hubFallbackKey && isHubName(image.name)) return true;
  const target = RegistryUrl.parse(bytesOf(image.name));
  return target !== undefined && RegistryUrl.parse(normalized.ringKey)?.covers(target) === true;
}
