import path from 'node:path';
import { plainTree } from '../../model/inventory/tree.js';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import type { KustomizeBuild, Variables } from '../../model/topology/rendering.js';
import { emptyProblem } from './failure.js';
import { fluxFolder } from './flux-folder.js';
import { namingFields } from './kustomization-fields.js';
import type { KustomizationGraphs } from './kustomization-graph.js';
import { type KustomizationNode, type NamedFile, namedIn } from './kustomization-node.js';
import { fieldsOf, type KustomizationFields, kustomizationText, layOver } from './kustomization-value.js';
import { Mirror } from './mirror.js';
import type { Prepared } from './prepared.js';
import type { RepositoryFiles } from './repository-files.js';
import { writePrivate } from './scratch.js';
import { substituted } from './substitute.js';

/** A kustomization that is there, or is to be written, and what it names. */
interface Kustomization {
  readonly file: string;
  readonly named: readonly NamedFile[];
  readonly isKnown: boolean;
  readonly problems: readonly Problem[];
  readonly reached: readonly string[];
  /** Whether there is nothing below the folder that it was made for. */
  readonly isEmpty?: boolean;
  /** Fields that are written in its place; the file counts as it is where there is nothing. */
  readonly fields?: KustomizationFields;
}

/** Looks at everything that a build of a folder would read, and prepares it. */
export function prepareKustomizeBuild(
  rendering: KustomizeBuild,
  files: RepositoryFiles,
  graphs: KustomizationGraphs,
): Prepared {
  const at = files.at(rendering.folder);
  const label = `kustomize build ${files.shown(at)}`;
  const found = files.find(at);
  if (found.is !== 'folder') return failed(words`${label}: ${lack(found.is)}`, 'correct the path');
  const folder = found.real;
  const kustomization = kustomizationOf(rendering, folder, files, graphs);
  if ('code' in kustomization) return { reached: [folder], problems: [kustomization] };
  const graph = graphs.graph({ folder, named: kustomization.named, isKnown: kustomization.isKnown });
  const problems = [...kustomization.problems, ...graph.problems];
  if (problems.length === 0 && kustomization.isEmpty) problems.push(emptyProblem(label));
  const reached = [...new Set([...kustomization.reached, ...graph.reached])].sort();
  if (problems.length > 0) return { reached, problems };
  const { fields } = kustomization;
  const restrictor = rendering.isFlux ? ['--load-restrictor=LoadRestrictionsNone'] : [];
  const text = fields && kustomizationText(fields);
  return {
    reached,
    problems,
    call: {
      renderer: 'kustomize',
      label,
      says: {
        ...{ folder: files.inRepository(folder), restrictor, text },
        links: linksIn(graph.named, files),
        substitute: rendering.substitute && variablesText(rendering.substitute),
      },
      isKnown: graph.isKnown,
      reads: reached,
      write: (scratch) => {
        if (text === undefined) return [...restrictor, '--', folder];
        const mirror = new Mirror(files.root, scratch);
        for (const each of graph.named.keys()) if (each !== kustomization.file) mirror.add(each);
        writePrivate(mirror.at(kustomization.file), text);
        return [...restrictor, '--', mirror.at(folder)];
      },
      ...(rendering.substitute && { finish: (text) => substituted(text, rendering.substitute!, label) }),
    },
  };
}

/** The paths that lead elsewhere, with what they lead to. */
function linksIn(named: ReadonlyMap<string, string>, files: RepositoryFiles): (readonly [string, string])[] {
  return [...named]
    .filter(([at, real]) => at !== real)
    .map(([at, real]) => [files.inRepository(at), files.inRepository(real)]);
}

/** Text of the variables that the result depends on, for the cache. */
function variablesText({ values, unknown }: Variables): unknown {
  return { values: [...values], unknown: unknown === 'any' ? unknown : [...unknown] };
}

function kustomizationOf(
  rendering: KustomizeBuild,
  folder: string,
  files: RepositoryFiles,
  graphs: KustomizationGraphs,
): Kustomization | Problem {
  const node = graphs.node(folder);
  if (node && 'code' in node) return node;
  const own = node ? ownKustomization(node) : rendering.isFlux ? generated(folder, files) : undefined;
  const { around } = rendering;
  if (!own)
    return At.of({ file: files.shown(folder), line: 1, column: 1 }).find(
      'kustomization-invalid',
      words`${files.shown(folder)} has no kustomization`,
      'add one, or list the folder itself',
    );
  if (around === undefined) return own;
  const fields = own.fields ?? fieldsOf(node!.root);
  layOver(fields, around, rendering.isFlux ? 'flux' : 'argocd');
  return { ...own, fields, named: [...own.named, ...namedIn(plainTree(around), namingFields)] };
}

function ownKustomization({ at, file, named, isKnown, problems }: KustomizationNode): Kustomization {
  return { file: at, named, isKnown, problems, reached: [file] };
}

function generated(folder: string, files: RepositoryFiles): Kustomization {
  const { resources, reached, unreadable } = fluxFolder(files, folder);
  return {
    file: path.join(folder, 'kustomization.yaml'),
    named: resources.map((text) => ({ text: `./${text}`, names: 'resource', place: undefined })),
    isKnown: true,
    problems: unreadable.map((each) =>
      At.of().find('rendering-failed', words`${files.shown(each.folder)} cannot be read: ${each.reason}`),
    ),
    reached,
    isEmpty: resources.length === 0,
    fields: new Map([['resources', resources.map((text) => `./${text}`)]]),
  };
}

function lack(is: 'file' | 'missing' | 'outside' | 'unreadable'): string {
  const lacks = {
    file: 'that is a file, not a folder',
    missing: 'there is no such folder',
    outside: 'the folder lies outside of the repository',
    unreadable: 'the folder cannot be read',
  } as const;
  return lacks[is];
}

function failed(message: ReturnType<typeof words>, hint: string): Prepared {
  return { reached: [], problems: [At.of().find('rendering-failed', message, words`${hint}`)] };
}
