/**
 * A way in which a piece of the repository becomes manifests. Paths are relative to the root of the repository, with
 * forward slashes; the root itself is `.`.
 */
export type Rendering = PlainFolder | KustomizeBuild | HelmTemplate;

/** The manifests of a folder as they stand there. */
export interface PlainFolder {
  readonly by: 'plain';
  readonly folder: string;
  /** Whether the folders below it count. */
  readonly recurse: boolean;
  /** Globs relative to the folder, as Argo CD's `directory.include` has them. @default - every manifest */
  readonly include?: string;
  /** @default - none */
  readonly exclude?: string;
}

/** A folder that kustomize builds. */
export interface KustomizeBuild {
  readonly by: 'kustomize';
  readonly folder: string;
  /** Keys of a kustomization around the folder, such as `namespace` and `patches`. @default - the folder as it is */
  readonly around?: Readonly<Record<string, unknown>>;
  /**
   * Whether a folder without kustomization is built of all manifests below it, and files outside of a kustomization's
   * folder may be named, as Flux does. @default false
   */
  readonly isFlux?: boolean;
  /** What stands for `${VAR}` in the result. @default - the result is taken as it is */
  readonly substitute?: ReadonlyMap<string, string>;
}

/** A chart that helm renders. */
export interface HelmTemplate {
  readonly by: 'helm';
  readonly chart: ChartSource;
  readonly release: string;
  /** What `.Release.Namespace` is. */
  readonly namespace: string;
  /** In the order in which they are laid over each other. */
  readonly values: readonly ValuesSource[];
  /** Arguments of `--set`, `--set-string` and `--set-file`, in order. @default - none */
  readonly set?: readonly { readonly flag: '--set' | '--set-string'; readonly text: string }[];
  /** @default false */
  readonly includeCrds?: boolean;
}

/** A chart in the repository, or one of others, which lies in the folder that `charts` names. */
export type ChartSource =
  | { readonly folder: string }
  | {
      readonly name: string;
      /** A version, or a range of versions. @default - the newest */
      readonly version?: string;
      /** Where it is published: `https://…` or `oci://…`. */
      readonly repository: string;
    };

/** Values of a chart: a file of the repository, or a value that stands in an object. */
export type ValuesSource = { readonly file: string } | { readonly inline: unknown };
