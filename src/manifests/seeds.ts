import path from 'node:path';
import type { ManifestSource } from '../model/inventory/workload.js';
import { At } from '../model/problem/at.js';
import type { Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import type { Destination } from '../model/topology/applied.js';
import { detectedType, isKustomization } from '../model/topology/argocd/source-type.js';
import type { Rendering } from '../model/topology/rendering.js';
import type { RepositoryView } from '../model/topology/repository-view.js';
import type { RenderedEntry } from '../model/vocabulary/workloads.js';
import type { HelmWorkloads, KustomizeWorkloads } from '../model/vocabulary/workloads-spec.js';
import type { RepositoryPaths } from './repository-paths.js';

/** A rendering that an entry asks for itself. */
export interface Seed {
  readonly rendering: Rendering;
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  readonly source?: ManifestSource;
  /** @default - whatever cluster the entry is for */
  readonly destination?: Destination;
}

/** The renderings that entries ask for, and what is wrong with these. */
export interface Seeds {
  readonly seeds: readonly Seed[];
  readonly problems: readonly Problem[];
}

/** Kinds of the folders of a repository, and which others their kustomizations include. */
export interface SeedContext {
  readonly paths: RepositoryPaths;
  readonly view: RepositoryView;
  /** The folders that the kustomization of a folder includes, itself not among them. */
  readonly includedBy: (folder: string) => readonly string[];
  /** Whether a folder is only ever included by others. */
  readonly isComponent: (folder: string) => boolean;
}

/** Renderings that entries ask for. Their paths are relative to the config, those of renderings to the repository. */
export function seedsOf(entries: readonly RenderedEntry[], context: SeedContext): Seeds {
  const seeds: Seed[] = [];
  const problems: Problem[] = [];
  for (const entry of entries) {
    const found = seedsOfEntry(entry, context);
    if (Array.isArray(found)) seeds.push(...found);
    else problems.push(found);
  }
  return { seeds, problems };
}

function seedsOfEntry(entry: RenderedEntry, context: SeedContext): Seed[] | Problem {
  if ('kustomize' in entry) return kustomizeSeeds(entry, context);
  if ('helm' in entry) return helmSeeds(entry, context);
  const [engine, text] = 'argocd' in entry ? (['argocd', entry.argocd] as const) : (['flux', entry.flux] as const);
  const folder = context.paths.inRepository(text);
  if (folder === undefined) return outside(engine, text);
  if (!context.view.isFolder(folder)) return nothing(engine, text);
  if (engine === 'flux') return [{ rendering: { by: 'kustomize', folder, isFlux: true } }];
  return argocdSeeds(folder, context.view);
}

/** A folder of objects with those below it, as far as nothing has to be rendered there: of the cluster of Argo CD. */
function argocdSeeds(folder: string, view: RepositoryView): Seed[] {
  const rendering = argocdRendering(folder, view);
  if (rendering.by !== 'plain') return [{ rendering, destination: {} }];
  const below = view.folders(folder === '.' ? '**' : `${folder}/**`);
  const bases = below.filter((each) => argocdRendering(each, view).by !== 'plain');
  const plain = below.filter((each) => !bases.some((base) => each === base || each.startsWith(`${base}/`)));
  return [folder, ...plain].map((each) => ({
    rendering: { by: 'plain', folder: each, recurse: false },
    destination: {},
  }));
}

/** As Argo CD tells by what lies in a folder. */
function argocdRendering(folder: string, view: RepositoryView): Rendering {
  switch (detectedType(view, folder)) {
    case 'kustomize':
      return { by: 'kustomize', folder };
    case 'helm':
      return {
        ...{ by: 'helm', chart: { folder }, release: path.posix.basename(folder), namespace: 'argocd' },
        ...{ values: [], includeCrds: true },
      };
    case 'directory':
      return { by: 'plain', folder, recurse: false };
  }
}

function kustomizeSeeds({ kustomize: text, namespace }: KustomizeWorkloads, context: SeedContext): Seed[] | Problem {
  const pattern = context.paths.inRepository(text);
  if (pattern === undefined) return outside('kustomize', text);
  const matches = context.view.folders(pattern).filter((folder) => isKustomization(context.view, folder));
  if (matches.length === 0) return nothing('kustomize', text);
  const included = new Set(matches.length === 1 ? [] : matches.flatMap((folder) => context.includedBy(folder)));
  return matches
    .filter((folder) => matches.length === 1 || !(included.has(folder) || context.isComponent(folder)))
    .map((folder) => ({
      rendering: { by: 'kustomize', folder },
      ...(namespace !== undefined && { namespace }),
      source: { from: context.paths.fromBase(folder) },
    }));
}

function helmSeeds(entry: HelmWorkloads, context: SeedContext): Seed[] | Problem {
  const { helm: text, release, namespace, values = [], set = {} } = entry;
  const folder = context.paths.inRepository(text);
  if (folder === undefined) return outside('helm', text);
  if (!context.view.isFolder(folder)) return nothing('helm', text);
  const files: { readonly file: string }[] = [];
  for (const each of values) {
    const file = context.paths.inRepository(each);
    if (file === undefined) return outside('values', each);
    if (!context.view.isFile(file)) return nothing('values', each);
    files.push({ file });
  }
  return [
    {
      rendering: {
        by: 'helm',
        chart: { folder },
        release,
        namespace,
        values: files,
        set: Object.entries(set).map(([key, value]) => ({
          flag: '--set',
          text: `${key}=${value.replace(/[\\,]/g, '\\$&')}`,
        })),
        includeCrds: true,
      },
      namespace,
      source: { from: context.paths.fromBase(folder) },
    },
  ];
}

function nothing(what: string, text: string): Problem {
  return At.of().find(
    'no-manifests',
    words`workloads: ${what}: ${text} is nothing that can be read so`,
    words`${hints[what] ?? 'name a folder, relative to the config'}`,
  );
}

const hints: Readonly<Record<string, string>> = {
  kustomize: 'name a folder with a kustomization.yaml, or a glob of such folders, relative to the config',
  helm: 'name the folder of a chart, relative to the config',
  values: 'name a file, relative to the config',
};

function outside(what: string, text: string): Problem {
  return At.of().find(
    'no-manifests',
    words`workloads: ${what}: ${text} lies outside of the repository, from which nothing is rendered`,
    'render it by hand, and list { rendered: … }',
  );
}
