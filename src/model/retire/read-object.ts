import { labelError, subdomainError } from '../names/names.js';
import { grantOfName } from '../needs/grants.js';
import { deliveryOfName, type NamedDelivery } from '../reach/delivery-names.js';
import { recordsOf } from '../sealing/entry-record.js';
import { type DistributionName, distributionNames, distributions } from '../vocabulary/distributions.js';
import { isGlobalPullSecret } from '../vocabulary/global-pull-secret.js';
import { isVersionOf, type WrittenKind, writtenKinds } from '../vocabulary/written-kinds.js';
import { entriesAnnotation, FormerObject, type GivingObject, type Json, marksOf } from './former.js';
import type { Gift } from './gift.js';

const kinds = new Map(writtenKinds.map((each) => [each.kind, each]));

const pullSecretType = 'kubernetes.io/dockerconfigjson';

/** Marks an object whose names no cluster would take: somebody broke it. */
export const broken = 'broken';

/**
 * Reads what an object of an output gives; the same for files of an earlier run and for what is written now.
 *
 * @param stage the folder that its file lies in
 * @returns undefined for an object that gives no access
 */
export function readObject(object: Json, stage: string): GivingObject | typeof broken | undefined {
  const { kind } = object;
  const written = isText(kind) ? kinds.get(kind) : undefined;
  if (written?.delivery === 'always' || (written?.delivery === 'by name' && isDelivered(object, stage)))
    return readDelivery(object, written, stage);
  if (written?.gives === 'grant') return readGrant(object, written);
  if (written?.gives === 'listing') return readAccount(object);
  if (written?.gives === 'secret') return readSecret(object, written, stage);
  // Nothing of ours is a list: what stands in one is not known.
  return typeof kind === 'string' && kind.endsWith('List') ? broken : undefined;
}

function readAccount(object: Json): GivingObject | typeof broken {
  const head = headOf(object);
  if (head === broken || head.namespace === undefined || !isName(head.name)) return broken;
  const { namespace, name } = head;
  const { imagePullSecrets } = object;
  const names = (Array.isArray(imagePullSecrets) ? imagePullSecrets : []).map((each: unknown) => mapOf(each).name);
  if (!names.every((each): each is string => isText(each) && isName(each))) return broken;
  return {
    ...head,
    marks: head.marks.filter(isName),
    gifts: names.map((pullSecret): Gift => ({ gives: 'listing', namespace, account: name, pullSecret })),
    object: new FormerObject(object),
  };
}

function readSecret(object: Json, written: WrittenKind, stage: string): GivingObject | typeof broken {
  const head = headOf(object);
  if (head === broken || head.namespace === undefined || !isName(head.name)) return broken;
  const { namespace, name } = head;
  const isSource = stage === 'sources';
  const isWritten = isAsWritten(object, written, name);
  if (isSource && isGlobalPullSecret({ namespace, name })) return readGlobal(object, head, isWritten);
  const keys = entryKeys(object);
  const copier = isSource ? copierIn(object) : undefined;
  return {
    ...head,
    isSource,
    gifts: [
      { gives: 'secret', namespace, pullSecret: name },
      ...keys.map((key): Gift => ({ gives: 'entry', namespace, pullSecret: name, key })),
      ...(copier ? [{ gives: 'copies' as const, pullSecret: name, by: copier }] : []),
    ],
    object: isWritten && !keys.includes(hiddenKey) ? new FormerObject(object) : undefined,
  };
}

function readGlobal(object: Json, head: Head, isWritten: boolean): GivingObject {
  const annotations = mapOf(mapOf(object.metadata).annotations);
  const entries = entriesOfAnnotation(annotations[entriesAnnotation]);
  const ours = entries.map(({ key }) => key);
  return {
    ...head,
    isSource: true,
    gifts: entries.map((entry): Gift => ({ gives: 'node-entry', ...entry })),
    others: documentKeys(object).filter((key) => !ours.includes(key)),
    object: isWritten ? new FormerObject(object) : undefined,
  };
}

/** A binding whose name tells of no grant is broken. */
function readGrant(object: Json, written: WrittenKind): GivingObject | typeof broken {
  const head = headOf(object);
  if (head === broken || head.namespace === undefined) return broken;
  const { to, serviceAccount: account } = grantOfName(head.name) ?? {};
  if (to === undefined || labelError(to) || (account !== undefined && !isName(account))) return broken;
  const isWritten = hasHeadOf(object, written);
  return {
    ...head,
    gifts: [{ gives: 'grant', from: head.namespace, to, account }],
    object: isWritten ? new FormerObject(object) : undefined,
  };
}

/** An object whose name tells of no pull secret is broken. */
function readDelivery(object: Json, written: WrittenKind, stage: string): GivingObject | typeof broken {
  const head = headOf(object);
  const delivery = head === broken ? undefined : deliveryIn(head.name);
  if (head === broken || !delivery) return broken;
  return {
    ...head,
    isSource: stage === 'sources',
    gifts: [{ gives: 'delivery', ...delivery }],
    object: hasHeadOf(object, written) ? new FormerObject(object) : undefined,
  };
}

type Head = Omit<GivingObject, 'gifts' | 'object'>;

function headOf({ kind, metadata }: Json): Head | typeof broken {
  const { name, namespace, annotations } = mapOf(metadata);
  if (!isText(name) || (namespace !== undefined && (!isText(namespace) || labelError(namespace)))) return broken;
  return { kind: String(kind), name, namespace, isSource: false, marks: marksOf(annotations), others: [] };
}

/** Whether an object makes a pull secret of its own name, in the way this package does it. */
function isAsWritten(object: Json, written: WrittenKind, name: string): boolean {
  if (!hasHeadOf(object, written)) return false;
  if (written.kind === 'Secret') return object.type === pullSecretType;
  if (written.kind === 'SealedSecret') return templateOf(object).type === pullSecretType;
  const target = mapOf(mapOf(object.spec).target);
  return target.name === name && mapOf(target.template).type === pullSecretType;
}

/** Whether an object of a kind that has other ends too is one of those that a pull secret brings along. */
function isDelivered({ metadata, spec }: Json, stage: string): boolean {
  const { name } = mapOf(metadata);
  const isPullSecret = mapOf(mapOf(mapOf(spec).target).template).type === pullSecretType;
  return stage !== 'namespaces' && !isPullSecret && isText(name) && deliveryIn(name) !== undefined;
}

/** Reads a name of something that a pull secret brings along. */
function deliveryIn(name: string): NamedDelivery | undefined {
  const delivery = deliveryOfName(name);
  return delivery && isName(delivery.pullSecret) ? delivery : undefined;
}

/** Whether the version and annotations of an object are such as this package writes. */
function hasHeadOf(object: Json, written: WrittenKind): boolean {
  if (!isVersionOf(written, object.apiVersion)) return false;
  const { annotations = {} } = mapOf(object.metadata);
  return mapOf(annotations) === annotations && Object.values(annotations).every(isText);
}

/** The distribution that the annotations of a Secret, or of the one that a template makes, tell to copy it. */
function copierIn(object: Json): DistributionName | undefined {
  const { metadata } = object.kind === 'Secret' ? object : templateOf(object);
  const keys = Object.keys(mapOf(mapOf(metadata).annotations));
  return distributionNames.find((name) => {
    const { annotationPrefix } = distributions[name];
    return annotationPrefix !== undefined && keys.some((key) => key.startsWith(annotationPrefix));
  });
}

/** The Secret that a controller makes of an object. */
function templateOf({ kind, spec }: Json): Json {
  return mapOf((kind === 'SealedSecret' ? mapOf(spec) : mapOf(mapOf(spec).target)).template);
}

/** Reads {@link entriesAnnotation}; what is no entry in it is left out. */
export function entriesOfAnnotation(text: unknown): { readonly pullSecret: string; readonly key: string }[] {
  if (typeof text !== 'string') return [];
  return text.split(' ').flatMap((part) => {
    const [, pullSecret = '', key = ''] = /^([a-z0-9.-]+)=([A-Za-z0-9._:*[\]/-]+)$/.exec(part) ?? [];
    return pullSecret === '' ? [] : [{ pullSecret, key }];
  });
}

/** The keys of the entries, out of the docker config or of the template that makes it. */
function entryKeys(object: Json): string[] {
  if (object.sops !== undefined)
    return [...recordsOf(mapOf(object.metadata).annotations).values()].flatMap(({ key }) => key ?? []);
  const config = mapOf(object.data)['.dockerconfigjson'];
  const template = mapOf(templateOf(object).data)['.dockerconfigjson'];
  const text = typeof config === 'string' ? Buffer.from(config, 'base64').toString() : template;
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/"([^"]+)":\{(?:"auth":|\{ )/g)].map(([, key]) => String(shownKey(key ?? '')));
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

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isName(text: string): boolean {
  return subdomainError(text) === undefined;
}

function mapOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
