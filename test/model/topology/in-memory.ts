import picomatch from 'picomatch';
import { plainTree } from '../../../src/model/inventory/tree.js';
import { type Problem, placeOf, placeText } from '../../../src/model/problem/problem.js';
import type { Applied } from '../../../src/model/topology/applied.js';
import { Field } from '../../../src/model/topology/field.js';
import type { ObjectOrigin } from '../../../src/model/topology/kept-object.js';
import { sameRepository } from '../../../src/model/topology/repository-url.js';
import type { RepositoryView } from '../../../src/model/topology/repository-view.js';
import { isCheckedOut } from '../../../src/model/topology/revision.js';
import { Topology } from '../../../src/model/topology/topology.js';
import { sourceOf } from '../../../src/yaml/source.js';
import { yamlDocuments } from '../../../src/yaml/yaml-documents.js';
import { YamlError } from '../../../src/yaml/yaml-error.js';

export const here = 'https://git.example.com/acme/fleet';

/** A repository of some files, whose address is {@link here}. */
export function repository(files: Readonly<Record<string, string>> | readonly string[]): RepositoryView {
  const texts = Array.isArray(files) ? Object.fromEntries(files.map((file: string) => [file, ''])) : files;
  const paths = Object.keys(texts).sort();
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  return {
    isFile: (path) => paths.includes(path),
    isFolder: (path) => folders.includes(path),
    files: (glob) => matching(paths, glob),
    folders: (glob) => matching(folders, glob),
    read: (path) => (texts as Readonly<Record<string, string>>)[path],
    parse: (text) => documentsOf(text).map((tree) => Field.of(tree).plain())[0],
    pathOfUrl: (url) => (sameRepository(url, here) ? '.' : undefined),
    isRead: (revision) => isCheckedOut(revision, ['trunk']),
  };
}

function matching(paths: readonly string[], glob: string): string[] {
  const matches = picomatch(glob, { dot: true });
  return paths.filter((path) => matches(path));
}

function foldersOf(path: string): string[] {
  const steps = path.split('/').slice(0, -1);
  return ['.', ...steps.map((_, index) => steps.slice(0, index + 1).join('/'))];
}

function documentsOf(text: string, file = '<memory>') {
  return [...yamlDocuments(sourceOf({ file, text }))].flatMap((each) => (each instanceof YamlError ? [] : [each]));
}

/** One text with objects, and where they come from. */
export interface Added {
  readonly text: string;
  readonly file?: string;
  readonly origin?: ObjectOrigin;
}

/** What becomes of objects, all of them added before the first question. */
export function followed(view: RepositoryView, ...added: readonly (string | Added)[]) {
  const topology = new Topology(view);
  for (const each of added) addTo(topology, each);
  const applied: Applied[] = [];
  for (let next = topology.next(); next.length > 0; next = topology.next()) applied.push(...next);
  return { applied, problems: topology.finish() };
}

export function addTo(topology: Topology, added: string | Added): void {
  const { text, file, origin } = typeof added === 'string' ? { text: added } : added;
  for (const tree of documentsOf(text, file)) topology.add(tree, origin);
}

/** An object as it came from JSON. */
export const plain = plainTree;

/** Problems as code and message, with the place where there is a file. */
export function said(problems: readonly Problem[]): string[] {
  return problems.map((problem) => {
    const place = placeOf(problem);
    const where = place && !place.file.startsWith('<') ? `${placeText(place)} ` : '';
    return `${where}${problem.code}: ${problem.message}`;
  });
}
