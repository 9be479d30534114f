import { type Document, parseAllDocuments } from 'yaml';
import { labelError, subdomainError } from '../model/names/names.js';
import { grantOfName } from '../model/needs/grants.js';
import { deliveryOfName } from '../model/reach/delivery-names.js';
import {
  copierIn,
  type DeliveryKind,
  deliveryKinds,
  entriesAnnotation,
  entriesOfAnnotation,
  type FormerAccount,
  type FormerDelivery,
  type FormerGlobal,
  type FormerGrant,
  FormerObject,
  type FormerOutput,
  type FormerSecret,
  grantKind,
  marksOf,
  writtenKinds,
} from '../model/retire/former.js';
import { isGlobalPullSecret, type SecretName } from '../model/vocabulary/global-pull-secret.js';

/** A file of an earlier run, relative to the output folder. */
export interface FormerFile {
  readonly path: string;
  readonly text: string;
}

/** What the files of an earlier run give, by the name of the cluster. */
export function readFormerOutput(files: readonly FormerFile[]): Map<string, FormerOutput> {
  const readers = new Map<string, FormerReader>();
  for (const file of files) {
    const cluster = file.path.split('/')[0] ?? '';
    const reader = readers.get(cluster) ?? new FormerReader();
    readers.set(cluster, reader);
    reader.read(file);
  }
  return new Map(readers);
}

type Json = Readonly<Record<string, unknown>>;

const secretKinds = Object.values(writtenKinds);

const pullSecretType = 'kubernetes.io/dockerconfigjson';

class FormerReader implements FormerOutput {
  readonly secrets: FormerSecret[] = [];
  readonly accounts: FormerAccount[] = [];
  readonly deliveries: FormerDelivery[] = [];
  readonly grants: FormerGrant[] = [];
  readonly broken: string[] = [];
  global: FormerGlobal | undefined;

  read({ path, text }: FormerFile): void {
    const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
    const stage = path.split('/')[1] ?? '';
    const isRead = Array.from(documents, (document) => {
      const object = objectOf(document);
      return object !== undefined && this.#add(object, stage);
    });
    if (isRead.includes(false)) this.broken.push(path);
  }

  /** False for an object whose names no cluster would take. */
  #add(object: Json, stage: string): boolean {
    const { kind } = object;
    const isSource = stage === 'sources';
    const delivery = deliveryKinds.find((each) => each.kind === kind);
    if (delivery && (!delivery.isShared || isDelivered(object, stage)))
      return this.#addDelivery(object, delivery, isSource);
    if (kind === grantKind.kind) return this.#addGrant(object);
    const written = secretKinds.find((each) => each.kind === kind);
    // Nothing of ours is a list: what stands in one is not known.
    if (!written && kind !== 'ServiceAccount') return typeof kind !== 'string' || !kind.endsWith('List');
    const { name, namespace, annotations } = mapOf(object.metadata);
    if (!isText(name) || !isText(namespace)) return false;
    if (!isName(name) || labelError(namespace)) return false;
    const marks = marksOf(annotations);
    if (!written) {
      const pullSecrets = listOf(object);
      this.accounts.push({ namespace, name, marks: marks.filter(isName), pullSecrets: pullSecrets.filter(isName) });
      return pullSecrets.every(isName);
    }
    if (isSource && isGlobalPullSecret({ namespace, name }))
      return this.#addGlobal(object, { namespace, name }, written);
    const keys = entryKeys(object);
    const isOwn = isAsWritten(object, written, name) && !keys.includes(hiddenKey);
    const own = isOwn ? new FormerObject(object) : undefined;
    const copiedBy = isSource ? copierIn(secretAnnotations(object)) : undefined;
    this.secrets.push({ namespace, name, kind: written.kind, isSource, copiedBy, marks, keys, object: own });
    return true;
  }

  /** False for a binding whose name tells of no grant. */
  #addGrant(object: Json): boolean {
    const { name, namespace, annotations } = mapOf(object.metadata);
    const grant = isText(name) ? grantOfName(name) : undefined;
    if (!grant || !isText(namespace) || labelError(namespace) || labelError(grant.to)) return false;
    if (grant.serviceAccount !== undefined && !isName(grant.serviceAccount)) return false;
    const own = hasHeadOf(object, grantKind) ? new FormerObject(object) : undefined;
    this.grants.push({ ...grant, from: namespace, marks: marksOf(annotations), object: own });
    return true;
  }

  #addGlobal(object: Json, at: SecretName, written: (typeof secretKinds)[number]): true {
    const annotations = mapOf(mapOf(object.metadata).annotations);
    const entries = entriesOfAnnotation(annotations[entriesAnnotation]);
    const others = documentKeys(object).filter((key) => entries.every((entry) => entry.key !== key));
    const own = isAsWritten(object, written, at.name) ? new FormerObject(object) : undefined;
    this.global = { ...at, entries, others, marks: marksOf(annotations), object: own };
    return true;
  }

  /** False for an object whose names tell of no pull secret. */
  #addDelivery(object: Json, written: DeliveryKind, isSource: boolean): boolean {
    const { name, namespace, annotations } = mapOf(object.metadata);
    if (!isText(name) || !tellsPullSecret(name)) return false;
    if (namespace !== undefined && (!isText(namespace) || labelError(namespace))) return false;
    const own = hasHeadOf(object, written) ? new FormerObject(object) : undefined;
    const stage = isSource ? 'sources' : 'policies';
    this.deliveries.push({ kind: written.kind, name, namespace, stage, marks: marksOf(annotations), object: own });
    return true;
  }
}

/** The object of a document that this tool wrote; undefined if somebody broke it since. */
function objectOf(document: Document.Parsed): Json | undefined {
  // A tag that nobody knows is only a warning, but changes the value.
  if (document.errors.length + document.warnings.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an object makes a pull secret of its own name, in the way this package does it. */
function isAsWritten(object: Json, written: (typeof secretKinds)[number], name: string): boolean {
  if (!hasHeadOf(object, written)) return false;
  if (written.kind === 'Secret') return object.type === pullSecretType;
  const target = mapOf(mapOf(object.spec).target);
  return target.name === name && mapOf(target.template).type === pullSecretType;
}

/** Whether an object of a kind that has other ends too is one of those that a pull secret brings along. */
function isDelivered({ metadata, spec }: Json, stage: string): boolean {
  const { name } = mapOf(metadata);
  const isPullSecret = mapOf(mapOf(mapOf(spec).target).template).type === pullSecretType;
  return stage !== 'namespaces' && !isPullSecret && isText(name) && tellsPullSecret(name);
}

/** Whether a name is that of something that a pull secret brings along. */
function tellsPullSecret(name: string): boolean {
  return isName(deliveryOfName(name)?.pullSecret ?? '');
}

/** Whether the version and annotations of an object are such as this package writes. */
function hasHeadOf(object: Json, { apiVersion }: { readonly apiVersion: RegExp }): boolean {
  if (!isText(object.apiVersion) || !apiVersion.test(object.apiVersion)) return false;
  const { annotations = {} } = mapOf(object.metadata);
  return mapOf(annotations) === annotations && Object.values(annotations).every(isText);
}

/** The annotations of a Secret, or of the one that a template makes. */
function secretAnnotations({ kind, metadata, spec }: Json): unknown {
  const template = mapOf(mapOf(mapOf(spec).target).template);
  return mapOf(kind === 'Secret' ? metadata : template.metadata).annotations;
}

function listOf({ imagePullSecrets }: Json): string[] {
  if (!Array.isArray(imagePullSecrets)) return [];
  return imagePullSecrets.map((entry: unknown) => mapOf(entry).name).filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isName(text: string): boolean {
  return subdomainError(text) === undefined;
}

/** The keys of the entries, out of the docker config or of the template that makes it. */
function entryKeys({ data, spec }: Json): string[] {
  const config = mapOf(data)['.dockerconfigjson'];
  const template = mapOf(mapOf(mapOf(mapOf(spec).target).template).data)['.dockerconfigjson'];
  const text = typeof config === 'string' ? Buffer.from(config, 'base64').toString() : template;
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/"([^"]+)":\{"auth":/g)].map(([, key]) => shownKey(key ?? ''));
}

/** The keys of the entries of a docker config that an object holds itself. */
function documentKeys({ data }: Json): string[] {
  const config = mapOf(data)['.dockerconfigjson'];
  try {
    const document: unknown = JSON.parse(typeof config === 'string' ? Buffer.from(config, 'base64').toString() : '{}');
    return Object.keys(mapOf(mapOf(document).auths));
  } catch {
    return [];
  }
}

const hiddenKey = '(not shown)';

/** No registry has a key of other characters, and what somebody wrote in its place may be a credential. */
function shownKey(key: string): string {
  return /^[A-Za-z0-9._:*[\]/-]+$/.test(key) ? key : hiddenKey;
}

function mapOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
