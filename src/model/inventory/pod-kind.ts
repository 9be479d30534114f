/**
 * A field that names an image, relative to the pod if it begins with a dot, else to the object. For the syntax of
 * paths see `parseTreePath`.
 */
export interface ImagePath {
  readonly path: string;
  /** The field that is used instead where this one is absent although its parent is there. */
  readonly orElse?: string;
  /**
   * The field is an OpenShift reference: `{ kind: DockerImage | ImageStreamTag | ImageStreamImage, name, namespace }`.
   */
  readonly reference?: boolean;
  /** Whether the field counts for every pod, one without an image of its own included. @default false */
  readonly ofEveryPod?: boolean;
  /** Left out in front of the image: `docker://`. A text without it is no image. @default - none */
  readonly transport?: string;
  /** The text that stands for no image. @default - none */
  readonly placeholder?: string;
  /** The field beside it with the tag or digest of the image. @default - the field has the whole image */
  readonly tag?: string;
  /** The name of an image where the field has only what stands in front of it: `/node`. @default - the field names the image */
  readonly name?: string;
}

/** Where parameters of Tekton stand, as lists of maps with `name`. */
export interface ParameterPaths {
  /** The ones that are declared, with their defaults. @default - none */
  readonly declared?: readonly string[];
  /** The ones that are given a value, in words of the parameters around. @default - none */
  readonly given?: readonly string[];
}

/** The pods that an object runs, one for each place that `podSpec` or `at` leads to. */
export interface PodPath {
  /** The path of a pod spec: its containers, image volumes, account and pull secrets are those of Kubernetes. */
  readonly podSpec?: string;
  /** The path of something that becomes a pod without being a pod spec. @default - the object itself */
  readonly at?: string;
  /**
   * Further fields that name images. Those that are not relative count only where the pod has an image of its own.
   * @default - none
   */
  readonly images?: readonly (string | ImagePath)[];
  /** Where this pod's own account is stated: the first that is present wins. @default - that of the object */
  readonly serviceAccount?: readonly string[];
  /** Where this pod's own pull secrets are named. @default - those of the object */
  readonly pullSecrets?: readonly string[];
  /** Whether every container must have an image. @default - true for a pod spec */
  readonly imageRequired?: boolean;
  /** As in {@link PodKind}. @default - that of the object */
  readonly defaultAccount?: DefaultAccount;
  /** Whether an object that borrows from a `pool` runs it, beside the object itself. @default false */
  readonly pooled?: boolean;
  /** The field with the name by which `perTask` speaks of the pod. @default - none */
  readonly task?: string;
  /** Parameters of this pod alone. @default - those of the object */
  readonly parameters?: ParameterPaths;
}

/** The account of pods that state none. */
export interface DefaultAccount {
  /** Its name, in which `{name}` is that of the object. */
  readonly name: string;
  /**
   * True where only the object's own list reaches the pods: the operator makes the account and keeps its list, or asks
   * no account.
   * @default false
   */
  readonly ownListOnly?: boolean;
  /** The field that must be true for it. @default - it always is the account */
  readonly where?: string;
}

/** A field by which an object names another object, whose pods then run under this object's account. */
export interface Borrow {
  /** Place that the path is relative to. @default - the object */
  readonly at?: string;
  /** The field, a name or a map with `name`. Where it has a `resolver` or `bundle`, the object lies elsewhere. */
  readonly ref: string;
  readonly kind: string;
  /** The kind that is meant where the field says `kind: <it>` or `clusterScope: true`. @default - none */
  readonly clusterKind?: string;
  /** The field that must be there, with which pods of the other object that are `pooled` run in place of that one's. @default - all its pods are borrowed */
  readonly pool?: string;
  /** Whether account and pull secrets of the other object count too, where this one states none. @default false */
  readonly whole?: boolean;
  /** Where the account of these pods is stated. @default - that of the object */
  readonly serviceAccount?: readonly string[];
  /** Where the pull secrets of these pods are named. @default - those of the object */
  readonly pullSecrets?: readonly string[];
  /** As in {@link PodPath}. */
  readonly task?: string;
  /** The parameters that the other object is given. @default - none */
  readonly given?: readonly string[];
}

/** A kind of object that runs pods: one line of the table of kinds. */
export interface PodKind {
  /** The API group, empty for the core group; undefined matches every group. */
  readonly group: string | undefined;
  readonly kind: string;
  readonly pods: readonly PodPath[];
  /** Where the account of all its pods is stated: the first that is present wins. @default - nowhere */
  readonly serviceAccount?: readonly string[];
  /**
   * Where the pull secrets of all its pods are named: the first that is present wins. Of several the last is where the
   * oldest version has them.
   * @default - nowhere
   */
  readonly pullSecrets?: readonly string[];
  /** The map that must be there before its list can: it has further fields that are required. @default - none */
  readonly listInside?: string;
  /** The account where none is stated. @default - the account `default` */
  readonly defaultAccount?: DefaultAccount;
  /** True where its objects are in no namespace: who reads them must say where their pods run. @default false */
  readonly ofCluster?: boolean;
  /** Fields whose image the operator chooses where the field is absent although its parent is there. @default - none */
  readonly operatorImages?: readonly string[];
  /** The field that names the images in their place. @default - none */
  readonly imageCatalog?: string;
  /** Fields that name images which run in pods of other objects, injected into them for example. @default - none */
  readonly injects?: readonly string[];
  /** The parameters that are followed into its images, and those of what it borrows. @default - images are as they stand */
  readonly parameters?: ParameterPaths;
  /** Where its Argo workflow stands, whose parameters are followed into images. @default - images are as they stand */
  readonly workflow?: string;
  /** @default - none */
  readonly borrows?: readonly Borrow[];
  /**
   * The object runs nothing by itself: others borrow from it. One of a namespace that nobody borrows from counts as if
   * it were run under the default account; one of the cluster is an unused template.
   * @default - it runs its pods
   */
  readonly lends?: 'namespace' | 'cluster';
  /** Accounts and pull secrets of single tasks. @default - none */
  readonly perTask?: {
    /** The list; the other paths are relative to its items. */
    readonly at: string;
    readonly task: string;
    readonly serviceAccount: readonly string[];
    readonly pullSecrets: readonly string[];
  };
}

/**
 * A kind of the user's own that runs pods (`podKinds` of the config). Paths are keys joined by dots, with `[]` behind
 * a key for every item of its list and `*` in place of a key for every value of a map.
 *
 * @throws `pod-kind-invalid` where a path or the whole makes no sense
 */
export interface PodKindSpec {
  /**
   * API group, or group and version; the version does not matter.
   * @default - every group
   */
  readonly apiVersion?: string;
  /** The kind. */
  readonly kind: string;
  /**
   * The path of a pod spec, such as `spec.template.spec`.
   * @default - none, `images` must be given
   */
  readonly podSpec?: string;
  /**
   * Paths of fields that name images, such as `spec.image` or `spec.sidecars[].image`.
   * @default - those of the pod spec
   */
  readonly images?: readonly string[];
  /**
   * The path of the account's name.
   * @default - that of the pod spec, else the account `default`
   */
  readonly serviceAccount?: string;
  /**
   * The path of the names of pull secrets, such as `spec.imagePullSecrets[].name`.
   * @default - that of the pod spec
   */
  readonly pullSecrets?: string;
}
