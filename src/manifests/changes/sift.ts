import { hasFarName, isLocalKind, reachOfAnnotation } from '../../model/inventory/local-kinds.js';
import { type PlainHead, plainHeads } from '../../yaml/plain-heads.js';
import type { FoundText } from '../disk-text.js';
import type { EntryInfos } from '../files.js';

/** A text that may be passed over. */
export interface SiftedText {
  /** Without links. */
  readonly path: string;
  /** As messages name it. */
  readonly file: string;
  readonly found: FoundText;
  readonly infos: EntryInfos;
}

const secretKinds = new Set(['Secret', 'SealedSecret']);
const podKinds = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet']);

/**
 * Tells texts that may hold something about some namespaces from those that hold nothing but objects of others. What is
 * not plain to see is taken for the former.
 */
export class Sift {
  readonly #namespaces: ReadonlySet<string>;
  readonly #always: ReadonlySet<string>;
  /** The files that are read in any case, as messages name them. */
  readonly named = new Set<string>();
  /** The namespaces of Secrets, by their names. */
  readonly #secrets = new Map<string, (string | undefined)[]>();
  #passed = 0;
  #pods = 0;

  /** @param always files that are read in any case, without links */
  constructor(namespaces: ReadonlySet<string>, always: ReadonlySet<string>) {
    this.#namespaces = namespaces;
    this.#always = always;
  }

  /** How many texts were passed over. */
  get passed(): number {
    return this.#passed;
  }

  /** Whether a text that was passed over has an object of a kind that runs pods. */
  get hasPods(): boolean {
    return this.#pods > 0;
  }

  /** The namespaces that have a Secret of a name in the texts that were passed over. */
  namespacesOf(name: string): readonly (string | undefined)[] {
    return this.#secrets.get(name) ?? [];
  }

  /** Whether a text is to be read. */
  keeps({ path, file, found, infos }: SiftedText): boolean {
    if (this.#always.has(path)) this.named.add(file);
    if (this.#always.has(path) || typeof found === 'string' || hasFarName(found.text)) return true;
    const heads = plainHeads(found.text);
    if (!heads || heads.length === 0 || heads.some((head) => this.#mayMatter(head, infos))) return true;
    this.#passed++;
    for (const head of heads) {
      if (secretKinds.has(head.kind)) this.#noteSecret(head, infos);
      if (podKinds.has(head.kind)) this.#pods++;
    }
    return false;
  }

  #noteSecret(head: PlainHead, infos: EntryInfos): void {
    const known = this.#secrets.get(head.name);
    if (known) known.push(...namespacesOf(head, infos));
    else this.#secrets.set(head.name, [...namespacesOf(head, infos)]);
  }

  #mayMatter(head: PlainHead, infos: EntryInfos): boolean {
    if (head.kind === 'Namespace' && head.apiVersion === 'v1') return this.#namespaces.has(head.name) || isFar(head);
    if (!isLocalKind(head) || isFar(head)) return true;
    return namespacesOf(head, infos).some((each = '') => this.#namespaces.has(each));
  }
}

/** The namespaces of an object; undefined among them where it is in none. */
function namespacesOf({ namespace }: PlainHead, infos: EntryInfos): readonly (string | undefined)[] {
  return namespace === undefined ? infos.map((info) => info.namespace) : [namespace];
}

function isFar({ marks }: PlainHead): boolean {
  return marks.some((mark) => reachOfAnnotation(mark) !== undefined);
}
