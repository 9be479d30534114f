import type { Verification } from '../../app/verify.js';
import { maskUser } from '../../model/docker-config/docker-config-entry.js';
import { compareText } from '../../model/names/names.js';
import { shown, shownKeyOf } from '../../model/problem/shown.js';
import type { ListedName, OfferedCredential, ProvenImage, Verdict } from '../../model/proof/verdict.js';
import { type PlaceRow, placeRow } from './place-row.js';

/** An image of a container, with its verdict. */
export interface ImageRow extends PlaceRow {
  /** The name of the cluster in the config; empty where none names one. */
  readonly cluster: string;
  readonly kind: string;
  /** Empty where nothing says it. */
  readonly namespace: string;
  readonly name: string;
  readonly place: ProvenImage['use']['field'];
  /** The container or the volume; of another field its path. */
  readonly container: string;
  readonly image: string;
  readonly verdict: Verdict;
  readonly serviceAccount: string;
  /** Where the pod's list begins. */
  readonly listFrom: 'pod' | 'account' | 'nowhere';
  /** The pod's pull secrets, in order. */
  readonly list: readonly ListedRow[];
  /** Credentials that the kubelet tries, in order. */
  readonly credentials: readonly CredentialRow[];
}

/** A name on the list of a pod. */
export interface ListedRow {
  readonly name: string;
  readonly state: ListedName['secret']['state'];
  /** Who put it there: `pod`, `account`, `attach`, or the policy. */
  readonly by: string;
  /** The object that makes the Secret, where it is no manifest. */
  readonly madeBy?: string;
}

/** A credential that the kubelet tries. */
export interface CredentialRow {
  readonly from: OfferedCredential['from'];
  readonly secret: string;
  /** Empty where it is not known. */
  readonly key: string;
  /** Whether its value lives outside of what was read. */
  readonly assumed: boolean;
  /** Without user name or without password. */
  readonly blank: boolean;
}

/** Images as plain data, by cluster, namespace, kind and name. */
export function imageRows(images: readonly ProvenImage[], sources: Verification['sources']): ImageRow[] {
  return images.map((image) => imageRow(image, sources)).sort(compareImages);
}

function imageRow({ pod, use, verdict, credentials }: ProvenImage, sources: Verification['sources']): ImageRow {
  const { workload, list } = pod;
  return {
    cluster: pod.cluster,
    kind: shown(workload.kind),
    namespace: shown(pod.namespace),
    name: shown(workload.name),
    place: use.field,
    container: shown(use.container),
    image: shown(use.image),
    verdict,
    serviceAccount: shown(workload.serviceAccount),
    listFrom: list.from,
    list: list.names.map(listedRow),
    credentials: credentials.map(credentialRow),
    ...placeRow(use.place, sources),
  };
}

function listedRow({ name, by, secret }: ListedName): ListedRow {
  return {
    name: shown(name),
    state: secret.state,
    by: typeof by === 'string' ? by : shown(`${by.kind} ${by.name}`),
    ...(secret.madeBy !== undefined && { madeBy: shown(secret.madeBy) }),
  };
}

function credentialRow({ from, secret, key, isAssumed, isBlank }: OfferedCredential): CredentialRow {
  return { from, secret: shown(secret), key: shownKeyOf(maskUser(key)), assumed: isAssumed, blank: isBlank };
}

function compareImages(a: ImageRow, b: ImageRow): number {
  return (
    compareText(a.cluster, b.cluster) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.kind, b.kind) ||
    compareText(a.name, b.name)
  );
}
