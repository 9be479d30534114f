/**
 * The repository as topology asks about it. Paths are relative to its root, with forward slashes; what lies outside of it
 * does not exist.
 */
export interface RepositoryView {
  /** Whether there is such a file. */
  isFile(path: string): boolean;
  /** Whether there is such a folder. */
  isFolder(path: string): boolean;
  /** The folders that a glob matches, sorted. */
  folders(glob: string): readonly string[];
  /** The files that a glob matches, sorted. */
  files(glob: string): readonly string[];
  /** The text of a file; undefined where it cannot be read. */
  read(path: string): string | undefined;
  /** The value of a text of YAML or JSON, of its first document; undefined where it cannot be read. */
  parse(text: string): unknown;
  /** The path in this repository that a Git URL stands for; undefined for another repository. */
  pathOfUrl(url: string): string | undefined;
  /** Whether a revision of this repository is the one that is read. */
  isRead(revision: string): boolean;
}
