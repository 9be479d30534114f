/** Where manifests are read from, relative to the config file. */
export type WorkloadsSpec =
  | string
  | {
      /** A file, a folder, a glob, or `-` for standard input. */
      readonly path: string;
      /** The namespace of objects that name none. */
      readonly namespace?: string;
    }
  | {
      /** Rendered output (`kustomize build`, `helm template`): a file, a folder, a glob, or `-` for standard input. */
      readonly rendered: string;
      /** The folder it was rendered from. */
      readonly from?: string;
      /** The namespace of objects that name none. */
      readonly namespace?: string;
    }
  | KustomizeWorkloads
  | HelmWorkloads
  | {
      /** A folder of Argo CD's objects, or a chart or kustomization that makes them: what they apply is followed. */
      readonly argocd: string;
    }
  | {
      /** A folder of Flux's objects, such as `clusters/prod`: what they apply is followed. */
      readonly flux: string;
    };

/** Kustomizations, which `kustomize build` renders. */
export interface KustomizeWorkloads {
  /** A folder with a kustomization, or a glob: of its matches, those that no other one includes. */
  readonly kustomize: string;
  /** The namespace of objects that name none. */
  readonly namespace?: string;
}

/** A chart of the repository, which `helm template` renders. */
export interface HelmWorkloads {
  /** The folder of the chart. */
  readonly helm: string;
  /** The name of the release. */
  readonly release: string;
  /** The namespace of the release, and of objects that name none. */
  readonly namespace: string;
  /** Files of values, later ones over earlier ones. @default - those of the chart */
  readonly values?: readonly string[];
  /** Values such as `image.tag: v4`, by their path; numbers are in quotes, and helm takes them for numbers. @default - none */
  readonly set?: Readonly<Record<string, string>>;
}
