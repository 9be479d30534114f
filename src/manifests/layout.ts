import path from 'node:path';
import { compareText } from '../model/names/names.js';
import { kustomizationNames } from '../model/topology/repository-path.js';
import type { RepositoryView } from '../model/topology/repository-view.js';
import { headerPrefix } from '../output/header.js';
import { enginesIn } from './applying-objects.js';
import { isManifestName } from './file-pattern.js';

/** The folders of a repository that are more than folders of manifests. Sorted, the shallow ones first. */
export interface Layout {
  /** Those with a kustomization that somebody else wrote. */
  readonly kustomizations: readonly string[];
  /** Those with a chart that is no part of another one. */
  readonly charts: readonly string[];
  /** Those with objects of Argo CD that apply something, in files or in templates of a chart. */
  readonly argocd: readonly GitopsFolder[];
  /** Those with objects of Flux that apply something. */
  readonly flux: readonly GitopsFolder[];
  /** Those that are called like a cluster, such as `clusters/prod`, and hold manifests. */
  readonly clusters: readonly string[];
}

/** A folder with GitOps objects, and the files that they stand in. */
export interface GitopsFolder {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Looks through a folder of a repository. */
export function layoutOf(view: RepositoryView, folder: string): Layout {
  const below = folder === '.' ? '**' : `${folder}/**`;
  const files = view.files(below);
  const folders = new Set(files.map((file) => path.posix.dirname(file)));
  const has = (names: readonly string[], at: string) => names.some((name) => view.isFile(path.posix.join(at, name)));
  const allCharts = [...folders].filter((at) => has(['Chart.yaml'], at));
  const charts = allCharts.filter((at) => !allCharts.some((other) => at.startsWith(`${other}/`)));
  const argocd = new Map<string, string[]>();
  const flux = new Map<string, string[]>();
  const kustomizations = new Set<string>();
  const clusters = new Set<string>();
  for (const file of files) {
    const at = path.posix.dirname(file);
    const name = path.posix.basename(file);
    if (!isManifestName(file) && name !== 'Kustomization') continue;
    const text = view.read(file) ?? '';
    if (text.startsWith(headerPrefix)) continue;
    const cluster = folderOfCluster(at);
    if (cluster !== undefined) clusters.add(cluster);
    if ((kustomizationNames as readonly string[]).includes(name)) {
      kustomizations.add(at);
      continue;
    }
    const chart = charts.find((each) => file.startsWith(`${each}/templates/`));
    const engines = enginesIn({ file, text });
    if (engines.has('flux') && chart === undefined) note(flux, at, file);
    if (engines.has('argocd')) note(argocd, chart ?? at, file);
  }
  return {
    kustomizations: sorted(kustomizations),
    charts: sorted(charts),
    argocd: gitopsFolders(argocd),
    flux: gitopsFolders(flux),
    clusters: sorted(clusters),
  };
}

/** The folder of a cluster that a path leads through, such as `clusters/prod`. */
export function folderOfCluster(file: string): string | undefined {
  return /^(?:.*?\/)?clusters\/[^/]+/.exec(file)?.[0];
}

function note(folders: Map<string, string[]>, folder: string, file: string): void {
  folders.set(folder, [...(folders.get(folder) ?? []), file]);
}

function gitopsFolders(folders: ReadonlyMap<string, readonly string[]>): GitopsFolder[] {
  return sorted(folders.keys()).map((folder) => ({ folder, files: folders.get(folder) ?? [] }));
}

function sorted(folders: Iterable<string>): string[] {
  const depth = (folder: string) => (folder === '.' ? 0 : folder.split('/').length);
  return [...folders].sort((a, b) => depth(a) - depth(b) || compareText(a, b));
}
