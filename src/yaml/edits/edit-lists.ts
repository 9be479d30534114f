import { listPatch } from '../../model/inventory/list-patch.js';
import { comparePlaces } from '../../model/inventory/object-head.js';
import { pathText } from '../../model/inventory/tree-path.js';
import { compareText } from '../../model/names/names.js';
import { At } from '../../model/problem/at.js';
import { type Place, type Problem, placeOf } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import { isJsonText, type ManifestText, readDocuments } from '../documents.js';
import { Lines } from '../lines.js';
import { yamlPieces } from '../yaml-pieces.js';
import { listNeed } from './list-need.js';
import type { ListChange, ListRequest, ManifestEdit } from './list-request.js';
import { editPiece, handHint } from './piece-edit.js';
import { FileStyle } from './style.js';

const byteOrderMark = '\ufeff';

/**
 * Makes the lists of a manifest hold what the requests want, with the smallest possible edit of its text. What is added
 * carries a mark: `# image-pull` behind an entry of a block, `# image-pull: <names>` at the end of the line where a list
 * in brackets closes. Marked entries that are not wanted are taken back, and no others; taking all back gives the
 * bytes of the text as it was before the first edit. Only documents with requests are parsed.
 *
 * @param manifest the raw text of a file, with its byte order mark if it has one
 * @returns the new text, and problems of the codes `list-shared` and `list-not-editable`; their lists stay as they are
 */
export function editLists(manifest: ManifestText, requests: readonly ListRequest[]): ManifestEdit {
  const head = manifest.text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = manifest.text.slice(head.length);
  const merged = mergedRequests(requests);
  if (merged.length === 0) return { text: manifest.text, changes: [], inJson: [], problems: [] };
  if (isJsonText({ ...manifest, text })) return inJson({ ...manifest, text }, manifest.text, merged);
  const edit = inYaml({ ...manifest, text }, merged);
  return { ...edit, text: head + edit.text };
}

function inYaml({ file, text }: ManifestText, requests: readonly ListRequest[]): ManifestEdit {
  const lines = new Lines(file, text);
  const located = requests
    .map((request) => ({ request, offset: lines.offset(request.object) }))
    .sort((a, b) => a.offset - b.offset);
  const shared = {
    text,
    lineBreak: /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n',
    style: new FileStyle(text),
    place: (offset: number) => lines.place(offset),
  };
  const parts: string[] = [];
  const changes: ListChange[] = [];
  const problems: Problem[] = [];
  let next = 0;
  for (const { start, end } of text === '' ? [{ start: 0, end: 0 }] : yamlPieces(text)) {
    const first = next;
    while (next < located.length && (located[next]!.offset < end || end === text.length)) next++;
    if (first === next) {
      parts.push(text.slice(start, end));
      continue;
    }
    const edited = editPiece({ ...shared, start, end, requests: located.slice(first, next) });
    parts.push(edited.text);
    changes.push(...edited.changes);
    problems.push(...edited.problems);
  }
  return { text: parts.join(''), changes, inJson: [], problems: inOrder(problems) };
}

function inJson(manifest: ManifestText, raw: string, requests: readonly ListRequest[]): ManifestEdit {
  const unmarked: ListRequest[] = [];
  const problems: Problem[] = [];
  const byPlace = new Map<string, ListRequest[]>();
  for (const request of requests) {
    const key = placeKey(request.object);
    byPlace.set(key, [...(byPlace.get(key) ?? []), request]);
  }
  readDocuments(manifest, (object) => {
    const place = object.place();
    for (const request of (place && byPlace.get(placeKey(place))) ?? []) {
      const { add = [] } = listNeed(object, request) ?? {};
      if (add.length === 0) continue;
      if (listPatch(object, request.path, add)) {
        unmarked.push(request);
        continue;
      }
      problems.push(
        At.of(place).find(
          'list-not-editable',
          words`${pathText(request.path)} lies in something that is no map`,
          handHint(request),
        ),
      );
    }
    return [];
  });
  return { text: raw, changes: [], inJson: unmarked, problems: inOrder(problems) };
}

/** One request for each list, in the order of the text, whatever the order they came in. */
function mergedRequests(requests: readonly ListRequest[]): ListRequest[] {
  const byList = new Map<string, ListRequest>();
  const ordered = requests
    .map((request) => ({ request, path: pathText(request.path), wanted: JSON.stringify(request.wanted) }))
    .sort(
      (a, b) =>
        comparePlaces(a.request.object, b.request.object) ||
        compareText(a.path, b.path) ||
        compareText(a.wanted, b.wanted),
    );
  for (const { request, path } of ordered) {
    const key = `${placeKey(request.object)} ${path}`;
    const known = byList.get(key);
    byList.set(key, known ? { ...known, wanted: [...known.wanted, ...request.wanted] } : request);
  }
  return [...byList.values()];
}

function placeKey({ line, column }: Place): string {
  return `${line}:${column}`;
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => comparePlaces(placeOf(a), placeOf(b)) || compareText(a.message, b.message));
}
