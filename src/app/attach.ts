import { EditableManifests } from '../manifests/editable.js';
import { stdinName } from '../manifests/inventory.js';
import type { Workshop } from '../manifests/make.js';
import { repositoryOf } from '../manifests/repository.js';
import type { Trial } from '../manifests/trial.js';
import type { KnownCredentials } from '../model/exposure/known-credentials.js';
import { editEffect } from '../model/inventory/edit-effect.js';
import { compareText, sortedUnique } from '../model/names/names.js';
import { type DeclaredList, listKey } from '../model/plan/declared-list.js';
import type { PlannedCluster } from '../model/plan/disagreements.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem, severityOf } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';
import { nothingRetired } from '../model/retire/retired.js';
import type { ManifestChange } from '../output/manifest-writer.js';
import type { ChartProposal } from './chart-proposals.js';
import { type AttachedList, editFiles } from './edit-files.js';
import { knownCredentials } from './known-credentials.js';
import { type Patch, patchesOf } from './patches.js';
import { type PendingList, pendingLists } from './pending.js';
import { type PlanOptions, planClusters } from './plan.js';
import { planObjects } from './render.js';
import type { RenderedEdits } from './rendered-edits.js';

/** Everything that `attach` works out, before a file is touched. */
export interface Attachment {
  /** The folder that all edited files lie in. */
  readonly root: string;
  /** Sorted by file. */
  readonly files: readonly ManifestChange[];
  /** Changes of the lists in these files, in the order of files and lines. */
  readonly changes: readonly AttachedList[];
  /** Edits of something else than a manifest: charts, kustomizations, JSON. */
  readonly patches: readonly Patch[];
  /** The objects whose pods are made anew when the lists are applied, sorted. */
  readonly restarts: readonly string[];
  /** Credentials that the run was given, and that stand in nothing that is new. */
  readonly known: KnownCredentials;
  /** Findings and warnings. */
  readonly problems: readonly Problem[];
}

/** Options of a plan, and how rendered manifests are made. */
export interface AttachOptions extends PlanOptions {
  /** @default - nothing was rendered */
  readonly workshop?: Workshop | undefined;
}

/**
 * Puts names on the lists in manifests of the user and takes back what nothing needs any more, in memory. All clusters
 * are planned, because they may share a manifest. Throws all errors together, `manifest-not-editable` among them; also
 * `account-declared-twice`, as it is unknown which of the two would have to be edited.
 */
export async function attach(options: AttachOptions): Promise<Attachment> {
  const { base } = options.config;
  const { clusters, former, problems } = planClusters({ ...options, clusters: undefined });
  const planned = clusters.map(({ plan }) => planObjects(plan, nothingRetired));
  const { lists, problems: found } = pendingLists(base, planned, former);
  const editable = new EditableManifests(base);
  const trial = trialOf(options);
  const rendered = trial ? await editsOfRendered(trial, options, clusters, editable) : nothingRendered;
  const others = lists.filter((list) => !isEditable(list));
  const proposals = trial && (await proposalsFor(others, options, trial));
  const releases =
    trial && proposals ? await editsOfReleases(trial, proposals, options, clusters, editable) : nothingRendered;
  const fromSources = [...rendered.lists, ...releases.lists];
  const edited = editFiles(editable, [...lists.filter(isEditable), ...fromSources]);
  const all = [...problems, ...found, ...edited.problems];
  const grave = all.filter((problem) => severityOf(problem) === 'error' || problem.code === 'account-declared-twice');
  if (grave.length > 0) throw new ImagePullError(grave);
  const settled = new Set([...rendered.settled, ...releases.settled]);
  const isSettled = ({ object, path = '' }: PendingList) => object && settled.has(listKey(object, path));
  const left = others.filter((list) => !isSettled(list));
  const patches = patchesOf(options, left, edited.inJson, proposals);
  const changed = [
    ...edited.changes.map(({ list }) => list).filter((list) => !fromSources.includes(list)),
    ...others.filter(isSettled),
    ...patches.flatMap((patch) => patch.lists),
  ];
  return {
    root: repositoryOf(base),
    files: [...edited.files, ...rendered.files].sort((a, b) => compareText(a.file, b.file)),
    changes: [...edited.changes, ...rendered.files.flatMap(rewritten)],
    patches,
    restarts: sortedUnique(changed.flatMap((list) => (editEffect(list) === 'restarts' ? [list.owner] : []))),
    known: knownCredentials(
      options.config.spec,
      clusters.map(({ inventory }) => inventory),
    ),
    problems: [...all, ...changed.filter((list) => editEffect(list) === 'refused').map(refusedEdit)],
  };
}

const nothingRendered: RenderedEdits = { lists: [], files: [], settled: new Set() };

/** Renders once more; nothing of it is loaded where nothing was rendered. */
function trialOf({ config: { base, spec }, made, workshop }: AttachOptions): Trial | undefined {
  if (!workshop || ![...(made?.values() ?? [])].some(({ manifests }) => manifests.some(({ from }) => from)))
    return undefined;
  const { Trial } = require('../manifests/trial.js') as typeof import('../manifests/trial.js');
  const { rendererOptions } = require('../manifests/make.js') as typeof import('../manifests/make.js');
  const { charts, renderers } = spec;
  return new Trial(
    rendererOptions({
      ...{ ...workshop, base },
      ...(charts !== undefined && { charts }),
      ...(renderers && { renderers }),
    }),
  );
}

function proposalsFor(
  lists: readonly PendingList[],
  { config: { base }, made = new Map() }: AttachOptions,
  trial: Trial,
): Promise<ReadonlyMap<string, ChartProposal>> {
  const { chartProposals } = require('./chart-proposals.js') as typeof import('./chart-proposals.js');
  return chartProposals(lists, made, base, trial);
}

/** Works out edits of the objects that charts are rendered for, as far as they prove right. */
async function editsOfReleases(
  trial: Trial,
  proposals: ReadonlyMap<string, ChartProposal>,
  { config, made = new Map(), workshop = { environment: {} } }: AttachOptions,
  clusters: readonly PlannedCluster[],
  editable: EditableManifests,
): Promise<Pick<RenderedEdits, 'lists' | 'settled'>> {
  const { IncludedObjects } =
    require('../manifests/included-objects.js') as typeof import('../manifests/included-objects.js');
  const { ReleaseObjects } =
    require('../manifests/release-object.js') as typeof import('../manifests/release-object.js');
  const { releaseEdits, isGivenBy } = require('./release-edits.js') as typeof import('./release-edits.js');
  const { ReleaseProof } = require('./release-proof.js') as typeof import('./release-proof.js');
  const { listDemands } = require('./list-demands.js') as typeof import('./list-demands.js');
  const { base } = config;
  const demands = clusters.flatMap((each) => listDemands(each, made.get(each.plan.cluster.name)));
  const objects = new ReleaseObjects(base, new IncludedObjects(base), [...made.values()]);
  const edit = (lists: readonly PendingList[]) => editFiles(editable, lists);
  const all = releaseEdits(demands, objects, proposals, (lists) => edit(lists).changes.length === lists.length);
  const proof = new ReleaseProof(config, workshop, trial);
  const right = await proof.proven(all, demands, (edits) => edit(edits.flatMap(({ lists }) => lists)).files);
  const given = right.flatMap((each) => each.demands.filter((demand) => isGivenBy(each, demand)));
  return {
    lists: right.flatMap(({ lists }) => lists),
    settled: new Set(given.map(({ object, path }) => listKey(object, path))),
  };
}

/** Works out edits for lists that were rendered. */
async function editsOfRendered(
  trial: Trial,
  { config: { base, spec }, made = new Map() }: AttachOptions,
  clusters: readonly PlannedCluster[],
  editable: EditableManifests,
): Promise<RenderedEdits> {
  const { renderedEdits } = require('./rendered-edits.js') as typeof import('./rendered-edits.js');
  const { RenderingProof } = require('./rendering-proof.js') as typeof import('./rendering-proof.js');
  const proof = new RenderingProof({ base, podKinds: spec.podKinds }, made, trial);
  const edit = (lists: readonly PendingList[]) => {
    const { files, changes } = editFiles(editable, lists);
    return changes.length < lists.length ? undefined : files;
  };
  return renderedEdits({
    ...{ base, clusters, made, edit },
    own: (file, after) => {
      const there = editable.own(file);
      return there && { file, path: there.path, before: there.text, after };
    },
    misled: proof.misled.bind(proof),
  });
}

/** A patch of ours that has another text: what a new one is for says its entry. */
function rewritten({ file, before, after }: ManifestChange): AttachedList[] {
  if (before === undefined || after === undefined) return [];
  const place = { file, line: 1, column: 1 };
  const head = {
    apiVersion: '',
    kind: 'Kustomization',
    name: file,
    namespace: undefined,
    object: place,
    path: undefined,
  };
  const names = { names: [], wanted: [], missing: ['what attach writes'], surplus: [], source: undefined };
  return [{ list: { owner: 'the patch', ...head, place, ...names }, added: names.missing, takenBack: [], place }];
}

function refusedEdit({ owner, place }: DeclaredList): Problem {
  return At.of(place).warn('edit-refused', words`the list of ${owner} cannot be changed where it is applied already`);
}

/**
 * Tells whether a list may be edited: of what was rendered from something else it may not: the next rendering would
 * undo it.
 */
function isEditable({ source, object }: PendingList): boolean {
  return source === undefined && object?.file !== stdinName;
}
