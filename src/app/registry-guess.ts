import { ImageReference } from '../model/image/image-reference.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { compareText } from '../model/names/names.js';
import { importsOf } from '../model/needs/image-streams.js';
import { InternalImages } from '../model/needs/internal-images.js';
import { isPublicOrganisation } from '../model/registry/public-organisations.js';
import { hostOf } from '../model/registry/registry.js';
import type { Access, RegistrySpec } from '../model/registry/registry-presets.js';
import { recognise } from '../model/registry/registry-table.js';
import { clusterModel } from '../model/vocabulary/cluster.js';

/** A registry that images suggest. */
export interface RegistryGuess {
  readonly name: string;
  readonly spec: RegistrySpec;
  readonly access: Access;
  /** `ghcr.io/acme`. */
  readonly repository: string;
  /** How many different images lie in it. */
  readonly images: number;
}

/** Every image that pods pull, image streams import, or values of charts name; streams followed to where they lead. */
function imagesOf(inventory: Inventory): string[] {
  // Without image streams this reads as on Kubernetes.
  const openshift = clusterModel({ version: 1, clusters: { any: { openshift: '4' } } }, 'any');
  const internal = new InternalImages(inventory, openshift);
  const pulled = inventory.workloads.flatMap((workload) =>
    workload.images.flatMap((image) => {
      const meaning = internal.meaningOf(workload, workload.namespace ?? '', image);
      if ('reference' in meaning) return [meaning.reference];
      return meaning.origins.flatMap((origin) => ('image' in origin ? [origin.image] : []));
    }),
  );
  const inValues = inventory.unseen.flatMap((each) => {
    if (each.is === 'unused template') return each.images;
    return each.is === 'stand-in' ? each.images.flatMap(({ image, isNamed }) => (isNamed ? image : [])) : [];
  });
  const imported = inventory.imageStreams.flatMap((stream) => importsOf(stream).map(({ name }) => name));
  return [...pulled, ...imported, ...inValues];
}

/** Images that lie in one registry. */
interface Group {
  readonly host: string;
  readonly path: string | undefined;
  readonly spec: RegistrySpec;
  readonly images: Set<string>;
}

/** Registries and names that are there already when registries are guessed. */
export interface GuessContext {
  /** Whether an image lies in a registry that has its name. @default - none does */
  readonly isKnown?: (reference: ImageReference) => boolean;
  /** Names that are taken. @default - none */
  readonly taken?: readonly string[];
}

/** The registries of all images that can be read, by how many images they hold. */
export function guessRegistries(inventories: readonly Inventory[], context: GuessContext = {}): RegistryGuess[] {
  const { isKnown = () => false, taken = [] } = context;
  const groups = new Map<string, Group>();
  for (const image of new Set(inventories.flatMap(imagesOf))) {
    const reference = ImageReference.tryParse(image);
    if ('error' in reference || isKnown(reference)) continue;
    const { domain: host } = reference;
    const isShared = recognise(host)?.row.isShared === true;
    const path = isShared && reference.path.includes('/') ? reference.path.split('/')[0] : undefined;
    const isPublic = path !== undefined && isPublicOrganisation(host, path);
    const spec: RegistrySpec = {
      ...specOf(host),
      ...(path !== undefined && { path }),
      ...(isPublic && { access: 'public' }),
    };
    // Two hosts may be names of one registry.
    const key = JSON.stringify(spec);
    const group = groups.get(key) ?? { host, path, spec, images: new Set<string>() };
    group.images.add(image);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort(
    (a, b) => b.images.size - a.images.size || compareText(repositoryOf(a), repositoryOf(b)),
  );
  const onHost = new Map<string, number>();
  for (const { host } of sorted) onHost.set(host, (onHost.get(host) ?? 0) + 1);
  const names = new Set<string>(taken);
  return sorted.map((group) => guess(group, onHost.get(group.host) !== 1, names));
}

/** The shortest spec of a whole host that a check accepts. */
function specOf(host: string): RegistrySpec {
  const { row, options } = recognise(host) ?? {};
  if (!row?.preset) return { host, ...(row?.access && { access: row.access }) };
  const spec = { preset: row.preset, ...options };
  return row.hosts?.includes(host) || hostOf(spec) === host ? spec : { preset: row.preset, host };
}

function guess({ host, path, spec, images }: Group, several: boolean, names: Set<string>): RegistryGuess {
  const known = recognise(host);
  const wanted = known
    ? [known.row.name, ...Object.values(known.options).slice(-1)].join('-')
    : (host.replace(/^(registry|docker|images?)\./, '').split(/[.:]/)[0] ?? '');
  return {
    name: uniqueName(several && path !== undefined ? `${wanted}-${path}` : wanted, names),
    spec,
    access: spec.access ?? known?.row.access ?? 'private',
    repository: repositoryOf({ host, path }),
    images: images.size,
  };
}

function repositoryOf({ host, path }: Pick<Group, 'host' | 'path'>): string {
  return path === undefined ? host : `${host}/${path}`;
}

/** A name that `check` accepts, that YAML reads as text, and that no other registry has. */
function uniqueName(wanted: string, names: Set<string>): string {
  const letters = wanted
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const plain = /^[a-z]/.test(letters) && !yamlWords.has(letters) ? letters : `registry-${letters}`.replace(/-$/, '');
  let name = plain;
  for (let count = 2; names.has(name); count++) name = `${plain}-${count}`;
  names.add(name);
  return name;
}

/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const yamlWords: ReadonlySet<string> = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);
