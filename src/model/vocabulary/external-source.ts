import { type Distributed, originalOf } from './distributions.js';
import { type GeneratorKind, type GeneratorName, generatorKinds, generatorName } from './generators.js';
import { defaultSourceNamespace } from './picks.js';
import type { ExternalSourceSpec, PullSecretSpec } from './spec.js';

/** The one place of a cluster that reads the provider, with `fanOut: hub`. */
export interface Hub {
  readonly namespace: string;
  /** How often each namespace reads the hub. */
  readonly copyInterval: string;
}

/** A generator of a pull secret: its name, what is known of its kind, and its spec. */
export interface Generator extends GeneratorKind {
  readonly name: GeneratorName;
  readonly spec: object;
}

/** How often a provider is read where nothing else is said. */
export const defaultInterval = '1h0m0s';

/** The hub that a pull secret asks for; undefined where every namespace reads the provider. */
export function hubOf({ source }: Pick<PullSecretSpec, 'source'>): Hub | undefined {
  const { fanOut } = source.external ?? {};
  if (fanOut === undefined) return undefined;
  const { namespace = defaultSourceNamespace, refreshInterval } = fanOut === 'hub' ? {} : fanOut.hub;
  const copyInterval = refreshInterval ?? generatorOf({ source })?.copyInterval ?? defaultInterval;
  return { namespace, copyInterval };
}

/** The generator that a pull secret reads; undefined with a store. */
export function generatorOf({ source }: Pick<PullSecretSpec, 'source'>): Generator | undefined {
  const spec = source.external?.generator;
  const name = spec && generatorName(spec);
  return name && { ...generatorKinds[name], name, spec: spec[name] ?? {} };
}

/** How often the store or generator is read. */
export function refreshIntervalOf(external: ExternalSourceSpec): string {
  return external.refreshInterval ?? generatorOf({ source: { external } })?.refreshInterval ?? defaultInterval;
}

/** True where a source needs objects of its own, once per cluster: a generator, a hub. */
export function hasSourceObjects(spec: Pick<PullSecretSpec, 'source'>): boolean {
  return hubOf(spec) !== undefined || generatorOf(spec) !== undefined;
}

/** An object that a source needs once per cluster; its name is that of the pull secret's source. */
export interface SourceObject {
  readonly kind: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace: string | undefined;
}

/** A pull secret's source, and where it is read once. */
interface Sourced extends Distributed {
  readonly spec: Pick<PullSecretSpec, 'source'>;
}

/** Kinds in the namespace of a hub. */
const hubKinds = ['ExternalSecret', 'ServiceAccount', 'Role', 'RoleBinding'];

/**
 * What the source of a pull secret needs once per cluster. Any ExternalSecret of any namespace may name a
 * ClusterGenerator (external-secrets#6955), so there is one only where every namespace reads it; where one namespace
 * does, the generator is in that one.
 */
export function sourceObjectsOf(pullSecret: Sourced): SourceObject[] {
  const hub = hubOf(pullSecret.spec);
  const generator = generatorOf(pullSecret.spec);
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
