import type { DeclaredDelivery, DeclaredSecret } from '../inventory/declared-object.js';
import type { Labelled } from '../reach/policy-scope.js';

/** A Secret that something brings into a namespace. */
export interface CopiedSecret {
  readonly name: string;
  /** The Secret that it is a copy of; undefined where that is not among what was read. */
  readonly original: DeclaredSecret | undefined;
  /** Name of the bringer, as messages have it: `policy image-pull-clone-ghcr`, `reflector`. */
  readonly by: string;
  /** Whether it fills a Secret that is declared there. @default false: it leaves that alone */
  readonly fillsDeclared?: boolean;
}

/** A list as it is after policies have acted on it. */
export interface ListEffect {
  /** Every name, in order, with the policy that put it there; undefined for what was there before. */
  readonly names: readonly { readonly name: string; readonly by: DeclaredDelivery | undefined }[];
  /** Policies that touch pull secrets here and whose effect cannot be known. */
  readonly unknown: readonly DeclaredDelivery[];
}

/** The account of a pod, as policies see it. */
export interface AccountSeen extends Labelled {
  readonly namespace: Labelled;
}

/** A pod at its creation, as policies see it: its account's list is on it already. */
export interface PodSeen {
  readonly namespace: Labelled;
  readonly serviceAccount: string;
  /** The containers of the pod; policies look at their images. */
  readonly containers: readonly ContainerSeen[];
}

/** The template of pods of an object that is written, such as a Deployment. */
export interface TemplateSeen extends PodSeen {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined where it is not known. */
  readonly name: string | undefined;
  /** The path of the pod spec inside the object, such as `spec.template.spec`. */
  readonly templatePath: string;
}

/** A container of a pod, or a volume with an image, by the list that it stands in. */
export interface ContainerSeen {
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers' | 'volumes';
  readonly name: string;
  readonly image: string;
}

/** Effects of policies, copiers and operators in a cluster with pull secrets, from the objects that tell them to. */
export interface Effects {
  /** Whether any of them acts on lists. */
  readonly actOnLists: boolean;
  /** The Secrets that are brought into a namespace. */
  copiesInto(namespace: Labelled): readonly CopiedSecret[];
  /** Those that may bring Secrets into a namespace of which neither name nor content can be known. */
  unknownCopiers(namespace: Labelled): readonly DeclaredDelivery[];
  /** Effect on the list of an account. */
  onAccount(account: AccountSeen, list: readonly string[]): ListEffect;
  /** Effect on the list of a template when its object is written: this is before the account's list counts. */
  onTemplate(template: TemplateSeen, list: readonly string[]): ListEffect;
  /** Effect on the list of a pod when it is created. */
  onPod(pod: PodSeen, list: readonly string[]): ListEffect;
}
