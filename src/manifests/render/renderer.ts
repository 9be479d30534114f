import { availableParallelism } from 'node:os';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import type { HelmTemplate, Rendering } from '../../model/topology/rendering.js';
import type { RenderersSpec } from '../../model/vocabulary/coverage-spec.js';
import { inParallel } from '../../run/in-parallel.js';
import { runProgram } from '../../run/run-program.js';
import { textOf } from '../../yaml/text.js';
import { toYamlDocuments } from '../../yaml/yaml.js';
import type { ChartStore } from './chart-store.js';
import { emptyProblem, failureProblem } from './failure.js';
import { KustomizationGraphs } from './kustomization-graph.js';
import { prepareKustomizeBuild } from './kustomize-build.js';
import type { MissingChart, Outcome } from './outcome.js';
import { preparePlainFolder } from './plain-folder.js';
import type { Finished, Prepared, RendererCall } from './prepared.js';
import { RenderCache } from './render-cache.js';
import { type FoundRenderer, findRenderer, type RendererName, rendererEnvironment } from './renderers.js';
import { RepositoryFiles } from './repository-files.js';
import { Scratch } from './scratch.js';
import { secretTexts, secretTextsIn } from './secret-texts.js';

/** How renderings are made. */
export interface RendererOptions {
  /** The folder that paths in messages are relative to. */
  readonly base: string;
  /** The root of the repository: nothing outside of it is read. */
  readonly root: string;
  /** The files of the repository, as far as somebody has asked for them. @default - nobody has */
  readonly files?: RepositoryFiles;
  /** The folder with the charts of others, relative to the root. @default - there are none */
  readonly charts?: string | undefined;
  /** The versions that renderers must have. @default - any */
  readonly pins?: RenderersSpec | undefined;
  /** The environment, of which the renderers see nothing but PATH. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that keeps what was rendered: {@link renderCacheFolder}. @default - nothing is kept */
  readonly cache?: string | undefined;
  /** Hears of each rendering that is done. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  readonly limits?: Partial<RenderLimits> | undefined;
  /** Takes what is to be done before a signal ends the process, and gives back how to take that back. */
  readonly interrupted?: ((stop: () => void) => () => void) | undefined;
}

/** How far renderers may go. */
export interface RenderLimits {
  /** @default 90,000 */
  readonly timeoutMs: number;
  /** The most bytes that one may print. @default 64 MiB */
  readonly mostBytes: number;
  /** As many run at once. @default - as many as there are cores, at most 8 */
  readonly parallel: number;
}

/** Things that the steps of one call share. */
interface Run {
  readonly scratch: Scratch;
  readonly signal: AbortSignal;
}

/** Makes manifests of renderings, by kustomize and helm where they are needed. Files are read once for all calls. */
export class Renderer {
  readonly #options: RendererOptions;
  readonly #limits: RenderLimits;
  readonly #files: RepositoryFiles;
  readonly #graphs: KustomizationGraphs;
  /** Undefined as long as nothing was asked about charts. */
  #charts: ChartStore | undefined;
  readonly #cache: RenderCache;
  readonly #renderers = new Map<RendererName, Promise<FoundRenderer | Problem>>();
  readonly #finished = new Map<string, Promise<Finished>>();

  constructor(options: RendererOptions) {
    this.#options = options;
    const {
      timeoutMs = 90_000,
      mostBytes = 64 * 1024 * 1024,
      parallel = Math.min(8, availableParallelism()),
    } = options.limits ?? {};
    this.#limits = { timeoutMs, mostBytes, parallel };
    this.#files = options.files ?? new RepositoryFiles(options.root, options.base);
    this.#graphs = new KustomizationGraphs(this.#files);
    this.#cache = new RenderCache(options.cache);
  }

  /** Renders, and answers in the order of the renderings. What fails costs that rendering alone. */
  async render(renderings: readonly Rendering[]): Promise<Outcome[]> {
    let done = 0;
    return await this.#uninterrupted(async (run) => {
      const outcomes = await inParallel(renderings, this.#limits.parallel, async (rendering) => {
        const outcome = await this.#outcome(rendering, run);
        this.#options.progress?.(++done, renderings.length);
        return outcome;
      });
      this.#cache.trim();
      return outcomes;
    });
  }

  /** Whether a folder of the repository is a component, which is only ever included. */
  isComponent(folder: string): boolean {
    const node = this.#graphs.node(this.#files.at(folder));
    return node !== undefined && 'isComponent' in node && node.isComponent;
  }

  /** Why the kustomization of a folder cannot be built as it stands; undefined where it can. */
  brokenBy(folder: string): Problem | undefined {
    const at = this.#files.at(folder);
    const node = this.#graphs.node(at);
    if (!node) return undefined;
    if ('code' in node) return node;
    const { problems } = this.#graphs.graph({ folder: at, named: node.named, isKnown: node.isKnown });
    return problems.find(({ code }) => code === 'kustomization-invalid');
  }

  /** The folders that the kustomization of a folder includes, all relative to the root of the repository. */
  includedBy(folder: string): readonly string[] {
    const at = this.#files.at(folder);
    const node = this.#graphs.node(at);
    if (!node || 'code' in node) return [];
    const { reached } = this.#graphs.graph({ folder: at, named: node.named, isKnown: node.isKnown });
    const folders = reached.filter((each) => each !== at && this.#files.find(each).is === 'folder');
    return folders.map((each) => this.#files.inRepository(each));
  }

  /** Whatever ends the work, nothing that it has started goes on, and nothing that it has written stays. */
  #uninterrupted<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return Scratch.use(async (scratch) => {
      const stop = new AbortController();
      const keep = this.#options.interrupted?.(() => {
        stop.abort();
        scratch.remove();
      });
      try {
        return await work({ scratch, signal: stop.signal });
      } finally {
        keep?.();
      }
    });
  }

  async #outcome(rendering: Rendering, run: Run): Promise<Outcome> {
    const { reached, problems, call, texts = [], missingChart } = this.#prepare(rendering);
    const outcome = { rendering, reached, ...(missingChart && { missingChart }) };
    if (!call) return { ...outcome, texts, problems };
    const finished = await this.#finish(call, run);
    return {
      ...outcome,
      mayBeMarked: call.reads.some((file) => this.#files.mayBeMarked(file)),
      texts: finished.text === '' ? [] : [{ file: `<${call.label}>`, text: finished.text }],
      problems: [...problems, ...finished.problems],
    };
  }

  #prepare(rendering: Rendering): Prepared & { readonly missingChart?: MissingChart } {
    switch (rendering.by) {
      case 'plain':
        return preparePlainFolder(rendering, this.#files);
      case 'kustomize':
        return prepareKustomizeBuild(rendering, this.#files, this.#graphs);
      case 'helm':
        return this.#prepareChart(rendering);
      case 'inline':
        return { reached: [], problems: [], texts: [{ file: '<inline>', text: toYamlDocuments(rendering.objects) }] };
    }
  }

  /** Loaded only where there is a chart. */
  #prepareChart(rendering: HelmTemplate): Prepared & { readonly missingChart?: MissingChart } {
    const { prepareHelmTemplate } = require('./helm-template.js') as typeof import('./helm-template.js');
    const { ChartStore } = require('./chart-store.js') as typeof import('./chart-store.js');
    this.#charts ??= new ChartStore(this.#files, this.#options.charts);
    return prepareHelmTemplate(rendering, this.#files, this.#charts);
  }

  async #finish(call: RendererCall, run: Run): Promise<Finished> {
    const steps = [call, ...(call.through ?? [])];
    const renderers = await Promise.all(steps.map(({ renderer }) => this.#renderer(renderer, run)));
    const lacks = renderers.filter((each) => 'code' in each);
    if (lacks.length > 0) return { text: '', problems: lacks };
    const found = renderers.filter((each) => 'version' in each);
    const key = RenderCache.key({
      renderers: found.map(({ command, version }, index) => [steps[index]!.renderer, command, version]),
      says: call.says,
      reads: call.reads.map((file) => [
        this.#files.inRepository(file),
        this.#files.find(file).is === 'file' ? this.#files.digest(file) : '',
      ]),
    });
    // The same rendering may be asked for by several clusters.
    const known = this.#finished.get(key);
    if (known) return known;
    const finished = this.#text(call, found, run, call.isKnown ? key : undefined);
    this.#finished.set(key, finished);
    return finished;
  }

  async #text(
    call: RendererCall,
    renderers: readonly FoundRenderer[],
    run: Run,
    key: string | undefined,
  ): Promise<Finished> {
    const kept = key === undefined ? undefined : this.#cache.get(key);
    const printed = kept ?? (await this.#run(call, renderers, run));
    if (typeof printed !== 'string') return { text: '', problems: [printed] };
    if (isEmpty(printed)) return { text: '', problems: [emptyProblem(call.label)] };
    if (key !== undefined && kept === undefined) this.#cache.put(key, printed);
    return call.finish?.(printed) ?? { text: printed, problems: [] };
  }

  /** Runs a renderer, and those that its text goes through. */
  async #run(call: RendererCall, renderers: readonly FoundRenderer[], run: Run): Promise<string | Problem> {
    const steps = [call, ...(call.through ?? [])];
    let text: string | Problem = '';
    for (const [index, { label, write }] of steps.entries()) {
      const given: string = text;
      const secrets = () => [
        ...secretTexts(this.#files, call.reads),
        ...[JSON.stringify(call.says), given].flatMap(secretTextsIn),
      ];
      text = await this.#start(label, renderers[index]!, (folder) => write(folder, given), run, secrets);
      if (typeof text !== 'string') return text;
    }
    return text;
  }

  async #start(
    label: string,
    { program, command }: FoundRenderer,
    write: (folder: string) => readonly string[],
    run: Run,
    secrets: () => readonly string[],
  ): Promise<string | Problem> {
    const folder = run.scratch.below();
    try {
      const args = [...command, ...write(folder)];
      const end = await runProgram({ program, args, ...this.#limits, ...this.#runOptions(run) });
      if (end.ended === 'well') return textOf(end.stdout) ?? notText(label);
      return failureProblem(end, { label, limits: this.#limits, secrets, roots: [folder, this.#files.root] });
    } finally {
      run.scratch.remove(folder);
    }
  }

  #renderer(name: RendererName, run: Run): Promise<FoundRenderer | Problem> {
    const known = this.#renderers.get(name);
    if (known) return known;
    const options = { ...this.#runOptions(run), searchPath: this.#options.environment.PATH, ...this.#limits };
    const found = findRenderer(name, this.#options.pins?.[name], options);
    this.#renderers.set(name, found);
    return found;
  }

  #runOptions({ scratch, signal }: Run) {
    const home = scratch.folder;
    return { cwd: home, env: rendererEnvironment(this.#options.environment.PATH, home), signal };
  }
}

function isEmpty(text: string): boolean {
  return !/^(?![^\S\n]*(?:#|$)|---)/m.test(text);
}

function notText(label: string): Problem {
  return At.of().find('rendering-failed', words`${label} prints bytes that are not UTF-8 text`);
}
