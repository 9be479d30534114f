import { GoRegexp } from '../../../go/go-regexp.js';
import type { DeclaredSecret } from '../../../inventory/declared-object.js';
import { allOf, anyOf, type Known, unknown } from '../language/value.js';
import { selectsByText } from '../seen-labels.js';
import type { SeenNamespace } from '../subject.js';
import { type Brought, broughtWhere, type Copier, type SecretAddress } from './copier.js';

/** How a tool is told by annotations of a Secret where to copy it, and of an empty Secret what to fill it with. */
interface AnnotationDialect {
  readonly by: string;
  /** Whether the Secret is copied into a namespace without being asked for there. */
  pushes(annotation: (name: string) => string | undefined, namespace: SeenNamespace): Known;
  /** Whether a Secret may be filled from this one. */
  allows(annotation: (name: string) => string | undefined, namespace: SeenNamespace): Known;
  /** Prefix of the names of its annotations. */
  readonly prefix: string;
  /** The annotation of a Secret that says what fills it. */
  readonly fills: string;
}

/** emberstack/kubernetes-reflector, Mirroring/Core/ReflectorProperties.cs. */
const reflector: AnnotationDialect = {
  by: 'reflector',
  prefix: 'reflector.v1.k8s.emberstack.com/',
  fills: 'reflects',
  pushes: (annotation, namespace) =>
    allOf([
      reflector.allows(annotation, namespace),
      isTrue(annotation('reflection-auto-enabled')),
      isSelected(annotation, 'reflection-auto-namespaces', namespace),
    ]),
  allows: (annotation, namespace) =>
    allOf([
      isTrue(annotation('reflection-allowed')),
      isSelected(annotation, 'reflection-allowed-namespaces', namespace),
    ]),
};

/** mittwald/kubernetes-replicator, replicate/common/consts.go. */
const replicator: AnnotationDialect = {
  by: 'kubernetes-replicator',
  prefix: 'replicator.v1.mittwald.de/',
  fills: 'replicate-from',
  pushes: (annotation, namespace) => {
    const names = annotation('replicate-to');
    const selector = annotation('replicate-to-matching');
    return anyOf([
      names !== undefined && isNamed(names, namespace),
      selector !== undefined && selectsByText(selector, namespace),
    ]);
  },
  allows: (annotation, namespace) => {
    const names = annotation('replication-allowed-namespaces');
    return allOf([isTrue(annotation('replication-allowed')), names !== undefined && isNamed(names, namespace)]);
  },
};

const dialects = [reflector, replicator];

/** The copiers that a Secret speaks to by its annotations. */
export function copiersOf(secret: DeclaredSecret): Copier[] {
  return dialects
    .filter(({ prefix }) => [...(secret.annotations?.keys() ?? [])].some((key) => key.startsWith(prefix)))
    .map((dialect) => new AnnotatedSecret(secret, dialect));
}

/** A Secret that is copied because its annotations say so. Never into its own namespace. */
class AnnotatedSecret implements Copier {
  readonly by: string;
  readonly #secret: DeclaredSecret;
  readonly #dialect: AnnotationDialect;

  constructor(secret: DeclaredSecret, dialect: AnnotationDialect) {
    this.by = dialect.by;
    this.#secret = secret;
    this.#dialect = dialect;
  }

  into(namespace: SeenNamespace): readonly Brought[] {
    const { name, namespace: own = '' } = this.#secret;
    if (namespace.name === own || (namespace.name === undefined && own === '')) return [];
    const isReached = this.#dialect.pushes(annotationsOf(this.#secret, this.#dialect), namespace);
    return broughtWhere(isReached, [{ name, original: { namespace: own, name } }]);
  }
}

/** Source that fills a Secret which is declared, and whether it may. */
export interface Filling {
  readonly by: string;
  readonly from: SecretAddress;
  allowedBy(original: DeclaredSecret, namespace: SeenNamespace): Known;
}

/** `fluxcd.controlplane.io/copyFrom` of the Flux operator asks nobody. */
const copyFrom = 'fluxcd.controlplane.io/copyFrom';

/** Finds what a Secret is to be filled with, by its annotations; undefined where it holds its own values. */
export function fillingOf({ annotations }: DeclaredSecret): Filling | undefined {
  const copied = addressOf(annotations?.get(copyFrom));
  if (copied) return { by: 'flux-operator', from: copied, allowedBy: () => true };
  for (const dialect of dialects) {
    const from = addressOf(annotations?.get(dialect.prefix + dialect.fills));
    if (!from) continue;
    const allowedBy = (original: DeclaredSecret, namespace: SeenNamespace): Known =>
      dialect.allows(annotationsOf(original, dialect), namespace);
    return { by: dialect.by, from, allowedBy };
  }
  return undefined;
}

function addressOf(text: string | undefined): SecretAddress | undefined {
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(text ?? '') ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}

function annotationsOf({ annotations }: DeclaredSecret, { prefix }: AnnotationDialect) {
  return (name: string): string | undefined => annotations?.get(prefix + name);
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** By names or by labels, whichever holds; with neither, every namespace. */
function isSelected(annotation: (name: string) => string | undefined, list: string, namespace: SeenNamespace): Known {
  const names = annotation(list);
  const selector = annotation(`${list}-selector`);
  if (!names && !selector) return true;
  return anyOf([!!names && isNamed(names, namespace), !!selector && selectsByText(selector, namespace)]);
}

/** Whether one of a list of regular expressions matches the whole name. */
function isNamed(list: string, { name }: SeenNamespace): Known {
  const patterns = list.split(',').map((each) => each.trim());
  return anyOf(patterns.filter((each) => each !== '').map((each) => matchesWhole(each, name)));
}

function matchesWhole(pattern: string, name: string | undefined): Known {
  if (/^\^?\.\*\$?$/.test(pattern)) return true;
  const expression = GoRegexp.tryParse(`^(?:${pattern})$`);
  return name === undefined || !expression ? unknown : expression.test(name);
}
