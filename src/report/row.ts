import type { PlaceOf } from './reasons.js';

/** One line of the answer: who gets what, and where it is written. */
export interface Row {
  readonly cluster: string;
  readonly namespace: string;
  readonly who: string;
  readonly what: string;
  readonly where: string;
  readonly why: readonly string[];
}

/** Where the file of a namespace lies, or another by its name, for the last column. */
export type FileOf = (cluster: string, namespace: string) => string;

/** How an answer looks things up, and whether it explains. */
export interface AccessReportOptions {
  readonly fileOf: FileOf;
  readonly placeOf: PlaceOf;
  readonly why: boolean;
}
