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
    };
