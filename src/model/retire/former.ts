import { compareText } from '../names/names.js';
import type { Gift } from './gift.js';

/**
 * The annotation of what is retired. On an object that makes a pull secret: `true`, or the keys of the entries that
 * leave while it stays. On a service account: the names that its list has lost.
 */
export const retiredAnnotation = 'cdk8s-image-pull/retired';

/**
 * The annotation of the object that makes the pull secret of every node: the entries that are ours, as
 * `<pull secret>=<key>`, with a blank between them. Its other entries are those of somebody else.
 */
export const entriesAnnotation = 'cdk8s-image-pull/entries';

/** An object as plain data. */
export type Json = Readonly<Record<string, unknown>>;

/** An object with a mark. */
export type MarkedObject = Json & { readonly apiVersion: string; readonly kind: string };

/** An object as it stands in a file of the output. It may hold a credential, so nothing of it prints. */
export class FormerObject {
  readonly #value: Json;

  constructor(value: Json) {
    this.#value = value;
  }

  /** The object as it stands but for the mark; it has none where that is empty. */
  marked(mark: string): MarkedObject {
    const value = this.#value as MarkedObject & { metadata?: Json & { annotations?: Json } };
    const { annotations: before, ...metadata } = value.metadata ?? {};
    const { [retiredAnnotation]: _mark, ...others } = before ?? {};
    const annotations = mark === '' ? others : { ...others, [retiredAnnotation]: mark };
    return {
      ...value,
      metadata: sorted({
        ...metadata,
        ...(Object.keys(annotations).length > 0 && { annotations: sorted(annotations) }),
      }),
    };
  }
}

/** An object of an output that gives access. */
export interface GivingObject {
  readonly kind: string;
  readonly name: string;
  /** Undefined for kinds that live in no namespace. */
  readonly namespace: string | undefined;
  /** True where its file is in the folder of sources: it is copied, or feeds what is. */
  readonly isSource: boolean;
  readonly gifts: readonly Gift[];
  /** Texts that an earlier run marked retired. */
  readonly marks: readonly string[];
  /** Undefined where the object is not as this package writes it; it is never written again. */
  readonly object: FormerObject | undefined;
  /** Of the pull secret of every node: the keys of the entries of others, where the object holds them itself. */
  readonly others: readonly string[];
}

/** Objects that the files of an earlier run give to one cluster. */
export interface FormerOutput {
  readonly objects: readonly GivingObject[];
  /** Files that somebody broke since; what they gave is not known. */
  readonly broken: readonly string[];
}

/** The parts of a mark. */
export function marksOf(annotations: unknown): string[] {
  const mark: unknown = (annotations as Json | null | undefined)?.[retiredAnnotation];
  return typeof mark === 'string' ? mark.split(',').filter((part) => part !== '') : [];
}

function sorted(map: Json): Json {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}
