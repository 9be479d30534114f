import type { Place } from '../problem/problem.js';

/** One image that a pod pulls. */
export interface ImageUse {
  /** The image as the manifest has it; for an image stream the name of its tag, such as `api:latest`. */
  readonly image: string;
  /** Name of the container or volume, else the path of the field in the object. */
  readonly container: string;
  readonly field: 'containers' | 'initContainers' | 'ephemeralContainers' | 'volumes' | 'other';
  readonly place?: Place;
  /** `imagePullPolicy`, where it is stated. */
  readonly pullPolicy?: string;
  /**
   * The image stream (OpenShift) that is named in place of a registry: its name without tag, and its namespace where
   * one is stated, else it is that of the workload.
   */
  readonly imageStream?: { readonly namespace?: string; readonly name: string };
}

/** Where a rendered manifest comes from. */
export interface ManifestSource {
  /** The `rendered:` entry of workloads it was read by. */
  readonly rendered?: string;
  /** The folder it was rendered from. */
  readonly from?: string;
}

/** The names of an `imagePullSecrets` list; an entry without name is the empty text, and counts. */
export interface PullSecretList {
  readonly names: readonly string[];
  /** The names that carry the mark of an entry that this package added. @default - none */
  readonly marks?: readonly string[];
  readonly place?: Place;
}

/**
 * A pod that an object of a manifest runs. Objects that run several kinds of pods, such as the templates of an Argo
 * Workflow, are several workloads with the same kind and name.
 */
export interface Workload {
  readonly apiVersion: string;
  readonly kind: string;
  /** metadata.name, else metadata.generateName. */
  readonly name: string;
  /** Undefined where neither the manifest nor its entry of workloads names one. */
  readonly namespace?: string;
  readonly serviceAccount: string;
  /** False where the account is the default of the kind. */
  readonly accountStated: boolean;
  /**
   * True where nothing that is put on the account's list would reach the pod: an operator makes the account and keeps its
   * list, or whoever pulls asks no account. @default false
   */
  readonly ownListOnly?: boolean;
  /** True where the object itself is in no namespace. @default false */
  readonly ofCluster?: boolean;
  /** The pod's own list. */
  readonly pullSecrets: PullSecretList;
  /** Where the pod spec begins. */
  readonly podSpecPlace?: Place;
  readonly images: readonly ImageUse[];
  /**
   * OpenShift: the object or its template asks that short names are taken for image streams of the namespace
   * (annotation `alpha.image.policy.openshift.io/resolve-names: '*'`). @default false
   */
  readonly resolveNames?: boolean;
  /** True for a pod that runs: its list is what admission made of it, and cannot change. @default false */
  readonly isLive?: boolean;
  /** Those of the object that matter to pulls. @default - none */
  readonly annotations?: ReadonlyMap<string, string>;
  readonly place?: Place;
  /** The path of the pod spec inside the object, such as `spec.template.spec`; `pathKeys` takes it apart. */
  readonly templatePath?: string;
  /**
   * The path of the list of pull secrets inside the object, whether it is there or not. Undefined where the object has
   * no place for one.
   */
  readonly listPath?: string;
  /**
   * The field that names pull secrets where it is no list of `{ name }`: one name, or a list of names. It is left to
   * people.
   */
  readonly namesField?: string;
  /** The object that the pod is taken from, such as the Task that a TaskRun names. */
  readonly takenFrom?: { readonly kind: string; readonly name: string };
  readonly source?: ManifestSource;
}
