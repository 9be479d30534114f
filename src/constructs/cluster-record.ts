import type { DeclaredAccount, DeclaredSecret } from '../model/inventory/declared-object.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import type { Workload } from '../model/inventory/workload.js';
import type { Grant } from '../model/needs/grants.js';
import { type Need, noImages } from '../model/needs/need.js';
import { type AccessPlan, planNeeds } from '../model/plan/access-plan.js';
import type { AccountPlan } from '../model/plan/account-plan.js';
import { type FilePurpose, FilePurposes } from '../model/plan/file-purpose.js';
import type { ClusterModel } from '../model/vocabulary/cluster.js';
import type { FilePlace } from '../model/vocabulary/file-place.js';
import type { NamespaceSpec, ServiceAccountSpec } from '../model/vocabulary/spec.js';
import { objectsOf } from '../objects/objects-of.js';
import { identityOf, type WrittenObject } from '../objects/written-object.js';

/** A need as it is recorded: pull secrets and registries by name, because more of them may come. */
export interface RecordedNeed extends Pick<Need, 'namespace' | 'serviceAccount' | 'listed' | 'why'> {
  readonly pullSecret: string;
  readonly registries: readonly string[];
}

/** A namespace as it was asked for, and its accounts. */
type AskedNamespace = NamespaceSpec & { readonly serviceAccounts: Record<string, ServiceAccountSpec> };

/** Everything that was asked of a cluster, and the plan and the objects that come of it. */
export class ClusterRecord {
  readonly #model: () => ClusterModel;
  readonly #namespaces = new Map<string, AskedNamespace>();
  readonly #needs: RecordedNeed[] = [];
  readonly #grants: Grant[] = [];
  readonly #workloads: Workload[] = [];
  readonly #accounts: DeclaredAccount[] = [];
  readonly #secrets: DeclaredSecret[] = [];
  /** How often something was recorded. */
  version = 0;
  #plan: AccessPlan | undefined;
  #lists: ReadonlyMap<string, AccountPlan> | undefined;
  #objects: ReadonlyMap<string, WrittenObject> | undefined;
  #purposes: FilePurposes | undefined;
  #secretNames: ReadonlySet<string> | undefined;

  /** @param model the cluster as it stands */
  constructor(model: () => ClusterModel) {
    this.#model = model;
  }

  /** Forgets the plan: something of the cluster itself has changed. */
  changed(): void {
    this.version++;
    this.#plan = undefined;
    this.#objects = undefined;
    this.#purposes = undefined;
    this.#secretNames = undefined;
    this.#lists = undefined;
  }

  /** Records a namespace. */
  namespace(name: string, spec: NamespaceSpec): void {
    this.changed();
    this.#namespaces.set(name, { ...spec, serviceAccounts: {} });
  }

  /** Records a service account of a namespace that was asked for. */
  askedAccount(namespace: string, name: string, spec: ServiceAccountSpec): void {
    this.changed();
    const asked = this.#namespaces.get(namespace);
    if (asked) asked.serviceAccounts[name] = { ...spec, create: true };
  }

  /** Records a service account that the app declares elsewhere. */
  declaredAccount(account: DeclaredAccount): void {
    this.changed();
    this.#accounts.push(account);
  }

  /** Records an object of the app that makes a pull secret. */
  declaredSecret(secret: DeclaredSecret): void {
    this.changed();
    this.#secrets.push(secret);
  }

  /** Records a need. */
  need(need: RecordedNeed): void {
    this.changed();
    this.#needs.push(need);
  }

  /** Records a grant. */
  grant(grant: Grant): void {
    this.changed();
    this.#grants.push(grant);
  }

  /** Records the workloads that needs come from. */
  workloads(workloads: readonly Workload[]): void {
    this.changed();
    this.#workloads.push(...workloads);
  }

  /** Who gets what. */
  get plan(): AccessPlan {
    this.#plan ??= this.#planned();
    return this.#plan;
  }

  /** True if a namespace has a pull secret, or is to get it. */
  hasSecret(namespace: string, pullSecret: string): boolean {
    this.#secretNames ??= new Set(this.plan.secrets.map((each) => `${each.namespace}/${each.pullSecret}`));
    return this.#secretNames.has(`${namespace}/${pullSecret}`);
  }

  /** The list of a service account. */
  account(namespace: string, name: string): AccountPlan | undefined {
    this.#lists ??= new Map(this.plan.accounts.map((each) => [`${each.namespace}/${each.name}`, each]));
    return this.#lists.get(`${namespace}/${name}`);
  }

  /** For whom a file is. */
  purposeOf(at: FilePlace): FilePurpose {
    this.#purposes ??= new FilePurposes(this.plan);
    return this.#purposes.of(at);
  }

  /** The object of this identity, as it is written. */
  object(identity: string): WrittenObject | undefined {
    this.#objects ??= new Map(objectsOf(this.plan).map((object) => [identityOf(object), object]));
    return this.#objects.get(identity);
  }

  #planned(): AccessPlan {
    const model = this.#model();
    const cluster = { ...model, namespaces: this.#namespaces };
    const needs = this.#needs.flatMap((need) => resolved(need, model));
    return planNeeds({
      inventory: this.#inventory(),
      cluster,
      needs: { needs, grants: this.#grants, counts: noImages, others: [] },
      asked: true,
    });
  }

  #inventory(): Inventory {
    return {
      workloads: this.#workloads,
      accounts: this.#accounts,
      secrets: this.#secrets,
      namespaces: [],
      imageStreams: [],
      mirrors: [],
      deliveries: [],
      bindings: [],
      operatorImages: [],
      textImages: [],
      gitops: [],
      unseen: [],
      unread: [],
      files: 0,
      objects: 0,
    };
  }
}

/** A need that names pull secret and registries. */
export function recordedNeed({ namespace, serviceAccount, listed, why, pullSecret, registries }: Need): RecordedNeed {
  const names = registries.map(({ name }) => name);
  return { namespace, serviceAccount, listed, why, pullSecret: pullSecret.name, registries: names };
}

function resolved({ pullSecret: name, registries, ...need }: RecordedNeed, model: ClusterModel): Need[] {
  const pullSecret = model.pullSecrets.get(name);
  if (!pullSecret) return [];
  return [{ ...need, pullSecret, registries: pullSecret.registries.filter((each) => registries.includes(each.name)) }];
}
