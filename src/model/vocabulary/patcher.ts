/** The label that names a program, by the value of which the patcher is told from other Deployments. */
export const programLabel = 'app.kubernetes.io/name';

/** The name of the program. */
export const patcherApp = 'imagepullsecret-patcher';

/**
 * imagepullsecret-patcher: one Deployment that copies the source Secret into every namespace and puts its name on the
 * lists of service accounts. The keys are the settings of its README; what they are called there stands behind each.
 * Settings that have no key: `secretname` is the name of the pull secret, `dockerconfigjsonpath` where its source
 * Secret is mounted, `excluded-namespaces` what `exclude` names and the source's own namespace, and `dockerconfigjson`
 * would put the credential into the Deployment.
 */
export interface PatcherSpec {
  /**
   * The namespace of the source Secret and the Deployment, one of its own: it is written, and gets no copy.
   * @default 'image-pull'
   */
  readonly namespace?: string;
  /**
   * The image, with a tag that is not `latest`, or a digest.
   * @default 'quay.io/titansoft/imagepullsecret-patcher:v0.14'
   */
  readonly image?: string;
  /**
   * Exact names of service accounts (`serviceaccounts`): the program knows no patterns.
   * @default - `default`
   */
  readonly serviceAccounts?: readonly string[];
  /**
   * Every service account of every namespace (`allserviceaccount`).
   * @default false
   */
  readonly allServiceAccounts?: boolean;
  /**
   * Whether a Secret of that name with another content is deleted and made anew (`force`). Without it a credential that
   * was rotated never arrives.
   * @default true
   */
  readonly force?: boolean;
  /**
   * Whether it logs what it leaves as it is (`debug`).
   * @default false
   */
  readonly debug?: boolean;
  /**
   * How long it waits between two rounds (`loop-duration`), as a duration of Go.
   * @default '10s'
   */
  readonly loopDuration?: string;
  /**
   * Requests and limits of its container.
   * @default - requests of 100m cpu and 32Mi memory, limits of 200m cpu and 128Mi memory
   */
  readonly resources?: ResourcesSpec;
  /**
   * Only `false` (`managedonly`): the program's check is the wrong way round, so that with it no copy would be renewed.
   * @default false
   */
  readonly managedOnly?: boolean;
  /**
   * Only `false` (`runonce`): a Deployment starts a program that has ended again and again.
   * @default false
   */
  readonly runOnce?: boolean;
}

/** Quantities of Kubernetes by the name of the resource, such as `{ memory: '64Mi' }`. */
export type Quantities = Readonly<Record<string, string>>;

/** Requests and limits of a container; given, they replace the defaults as a whole. */
export interface ResourcesSpec {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
}

const defaultResources: ResourcesSpec = {
  requests: { cpu: '100m', memory: '32Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};

/** The options with everything filled in. */
export interface PatcherSettings {
  readonly image: string;
  /** Exact names; undefined for all accounts. */
  readonly serviceAccounts: readonly string[] | undefined;
  readonly force: boolean;
  readonly debug: boolean;
  readonly loopDuration: string;
  readonly resources: ResourcesSpec;
}

/** Fills in what the options leave out. */
export function patcherSettings(spec: PatcherSpec): PatcherSettings {
  return {
    image: spec.image ?? 'quay.io/titansoft/imagepullsecret-patcher:v0.14',
    serviceAccounts: spec.allServiceAccounts === true ? undefined : (spec.serviceAccounts ?? ['default']),
    force: spec.force ?? true,
    debug: spec.debug ?? false,
    loopDuration: spec.loopDuration ?? '10s',
    resources: spec.resources ?? defaultResources,
  };
}

/**
 * The annotation of a Namespace that every imagepullsecret-patcher leaves out where it is `true`
 * (imagepullsecret-patcher v0.14, main.go).
 */
export const patcherExcludeAnnotation = 'k8s.titansoft.com/imagepullsecret-patcher-exclude';
