import { parseAllDocuments } from 'yaml';

/** What identifies an object of a cluster. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object of a cluster; of its fields those that several kinds have, or that every test of pulls reads. */
export interface KubeObject extends ObjectRef {
  readonly metadata: ObjectMeta;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  /** Of a Secret, in base64; of a ConfigMap, as it is. */
  readonly data?: Readonly<Record<string, string>>;
  readonly type?: string;
  /** Of a service account. */
  readonly imagePullSecrets?: readonly NameRef[];
  readonly secrets?: readonly NameRef[];
  readonly [field: string]: unknown;
}

/** An object that is to be created; the API server may name it. */
export interface NewObject extends Omit<KubeObject, 'metadata'> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Partial<ObjectMeta> & { readonly generateName?: string };
}

/** The metadata of an object. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly resourceVersion?: string;
  readonly uid?: string;
}

/** A reference by name alone. */
export interface NameRef {
  readonly name: string;
}

/** A document of a file: the object, and the text as it stands in the file. */
export interface Manifest {
  readonly object: KubeObject;
  readonly text: string;
}

/** The objects of a YAML text. */
export function manifestsOf(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).flatMap((document) => {
    const object = document.toJS() as KubeObject | null;
    return object === null ? [] : [{ object, text: yaml.slice(document.range[0], document.range[1]) }];
  });
}

/** `kind namespace/name`, for titles and messages. */
export function title({ kind, metadata: { namespace, name = '' } }: NewObject | ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
