import { existsSync } from 'node:fs';
import path from 'node:path';
import { sortedUnique } from '../model/names/names.js';
import type { Problem } from '../model/problem/problem.js';
import type { KnownCluster } from '../model/topology/known-cluster.js';
import { kustomizationNames } from '../model/topology/repository-path.js';
import { sameRepository } from '../model/topology/repository-url.js';
import { isCheckedOut } from '../model/topology/revision.js';
import type { RenderersSpec } from '../model/vocabulary/spec.js';
import type { RenderedEntry } from '../model/vocabulary/workloads.js';
import { headerPrefix } from '../output/header.js';
import { slashed } from './file-pattern.js';
import { type ClusterCapabilities, follow } from './follow.js';
import { type Made, nothingMade } from './made.js';
import { originOf } from './origin.js';
import { renderCacheFolder } from './render/render-cache.js';
import { Renderer, type RendererOptions } from './render/renderer.js';
import { RepositoryFiles } from './render/repository-files.js';
import { RepositoryOnDisk } from './repository-on-disk.js';
import { RepositoryPaths } from './repository-paths.js';
import { seedsOf } from './seeds.js';

/** Things from outside that making manifests takes. */
export interface Workshop {
  /** The variables that say where programs and caches are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Hears how many renderings are done, of how many. @default - nobody does */
  readonly progress?: (done: number, of: number) => void;
  /** The folders by which what was rendered is kept. @default - those of config and repository */
  readonly keptIn?: readonly string[];
  /** Takes what is to be done before a signal ends the run. @default - programs that run then end by themselves */
  readonly interrupted?: (stop: () => void) => () => void;
}

/** Parts of a config that say how manifests are made. */
export interface MakeOptions extends Workshop {
  /** The folder of the config. */
  readonly base: string;
  readonly charts?: string;
  readonly renderers?: RenderersSpec;
  readonly repositories?: Readonly<Record<string, string>>;
  readonly branches?: readonly string[];
  /** The clusters that Argo CD knows. @default - nobody says */
  readonly knownClusters?: readonly KnownCluster[];
}

/**
 * Makes the manifests that entries of workloads lead to; each rendering is made once, however many entries lead to it.
 */
export class ManifestMaker {
  readonly #paths: RepositoryPaths;
  /** The repository as topology asks about it. */
  readonly view: RepositoryOnDisk;
  readonly #renderer: Renderer;
  readonly #clusters: readonly KnownCluster[];
  readonly #foreign = new Set<string>();
  /** Further URLs of this repository. */
  readonly #own: string[] = [];
  /** The branches that somebody asked for, and that are read. */
  readonly #branches = new Set<string>();
  /** Looked for once, however many entries are asked about. */
  #kustomizations: readonly string[] | undefined;
  readonly #made = new Map<string, Promise<Made>>();

  constructor(options: MakeOptions) {
    const { base, repositories = {}, branches = [], knownClusters = [], environment, progress, keptIn } = options;
    this.#clusters = knownClusters;
    this.#paths = new RepositoryPaths(base);
    const files = new RepositoryFiles(this.#paths.root, this.#paths.base);
    const isRead = (revision: string) => {
      const isIt = isCheckedOut(revision, branches);
      if (isIt && !isCheckedOut(revision, [])) this.#branches.add(revision);
      return isIt;
    };
    this.view = new RepositoryOnDisk(files, { pathOfUrl: this.#urls(repositories), isRead });
    this.#renderer = new Renderer({
      ...rendererOptions(options),
      files,
      cache: renderCacheFolder(keptIn ?? [this.#paths.base, this.#paths.root], environment),
      ...(progress && { progress }),
    });
  }

  /**
   * All that these entries lead to, on whatever cluster. Capabilities that are the same without a destination are the
   * same.
   */
  async make(entries: readonly RenderedEntry[], capabilities: ClusterCapabilities = () => ({})): Promise<Made> {
    if (entries.length === 0) return nothingMade;
    const key = JSON.stringify([entries, capabilities()]);
    const known = this.#made.get(key) ?? this.#follow(entries, capabilities);
    this.#made.set(key, known);
    return known;
  }

  async #follow(entries: readonly RenderedEntry[], capabilities: ClusterCapabilities): Promise<Made> {
    const context = {
      capabilities,
      clusters: this.#clusters,
      paths: this.#paths,
      view: this.view,
      isComponent: (folder: string) => this.isComponent(folder),
      includedBy: (folder: string) => this.#renderer.includedBy(folder),
      render: this.#renderer.render.bind(this.#renderer),
    };
    const { seeds, problems } = seedsOf(entries, context);
    const made = await follow(seeds, context);
    return { ...made, idle: () => this.#idle(made.reached), problems: [...problems, ...made.problems] };
  }

  /** The kustomizations of the repository that nothing leads to; output is none. */
  #idle(reached: ReadonlySet<string>): string[] {
    this.#kustomizations ??= this.#lookForKustomizations();
    const idle = this.#kustomizations.filter((file) => !reached.has(this.at(path.posix.dirname(file))));
    const others = idle.filter((file) => this.view.read(file)?.startsWith(headerPrefix) !== true);
    return sortedUnique(others.map((file) => path.posix.dirname(file))).map((each) => this.fromBase(each));
  }

  #lookForKustomizations(): readonly string[] {
    const names: ReadonlySet<string> = new Set(kustomizationNames);
    return this.view.files('**').filter((file) => names.has(path.posix.basename(file)));
  }

  /** The absolute path of a folder of the repository. */
  at(folder: string): string {
    return this.#paths.at(folder);
  }

  /** A path of the repository as one of the config. */
  fromBase(folder: string): string {
    return this.#paths.fromBase(folder);
  }

  /** An entry whose path is one of the repository, as the config has it. */
  entryFromBase(entry: RenderedEntry): RenderedEntry {
    if ('argocd' in entry) return { argocd: this.fromBase(entry.argocd) };
    if ('flux' in entry) return { flux: this.fromBase(entry.flux) };
    return 'kustomize' in entry
      ? { ...entry, kustomize: this.fromBase(entry.kustomize) }
      : { ...entry, helm: this.fromBase(entry.helm) };
  }

  /** Whether a folder is only ever included by others. */
  isComponent(folder: string): boolean {
    return this.#renderer.isComponent(folder);
  }

  /** A path of the config as one of the repository; undefined outside of it. */
  inRepository(text: string): string | undefined {
    return this.#paths.inRepository(text);
  }

  /**
   * Why kustomize cannot build a folder of the repository that has a chart beside its kustomization: a plugin renders the one
   * into a file that the other names. Any other folder that cannot be built is for people to mend.
   */
  brokenBy(folder: string): Problem | undefined {
    const isWithChart = this.view.isFile(path.posix.join(folder, 'Chart.yaml'));
    return isWithChart ? this.#renderer.brokenBy(folder) : undefined;
  }

  /** The folders that the kustomization of a folder includes. */
  includedBy(folder: string): readonly string[] {
    return this.#renderer.includedBy(folder);
  }

  /** URLs of other repositories that may be this one, by another name or in a fork. */
  ownUrls(): readonly string[] {
    const [only, second] = this.#foreign;
    const origin = originOf(this.#paths.root);
    if (only === undefined) return [];
    if (origin !== undefined) return [...this.#foreign].filter((url) => lastOf(url) === lastOf(origin));
    return second === undefined ? [only] : [];
  }

  /** Takes URLs for this repository; what was made before is made anew. */
  takeForOwn(urls: readonly string[]): void {
    this.#own.push(...urls);
    this.#made.clear();
  }

  /** The branches by which objects name what is read, those that need no mention left out. */
  namedBranches(): readonly string[] {
    return sortedUnique([...this.#branches].map((each) => each.replace(/^refs\/heads\//, '')));
  }

  /** The folder of this repository that a Git URL stands for: what the config says, else the remote `origin`. */
  #urls(repositories: Readonly<Record<string, string>>): (url: string) => string | undefined {
    const origin = originOf(this.#paths.root);
    return (url) => {
      const named = Object.entries(repositories).find(([each]) => each === url || sameRepository(each, url));
      if (named) return slashed(path.relative(this.#paths.root, path.resolve(this.#paths.base, named[1]))) || '.';
      if ([origin ?? '', ...this.#own].some((each) => sameRepository(each, url))) return '.';
      // An object without a URL names no other repository.
      if (url !== '') this.#foreign.add(url);
      return undefined;
    };
  }
}

/** The folder where `helm pull` puts charts of others by the lines that `charts` prints, where there is one. */
export function vendoredCharts(base: string): string | undefined {
  return existsSync(path.join(base, 'vendor/charts')) ? 'vendor/charts' : undefined;
}

/** How a config renders, without a cache. */
export function rendererOptions({ base, charts, renderers, environment, interrupted }: MakeOptions): RendererOptions {
  const paths = new RepositoryPaths(base);
  return {
    ...{ base: paths.base, root: paths.root, environment },
    ...(charts !== undefined && { charts: paths.inRepository(charts) ?? charts }),
    ...(renderers && { pins: renderers }),
    ...(interrupted && { interrupted }),
  };
}

/** The name of a repository in its URL. */
function lastOf(url: string): string {
  return /([^/:]+?)(?:\.git)?\/*$/.exec(url)?.[1]?.toLowerCase() ?? url;
}
