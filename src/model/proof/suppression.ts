import type { Inventory } from '../inventory/found-inventory.js';
import { At } from '../problem/at.js';
import { type Place, type Problem, placeOf, placeText } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { objectKey, readSuppressions, type Suppression, subjectText } from './ignore-annotation.js';

/** A finding that the object it is about asks to leave out. */
export interface Suppressed {
  readonly problem: Problem;
  readonly suppression: Suppression;
}

/** An annotation that suppresses nothing, and the finding about it. */
export interface UnusedSuppression {
  readonly suppression: Suppression;
  readonly problem: Problem;
}

/** Findings without those that are suppressed. */
export interface Sifted {
  /** With those about annotations that cannot be read, or suppress nothing. */
  readonly findings: readonly Problem[];
  readonly suppressed: readonly Suppressed[];
  readonly unused: readonly UnusedSuppression[];
}

/** Takes away what annotations of the objects suppress that findings are about. */
export function suppress(problems: readonly Problem[], inventory: Inventory): Sifted {
  const { suppressions, invalid } = readSuppressions(inventory);
  const byObject = new Map<string, Suppression[]>();
  for (const each of suppressions) {
    const key = objectKey(each.object);
    byObject.set(key, [...(byObject.get(key) ?? []), each]);
  }
  const suppressed: Suppressed[] = [];
  const findings = problems.filter((problem) => {
    const all = problem.about ? (byObject.get(objectKey(problem.about)) ?? []) : [];
    const suppression = all.find((each) => each.code === problem.code && isOfObject(each, all, problem));
    if (suppression) suppressed.push({ problem, suppression });
    return !suppression;
  });
  const used = new Set(suppressed.map(({ suppression }) => suppression));
  const unused = suppressions
    .filter((each) => !used.has(each))
    .map((suppression) => ({ suppression, problem: unusedProblem(suppression) }));
  return { findings: [...findings, ...invalid, ...unused.map(({ problem }) => problem)], suppressed, unused };
}

/** The findings of several clusters; an annotation that is of use in one of them is of use. */
export function findingsOfAll(clusters: readonly Sifted[]): Problem[] {
  const used = new Set(clusters.flatMap((each) => each.suppressed.map(({ suppression }) => useKey(suppression))));
  const needless = new Set(
    clusters.flatMap(({ unused }) =>
      unused.filter(({ suppression }) => used.has(useKey(suppression))).map(({ problem }) => problem),
    ),
  );
  return clusters.flatMap(({ findings }) => findings.filter((problem) => !needless.has(problem)));
}

/** Of several objects that are called the same, as those without namespace may be, the one in whose file the finding is. */
function isOfObject({ place }: Suppression, all: readonly Suppression[], problem: Problem): boolean {
  const isOnly = all.every((each) => samePlace(each.place, place));
  return isOnly || placeOf(problem)?.file === place?.file;
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && placeText(a) === placeText(b));
}

function useKey({ object, code, place }: Suppression): string {
  return JSON.stringify([objectKey(object), code, place]);
}

function unusedProblem({ object, code, place }: Suppression): Problem {
  const problem = At.of(place).find(
    'suppression-unused',
    words`${subjectText(object)} has nothing that is found by ${code}, which its annotation suppresses`,
  );
  return { ...problem, about: object };
}
