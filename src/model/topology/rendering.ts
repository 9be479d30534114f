/**
 * A way in which a piece of the repository becomes manifests. Paths are relative to the root of the repository, with
 * forward slashes; the root itself is `.`.
 */
export type Rendering = PlainFolder | KustomizeBuild | HelmTemplate | InlineObjects;

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
  /**
   * Keys that the engine writes into the folder's own kustomization before it builds; their paths are relative to the
   * folder. Lists become longer, images and replicas go by their names. @default - the folder as it is
   */
  readonly around?: Readonly<Record<string, unknown>>;
  /**
   * Whether a folder without kustomization is built of all manifests below it, and files outside of a kustomization's
   * folder may be named, as Flux does. @default false
   */
  readonly isFlux?: boolean;
  /** Variables for `${VAR}` in the result. @default - the result is taken as it is */
  readonly substitute?: Variables;
}

/** Values of variables. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /**
   * The variables that have a value which nobody knows, because a Secret holds it: they stay as they stand. `any` where
   * it is not known which.
   */
  readonly unknown: ReadonlySet<string> | 'any';
}

/** A chart that helm renders. */
export interface HelmTemplate {
  readonly by: 'helm';
  readonly chart: ChartSource;
  readonly release: string;
  /** The value of `.Release.Namespace`. */
  readonly namespace: string;
  /** In the order in which they are laid over each other. */
  readonly values: readonly ValuesSource[];
  /** Arguments behind the values, in order. @default - none */
  readonly set?: readonly SetArgument[];
  /** @default false */
  readonly includeCrds?: boolean;
  /** Statements of the object about the cluster, over what is known of it. @default - nothing */
  readonly capabilities?: Capabilities;
  /**
   * Kustomizations with `patches` and `images`, each laid around what comes before it, the first around what helm prints.
   * @default - none
   */
  readonly postRender?: readonly Readonly<Record<string, unknown>>[];
}

/** View of a chart on the cluster: `.Capabilities`. What is not known is what helm takes for granted. */
export interface Capabilities {
  readonly kubeVersion?: string;
  /** Beside those that every Kubernetes has: `route.openshift.io/v1`, or `route.openshift.io/v1/Route`. */
  readonly apiVersions?: readonly string[];
}

/** Objects that stand in the GitOps object itself. */
export interface InlineObjects {
  readonly by: 'inline';
  readonly objects: readonly unknown[];
}

/** A value that an argument of helm sets: `name=value` as helm reads it, or the text of a file of the repository. */
export type SetArgument =
  | { readonly flag: '--set' | '--set-string'; readonly text: string }
  | { readonly flag: '--set-file'; readonly name: string; readonly file: string };

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

/**
 * Values of a chart: a file of the repository, a file of the chart, or what stands in an object, as a value or as a text
 * of YAML.
 */
export type ValuesSource =
  | { readonly file: string }
  | { readonly chartFile: string }
  | { readonly inline: unknown }
  | { readonly text: string };
