import { RegistryUrl } from '../docker-config/registry-key.js';
import { bytesOf } from '../go/byte-string.js';
import type { ImageReference } from '../image/image-reference.js';
import type { Registry } from '../registry/registry.js';
import type { CredentialProviderSpec, NodesSpec } from './nodes-spec.js';

/** Credentials that every node has of its own. */
export class Nodes {
  /** Those in its docker config. */
  readonly registries: readonly Registry[];
  readonly #providers: readonly { readonly name: string; readonly patterns: readonly RegistryUrl[] }[];

  constructor({ registries = [], providers = [] }: NodesSpec, known: ReadonlyMap<string, Registry>) {
    this.registries = registries.flatMap((name) => known.get(name) ?? []);
    this.#providers = providers.map(({ name, matchImages }) => ({ name, patterns: patternsOf(matchImages) }));
  }

  /** Whether there are any. */
  get isAny(): boolean {
    return this.registries.length + this.#providers.length > 0;
  }

  /**
   * The names of the credential providers that are asked for an image, in their order. Kubernetes 1.37,
   * pkg/credentialprovider/plugin/plugin.go, isImageAllowed.
   */
  providersOf(image: ImageReference): readonly string[] {
    if (this.#providers.length === 0) return [];
    const target = RegistryUrl.parse(bytesOf(image.name));
    if (!target) return [];
    return this.#providers.flatMap(({ name, patterns }) =>
      patterns.some((pattern) => pattern.covers(target)) ? name : [],
    );
  }

  /** Whether an image is pulled with what the nodes have. */
  open(image: ImageReference): boolean {
    return this.registries.some((registry) => registry.matches(image)) || this.providersOf(image).length > 0;
  }
}

/** The patterns that Go parses; the kubelet refuses a configuration with another one. */
function patternsOf(matchImages: CredentialProviderSpec['matchImages']): RegistryUrl[] {
  return matchImages.flatMap((each) => RegistryUrl.parse(bytesOf(each)) ?? []);
}
