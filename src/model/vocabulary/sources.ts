import { Ciphertexts } from '../sealing/ciphertexts.js';
import type { SealedSecretCiphertext } from '../sealing/sealed-secret.js';
import type { SealingScope } from '../sealing/sealing-scope.js';
import type { SopsCiphertext } from '../sealing/sops-secret.js';
import { type Distributed, originalOf } from './distributions.js';
import { type GeneratorKind, type GeneratorName, generatorKinds, generatorName } from './generators.js';
import { defaultSourceNamespace } from './picks.js';
import type { ExternalSourceSpec, PlaintextSourceSpec, PullSecretSpec, SourceSpec } from './spec.js';

/** The names of all sources. */
export const sourceNames = ['existing', 'external', 'sealed', 'sops', 'plaintext'] as const;

export type SourceName = (typeof sourceNames)[number];

/** Where the value of a pull secret comes from, options filled in. */
export type Source =
  | { readonly name: 'existing' }
  | SealedSource
  | SopsSource
  | { readonly name: 'plaintext'; readonly plaintext: PlaintextSourceSpec }
  | ExternalSource;

/** SealedSecrets, and where they can be opened. */
export interface SealedSource {
  readonly name: 'sealed';
  readonly scope: SealingScope;
  readonly ciphertexts: Ciphertexts;
}

/** Secrets that SOPS encrypted. */
export interface SopsSource {
  readonly name: 'sops';
  readonly ciphertexts: Ciphertexts;
}

/** Place that an ExternalSecret reads, and how often. */
export interface ExternalSource {
  readonly name: 'external';
  readonly from: Store | Generator;
  /** How often the provider is read. */
  readonly refreshInterval: string;
  readonly email: string | undefined;
  /** Undefined where every namespace reads the provider. */
  readonly hub: Hub | undefined;
}

/** A store of External Secrets, and where the values are in it. */
export interface Store {
  readonly store: string;
  readonly storeKind: 'ClusterSecretStore' | 'SecretStore';
  /** The remote key of all registries; undefined where each has its own. */
  readonly key: string | undefined;
  readonly keys: Readonly<Record<string, string>>;
  readonly properties: { readonly username: string; readonly password: string };
  /** A user name that is not read from the store. */
  readonly username: string | undefined;
}

/** The one place of a cluster that reads the provider, with `fanOut: hub`. */
export interface Hub {
  readonly namespace: string;
  /** How often each namespace reads the hub. */
  readonly copyInterval: string;
}

/** A generator of a pull secret: its name, what is known of its kind, and its spec. */
export interface Generator extends GeneratorKind {
  readonly generator: GeneratorName;
  readonly spec: object;
}

/** How often a provider is read where nothing else is said. */
export const defaultInterval = '1h0m0s';

/** The one source that a spec names. */
export function sourceName({ source }: Partial<Pick<PullSecretSpec, 'source'>>): SourceName | undefined {
  return sourceNames.find((name) => source?.[name] !== undefined);
}

/** Fills in what a source leaves out. */
export function resolvedSource(spec: SourceSpec): Source {
  const name = sourceName({ source: spec }) ?? 'existing';
  if (name === 'external') return externalSource(spec.external ?? {});
  const ciphertexts = spec.sealed?.ciphertexts ?? spec.sops?.ciphertexts ?? none;
  if (name === 'sealed') return { name, scope: spec.sealed?.scope ?? 'strict', ciphertexts };
  if (name === 'sops') return { name, ciphertexts };
  return name === 'plaintext' ? { name, plaintext: spec.plaintext ?? {} } : { name };
}

const none = Ciphertexts.of({});

/** The source of a pull secret, where it is ciphertext kept in Git. */
export function ciphertextSourceOf({ source }: { readonly source: Source }): SealedSource | SopsSource | undefined {
  return source.name === 'sealed' || source.name === 'sops' ? source : undefined;
}

/** The SealedSecret that is kept for a namespace; undefined where there is none. */
export function sealedIn(source: Source, cluster: string, namespace: string): SealedSecretCiphertext | undefined {
  const found = source.name === 'sealed' ? source.ciphertexts.find(cluster, namespace) : undefined;
  return found && 'ciphertext' in found && found.ciphertext.source === 'sealed' ? found.ciphertext : undefined;
}

/** The Secret that SOPS encrypted and that is kept for a namespace; undefined where there is none. */
export function sopsIn(source: Source, cluster: string, namespace: string): SopsCiphertext | undefined {
  const found = source.name === 'sops' ? source.ciphertexts.find(cluster, namespace) : undefined;
  return found && 'ciphertext' in found && found.ciphertext.source === 'sops' ? found.ciphertext : undefined;
}

/** Fills in what an external source leaves out. */
export function externalSource(spec: ExternalSourceSpec): ExternalSource {
  const from = generatorIn(spec) ?? storeIn(spec);
  const { refreshInterval = defaultInterval, copyInterval = defaultInterval } = 'generator' in from ? from : {};
  return {
    name: 'external',
    from,
    refreshInterval: spec.refreshInterval ?? refreshInterval,
    email: spec.email,
    hub: hubIn(spec, copyInterval),
  };
}

function generatorIn({ generator: spec }: ExternalSourceSpec): Generator | undefined {
  const generator = spec && generatorName(spec);
  return generator && { ...generatorKinds[generator], generator, spec: spec[generator] ?? {} };
}

function storeIn({ store = '', storeKind = 'ClusterSecretStore', ...spec }: ExternalSourceSpec): Store {
  const { key, keys = {}, username } = spec;
  const properties = { username: 'username', password: 'password', ...spec.properties };
  return { store, storeKind, key, keys, properties, username };
}

function hubIn({ fanOut }: ExternalSourceSpec, interval: string): Hub | undefined {
  if (fanOut === undefined) return undefined;
  const { namespace = defaultSourceNamespace, refreshInterval = interval } = fanOut === 'hub' ? {} : fanOut.hub;
  return { namespace, copyInterval: refreshInterval };
}

/** A pull secret with its source. */
interface Sourced {
  readonly source: Source;
}

/** The external source of a pull secret. Throws with another: it has no ExternalSecret. */
export function externalOf({ source }: Sourced): ExternalSource {
  if (source.name !== 'external') throw new RangeError(`source ${source.name} makes no ExternalSecret`);
  return source;
}

/** Gives what a plaintext source holds. Throws with another: it has no value. */
export function plaintextOf({ source }: Sourced): PlaintextSourceSpec {
  if (source.name !== 'plaintext') throw new RangeError(`source ${source.name} holds no value`);
  return source.plaintext;
}

/** The hub of a pull secret; undefined where every namespace reads the provider, and with another source. */
export function hubOf({ source }: Sourced): Hub | undefined {
  return source.name === 'external' ? source.hub : undefined;
}

/** The generator that a pull secret reads; undefined with a store, and with another source. */
export function generatorOf({ source }: Sourced): Generator | undefined {
  return source.name === 'external' && 'generator' in source.from ? source.from : undefined;
}

/** True where a source needs objects of its own, once per cluster: a generator, a hub. */
export function hasSourceObjects(pullSecret: Sourced): boolean {
  return hubOf(pullSecret) !== undefined || generatorOf(pullSecret) !== undefined;
}

/** An object that a source needs once per cluster; its name is that of the pull secret's source. */
export interface SourceObject {
  readonly kind: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace: string | undefined;
}

/** Kinds in the namespace of a hub. */
const hubKinds = ['ExternalSecret', 'ServiceAccount', 'Role', 'RoleBinding'];

/**
 * Kinds of objects that the source of a pull secret needs once per cluster. Any ExternalSecret of any namespace may
 * name a ClusterGenerator (external-secrets#6955), so there is one only where every namespace reads it; where one
 * namespace does, the generator is in that one.
 */
export function sourceObjectsOf(pullSecret: Sourced & Distributed): SourceObject[] {
  const hub = hubOf(pullSecret);
  const generator = generatorOf(pullSecret);
  const namespace = hub?.namespace ?? originalOf(pullSecret);
  return [
    ...(generator ? [{ kind: namespace === undefined ? 'ClusterGenerator' : generator.kind, namespace }] : []),
    ...(hub ? hubKinds.map((kind) => ({ kind, namespace })) : []),
    ...(hub ? [{ kind: 'ClusterSecretStore', namespace: undefined }] : []),
  ];
}

/** The Secrets and service accounts that a generator refers to, as messages name them; sorted. */
export function referencesOf({ spec }: Generator): string[] {
  return [...new Set(references(spec))].sort();
}

function references(value: unknown, key = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('name' in value && typeof value.name === 'string')
    return [`${key === 'serviceAccountRef' ? 'service account' : 'Secret'} ${value.name}`];
  return Object.entries(value).flatMap(([each, inner]) => references(inner, each));
}
