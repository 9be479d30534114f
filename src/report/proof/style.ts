/** Things that a format is told besides the report. */
export interface ReportStyle {
  /** Whether everything is shown to people, not only what is wrong. */
  readonly all: boolean;
  /** Whether text may hold colours. */
  readonly isColoured: boolean;
  /** The version of this package. */
  readonly version: string;
  /** A file as programs look for it: relative to the repository, with forward slashes. */
  readonly inRepository: (file: string) => string;
}
