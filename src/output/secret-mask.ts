import { maskedText } from '../model/problem/credential-mask.js';
import { isVersionOf, writtenKinds } from '../model/vocabulary/written-kinds.js';
import { toYaml } from '../yaml/yaml.js';
import { isUnexpected } from './program-mask.js';

/** The keys of a Secret that hold no secret. */
const openKeys = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable']);
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const dataKey = /^[-._a-zA-Z0-9]{1,253}$/;
const embeddedSecret = /\bkind\W{0,9}Secret(?:List)?\b/i;
const notShown = 'not an object that this package writes: not shown';

/** A credential in the JSON of a docker config: what this package writes has expressions of a template in these places. */
const literal = /"(?:auth|password|identitytoken|registrytoken)"\s*:\s*"(?!")/i;

/** Keys that hold a credential, where they hold a text: of ours those hold references, or the name of a property. */
const credentialKey = /(?:^|[-_.])(?:passwords?|passwd|pwd|tokens?|secrets?|api-?keys?|credentials?|auth)$/i;

/** Shorter values are too likely to stand somewhere by chance. */
const shortestRepeated = 6;

/** Stands for a masked value until both versions are known. Plain in YAML, wherever it stands. */
const placeholder = (index: number) => `masked-value-${index}-`;
const placeholders = /masked-value-(\d+)-/g;

type Json = Readonly<Record<string, unknown>>;

/** Writes documents with placeholders for secret values, and remembers what they stand for. */
export class SecretMask {
  /** The masked values by their place: which object, which keys. */
  readonly values = new Map<string, string>();
  readonly #places: string[] = [];
  readonly #identities = new Map<string, number>();

  /** A document, `undefined` for one that is not valid, as YAML with placeholders. */
  document(value: unknown): string {
    if (value === null) return '';
    if (!isMap(value) || typeof value.kind !== 'string' || typeof value.apiVersion !== 'string') {
      return value === undefined ? '(not valid YAML: not shown)\n' : '(not a Kubernetes object: not shown)\n';
    }
    if (!isSecret(value) && !isWritten(value)) return `(${notShown})\n`;
    const place = this.#identity(value);
    return toYaml(
      new DocumentMask(secretsIn(value), (path, secret) => this.#mask([place, ...path], secret)).masked(value),
    );
  }

  /** True if the documents can be shown as they stand: kinds that this package writes, with nothing to mask. */
  isOpen(documents: readonly unknown[]): boolean {
    return documents.every(
      (value) => value === null || (isMap(value) && !isSecret(value) && isWritten(value) && !this.#hides(value)),
    );
  }

  #hides(value: Json): boolean {
    let hides = false;
    new DocumentMask(secretsIn(value), () => {
      hides = true;
      return '';
    }).masked(value);
    return hides;
  }

  /** Puts `***` for every placeholder, with the version where the other version has another value in that place. */
  resolve(text: string, other: ReadonlyMap<string, string>, version: string): string {
    return text.replace(placeholders, (_match, index: string) => {
      const place = this.#places[Number(index)];
      if (place === undefined) return '***';
      const otherValue = other.get(place);
      return otherValue === undefined || otherValue === this.values.get(place) ? '***' : `*** (${version})`;
    });
  }

  #mask(path: readonly string[], value: unknown): string {
    const place = JSON.stringify(path);
    this.values.set(place, String(value));
    this.#places.push(place);
    return placeholder(this.#places.length - 1);
  }

  #identity({ apiVersion, kind, metadata }: Json): string {
    const { namespace, name } = isMap(metadata) ? metadata : {};
    const identity = JSON.stringify([apiVersion, kind, String(namespace), String(name)]);
    const count = (this.#identities.get(identity) ?? 0) + 1;
    this.#identities.set(identity, count);
    return `${identity} ${count}`;
  }
}

type Mask = (path: readonly string[], value: unknown) => string;

/** Copies one document and masks what must not be seen of it. */
class DocumentMask {
  constructor(
    private readonly secrets: readonly string[],
    private readonly mask: Mask,
  ) {}

  masked(value: unknown): unknown {
    return this.#open(value, []);
  }

  #open(value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.#open(item, [...path, String(index)]));
    if (isMap(value)) return this.#map(value, path);
    if (typeof value === 'string') return this.#gives(value) ? this.mask(path, value) : value;
    // Sets, bytes and the like have no place in a manifest.
    return isScalar(value) ? value : this.mask(path, value);
  }

  #map(map: Json, path: readonly string[]): Json {
    const entries = Object.entries(map).map(
      ([key, value]) => [key, this.#entry(map, key, value, [...path, key])] as const,
    );
    return Object.fromEntries(entries);
  }

  #entry(map: Json, key: string, value: unknown, place: readonly string[]): unknown {
    if (isSecret(map) && isHidden(key, place, map)) return this.#hidden(value, place);
    if (isUnexpected(key, place, map.name)) return this.#hidden(value, place);
    if (typeof value === 'string' && isLiteral(key, value, place)) return this.mask(place, value);
    return key === lastApplied ? this.mask(place, value) : this.#open(value, place);
  }

  #hidden(value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.#hidden(item, [...path, String(index)]));
    if (!isMap(value)) return this.mask(path, value);
    const entries = Object.entries(value).map(([key, item]) => {
      const place = [...path, key];
      // What cannot be a key of a Secret may be anything.
      return [dataKey.test(key) ? key : this.mask([...place, 'key'], key), this.#hidden(item, place)] as const;
    });
    return Object.fromEntries(entries);
  }

  #gives(text: string): boolean {
    return (
      looksLikeCredential(text) ||
      literal.test(text) ||
      (embeddedSecret.test(text) && /data/i.test(text)) ||
      this.secrets.some((secret) => text.includes(secret))
    );
  }
}

/** Form of what sealed-secrets encrypts: never shorter than its RSA key. */
const ciphertext = /^[A-Za-z0-9+/]{340,}={0,2}$/;

/** True for a text that has the form of a credential, under whatever key: a token, a user with a password, random letters. */
function looksLikeCredential(text: string): boolean {
  return maskedText(text) !== text || isRandom(text) || holdsPassword(text);
}

/** Long, of small and capital letters and digits without a break: no name that Kubernetes takes or that somebody chose. */
function isRandom(text: string): boolean {
  return /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+=_-]{24,}$/.test(text);
}

/** True for base64 of `user:password`, or of a docker config. */
function holdsPassword(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{11,}={0,2}$/.test(text)) return false;
  return /^[\x20-\x7e\s]*:[\x20-\x7e\s]*$/.test(Buffer.from(text, 'base64').toString('latin1'));
}

/** True for a text where this package writes ciphertext, references, names of properties, or expressions of a template. */
function isLiteral(key: string, value: string, place: readonly string[]): boolean {
  const [part, owner] = [place.at(-2), place.at(-3)];
  if (part === 'encryptedData') return !ciphertext.test(value);
  return credentialKey.test(key) || (part === 'data' && owner === 'template' && !value.includes('{{'));
}

/**
 * Of a Secret itself everything is hidden but what is known to be open. References to Secrets, such as
 * `{ kind: Secret, name: x }`, stay readable: of them only the data that a policy may hold is hidden.
 */
function isHidden(key: string, place: readonly string[], map: Json): boolean {
  const isObject = place.length === 1 || isMap(map.metadata);
  return isObject ? !openKeys.has(key) : key === 'data' || key === 'stringData';
}

/** True for a Secret or a list of them, however sloppily that is written. */
function isSecret({ kind }: Json): boolean {
  return typeof kind === 'string' && /^\s*secret(?:list)?\s*$/i.test(kind);
}

/** True for a kind that this package writes and shows. */
function isWritten({ apiVersion, kind }: Json): boolean {
  return writtenKinds.some((each) => each.kind === kind && each.isOpen && isVersionOf(each, apiVersion));
}

/** The texts that the data of the Secrets of a document hold: as they stand, encoded and decoded. */
function secretsIn(value: unknown, isData = false): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isData));
  if (isMap(value)) {
    const holdsData = (key: string) => isData || (isSecret(value) && (key === 'data' || key === 'stringData'));
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, holdsData(key)));
  }
  if (!isData || value === null) return [];
  const text = String(value);
  const variants = [text, Buffer.from(text).toString('base64'), Buffer.from(text, 'base64').toString()];
  return variants.filter((variant) => variant.length >= shortestRepeated && !variant.includes('\ufffd'));
}

function isMap(value: unknown): value is Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object' || value instanceof Date;
}
