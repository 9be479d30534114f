import type { Verification } from '../../app/verify.js';
import { comparePlaces } from '../../model/inventory/object-head.js';
import { compareText } from '../../model/names/names.js';
import { type Place, type Problem, placeOf, severityOf } from '../../model/problem/problem.js';
import type { ProblemCode, Severity } from '../../model/problem/problem-codes.js';
import { shown } from '../../model/problem/shown.js';
import { oneLine } from '../../model/problem/terminal-text.js';
import type { ProvenImage } from '../../model/proof/verdict.js';
import { type PlaceRow, placeRow } from './place-row.js';

/** Something that is wrong, or worth knowing. */
export interface FindingRow extends PlaceRow {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** The object that it is about. */
  readonly about?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  /** The container and the image, where it is about one. */
  readonly container?: string;
  readonly image?: string;
}

/** A finding that is accepted: by an annotation of its object, or by an entry of `acknowledge`. */
export interface SuppressedRow extends FindingRow {
  readonly by: 'annotation' | 'acknowledge';
  readonly reason: string;
}

/** Problems as data, by file and line. What stands where an image does is about it. */
export function findingRows(
  problems: readonly Problem[],
  images: readonly ProvenImage[],
  sources: Verification['sources'],
): FindingRow[] {
  const places = new Set(problems.filter(({ about }) => about).map((problem) => placeKey(placeOf(problem))));
  const byPlace = new Map(
    images.map(({ use }) => [placeKey(use.place), use] as const).filter(([place]) => places.has(place)),
  );
  return [...problems].sort(compareProblems).map((problem) => findingRow(problem, byPlace, sources));
}

/** Rows of accepted problems, in the order of {@link findingRows}. */
export function suppressedRows(
  silenced: Verification['silenced'],
  images: readonly ProvenImage[],
  sources: Verification['sources'],
): SuppressedRow[] {
  const ordered = [...silenced].sort((a, b) => compareProblems(a.problem, b.problem));
  const problems = ordered.map(({ problem }) => problem);
  return findingRows(problems, images, sources).map((row, index) => {
    const { by = 'annotation', reason = '' } = ordered[index] ?? {};
    return { ...row, by, reason: shown(oneLine(reason)) };
  });
}

function compareProblems(a: Problem, b: Problem): number {
  return comparePlaces(placeOf(a), placeOf(b)) || compareText(a.code, b.code) || compareText(a.message, b.message);
}

function placeKey(place: Place | undefined): string {
  return place ? `${place.file}:${place.line}:${place.column}` : '';
}

function findingRow(
  problem: Problem,
  images: ReadonlyMap<string, ProvenImage['use']>,
  sources: Verification['sources'],
): FindingRow {
  const { code, message, hint, about } = problem;
  const place = placeOf(problem);
  const image = about && place ? images.get(placeKey(place)) : undefined;
  return {
    code,
    severity: severityOf(problem),
    message: oneLine(message),
    ...(hint !== undefined && { hint: oneLine(hint) }),
    ...(about && {
      about: {
        kind: shown(about.kind),
        name: shown(about.name),
        ...(about.namespace !== undefined && { namespace: shown(about.namespace) }),
      },
    }),
    ...(image && { container: shown(image.container), image: shown(image.image) }),
    ...placeRow(place, sources),
  };
}
