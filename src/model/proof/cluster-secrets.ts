import { withUnprinted } from '../docker-config/unprinted.js';
import type { DeclaredSecret } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { Labelled } from '../reach/policy-scope.js';
import type { ClusterModel } from '../vocabulary/cluster.js';
import { isGlobalPullSecret } from '../vocabulary/global-pull-secret.js';
import type { CopiedSecret, Effects } from './effects.js';
import { contentOf, type SecretContent, statedContent } from './secret-content.js';
import type { SecretFound } from './verdict.js';

/** A Secret that a list may name, with what the kubelet gets out of it. */
export interface ClusterSecret extends SecretFound {
  /** Holds values: it is never printed. */
  readonly content?: SecretContent;
}

/** The Secrets of a cluster by namespace and name: declared ones, copies, and those that the config says are there. */
export class ClusterSecrets {
  readonly #cluster: ClusterModel;
  readonly #effects: Effects;
  readonly #declared = new Map<string, DeclaredSecret>();
  readonly #elsewhere = new Map<string, string[]>();
  readonly #found = new Map<string, ClusterSecret>();
  readonly #copies = new Map<string, ReadonlyMap<string, CopiedSecret>>();
  /** The Secrets that every node has. */
  readonly onNodes: readonly ClusterSecret[];

  constructor(inventory: Inventory, cluster: ClusterModel, effects: Effects) {
    this.#cluster = cluster;
    this.#effects = effects;
    for (const secret of inventory.secrets.filter(isMade)) {
      const { namespace = '' } = secret;
      const key = `${namespace}/${secret.name}`;
      const former = this.#declared.get(key);
      // What an operator writes into is read where it is.
      if (!former || (former.kind !== 'Secret' && secret.kind === 'Secret')) this.#declared.set(key, secret);
      const namespaces = this.#elsewhere.get(secret.name);
      if (namespaces) namespaces.push(namespace);
      else this.#elsewhere.set(secret.name, [namespace]);
    }
    this.onNodes = [...this.#globalOnes(inventory), ...this.#statedOnNodes(), ...ownOfNodes(cluster)];
  }

  #globalOnes({ secrets }: Inventory): ClusterSecret[] {
    return secrets.filter(isGlobalPullSecret).flatMap(({ namespace = '', name }) => {
      const found = this.find({ name: namespace, labels: new Map() }, name);
      return readByNode.has(found.state) ? [withFullName(found)] : [];
    });
  }

  /** Credentials that somebody else puts on every node, as the config says. */
  #statedOnNodes(): ClusterSecret[] {
    return [...this.#cluster.pullSecrets.values()].flatMap(({ name, distribution }): ClusterSecret[] => {
      const content = distribution.name === 'globalPullSecret' ? this.#stated(name) : undefined;
      return content ? [{ name, namespace: '', state: content.state, content }] : [];
    });
  }

  /** The Secret of a name in a namespace. */
  find(namespace: Labelled, name: string): ClusterSecret {
    const key = `${namespace.name}/${name}`;
    const known = this.#found.get(key);
    if (known) return known;
    const found = this.#look(namespace, name);
    this.#found.set(key, found);
    return found;
  }

  /** The other namespaces that hold a Secret of this name, as far as they were read. */
  namespacesOf(name: string): readonly string[] {
    return this.#elsewhere.get(name) ?? [];
  }

  #look(namespace: Labelled, name: string): ClusterSecret {
    const head = { name, namespace: namespace.name };
    const declared = this.#declared.get(`${namespace.name}/${name}`);
    const copy = this.#copiesInto(namespace).get(name);
    if (declared && !copy?.fillsDeclared)
      return this.#withContent({ ...head, declared, ...makerText(declared) }, declared);
    if (copy?.original) return this.#withContent({ ...head, declared: copy.original, madeBy: copy.by }, copy.original);
    const content = this.#stated(name);
    if (copy && !content) return { ...head, state: 'made-elsewhere', madeBy: copy.by };
    if (!content) {
      const [maybe] = this.#effects.unknownCopiers(namespace);
      if (maybe) return { ...head, state: 'made-elsewhere', madeBy: `policy ${maybe.name}` };
      return { ...head, state: 'absent' };
    }
    const madeBy = copy?.by ?? 'whoever makes what the config calls existing';
    return withUnprinted({ ...head, state: content.state, madeBy }, 'content', content);
  }

  #withContent(found: Omit<ClusterSecret, 'state'>, declared: DeclaredSecret): ClusterSecret {
    const content = contentOf(declared, this.#keysOf(declared.name));
    const { state, reason } = content;
    return withUnprinted({ ...found, state, ...(reason !== undefined && { reason }) }, 'content', content);
  }

  #copiesInto(namespace: Labelled): ReadonlyMap<string, CopiedSecret> {
    const known = this.#copies.get(namespace.name);
    if (known) return known;
    const copies = new Map<string, CopiedSecret>();
    // Of several with one name the first whose content is known.
    for (const copy of this.#effects.copiesInto(namespace))
      if (!copies.has(copy.name) || (copy.original && !copies.get(copy.name)?.original)) copies.set(copy.name, copy);
    this.#copies.set(namespace.name, copies);
    return copies;
  }

  /** The content of a Secret that somebody else makes, by the word of the config. */
  #stated(name: string): SecretContent | undefined {
    const pullSecret = this.#cluster.pullSecrets.get(name);
    return pullSecret?.source.name === 'existing' ? statedContent(name, this.#keysOf(name)) : undefined;
  }

  /** The keys that the config states for a pull secret. */
  #keysOf(name: string): string[] {
    return (this.#cluster.pullSecrets.get(name)?.registries ?? []).map(({ key }) => key);
  }
}

/** The docker config that somebody else has put on every node, as the config says. */
function ownOfNodes({ nodes }: ClusterModel): ClusterSecret[] {
  if (nodes.registries.length === 0) return [];
  const name = 'docker config of the node';
  const content = statedContent(
    name,
    nodes.registries.map(({ key }) => key),
  );
  return [
    withUnprinted({ name, namespace: '', state: content.state, madeBy: 'whoever makes the nodes' }, 'content', content),
  ];
}

/** The states of a Secret that becomes the docker config of a node. */
const readByNode: ReadonlySet<SecretFound['state']> = new Set(['read', 'keys-known', 'made-elsewhere'] as const);

/** A Secret of the node, told from one of the same name in the namespace of a pod. */
function withFullName(found: ClusterSecret): ClusterSecret {
  const { namespace, content } = found;
  const renamed = { ...found, name: `${namespace}/${found.name}` };
  return content ? withUnprinted(renamed, 'content', content) : renamed;
}

/**
 * An ExternalSecret may make nothing, or write into what is there, as OpenShift's global pull secret is.
 * https://external-secrets.io/latest/guides/ownership-deletion-policy/
 */
function isMade(secret: DeclaredSecret): boolean {
  const policy = secret.maker?.creationPolicy;
  return policy !== 'None' && (policy !== 'Merge' || isGlobalPullSecret(secret));
}

function makerText({ kind, maker, name }: DeclaredSecret): { madeBy?: string } {
  return kind === 'Secret' ? {} : { madeBy: `${kind} ${maker?.name ?? name}` };
}
