/** The folders of the output, in the order in which they must be applied; `bootstrap` is applied by hand, once. */
export const stages = ['sources', 'policies', 'namespaces', 'bootstrap'] as const;

export type Stage = (typeof stages)[number];

/** Where a file lies: below the output folder, or beside workloads. */
export interface FilePlace {
  /** Name of the cluster: the folder. */
  readonly cluster: string;
  readonly stage: Stage;
  /** @default - directly in the stage's folder */
  readonly shard?: string | undefined;
  /** File name without extension. */
  readonly file: string;
  /** The folder of the workloads that it lies beside. @default - it lies in the output folder */
  readonly beside?: string | undefined;
}
