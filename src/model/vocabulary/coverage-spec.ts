/** The versions that renderers must have: as many parts as are given count, such as "5" or "5.8". */
export interface RenderersSpec {
  /** Of kustomize, or of the kustomize in kubectl. */
  readonly kustomize?: string;
  readonly helm?: string;
}

/**
 * Something that need not be seen: files below a path, or objects. With a code, findings of the proof that are known and
 * accepted. Every part that is given must match.
 */
export interface AcknowledgeSpec {
  /** The code of a finding of the proof (docs/findings.md). @default - whatever was not seen */
  readonly code?: string;
  /** A file, a folder or a glob, relative to the config. */
  readonly path?: string;
  /** The kind of an object. */
  readonly kind?: string;
  /** The name of an object, or a pattern. */
  readonly name?: string;
  /** The namespace of an object, or a pattern. */
  readonly namespace?: string;
  /** An image, as the manifest has it. */
  readonly image?: string;
  /** Why. */
  readonly reason: string;
}
