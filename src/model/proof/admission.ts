import type { DeclaredAccount, DeclaredDelivery } from '../inventory/declared-object.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { Workload } from '../inventory/workload.js';
import type { Labelled } from '../reach/policy-scope.js';
import type { ClusterSecrets } from './cluster-secrets.js';
import type { ContainerSeen, Effects, ListEffect, PodSeen } from './effects.js';
import type { AdmittedList, ListedName } from './verdict.js';

/** Lists of manifests as they will be once what is pending is done. */
export interface PendingLists {
  /** The list that a pod's own template will have; undefined where it stays. */
  ofWorkload(workload: Workload): readonly string[] | undefined;
  /** The list that an account will have; undefined where it stays. */
  ofAccount(namespace: string, name: string): readonly string[] | undefined;
}

/** An object that is admitted, and by whom. */
export interface AdmissionInput {
  readonly inventory: Inventory;
  readonly secrets: ClusterSecrets;
  readonly effects: Effects;
  readonly namespaceOf: (name: string) => Labelled;
  readonly pending?: PendingLists | undefined;
}

/**
 * The pull secrets of pods as admission leaves them: the account's list only where the pod's own has no entry, not even
 * one without a name; then the policies on pods at their creation. Kubernetes 1.37, plugin/pkg/admission/serviceaccount/admission.go.
 */
export class Admission {
  readonly #input: AdmissionInput;
  readonly #accounts = new Map<string, DeclaredAccount>();
  readonly #lists = new Map<string, NamesWithSource>();

  constructor(input: AdmissionInput) {
    this.#input = input;
    for (const account of input.inventory.accounts) {
      const key = `${account.namespace ?? ''}/${account.name}`;
      if (!this.#accounts.has(key)) this.#accounts.set(key, account);
    }
  }

  /** The list of a pod that is created now; of one that runs, the list that it has. */
  listOf(workload: Workload, namespace: string): AdmittedList {
    const { pullSecrets, isLive } = workload;
    const account = this.#accounts.get(`${namespace}/${workload.serviceAccount}`);
    const pending = this.#input.pending?.ofWorkload(workload);
    const own: NamesWithSource = pending
      ? {
          from: 'pod',
          names: pending.map((name) => ({ name, by: pullSecrets.names.includes(name) ? 'pod' : 'attach' })),
          unknown: [],
        }
      : { from: 'pod', names: pullSecrets.names.map((name) => ({ name, by: 'pod' })), unknown: [] };
    // A mirror pod has no account; a pod that runs keeps what it was created with.
    const isFixed = isLive === true || workload.annotations?.has('kubernetes.io/config.mirror') === true;
    const template = isFixed ? own : this.#onTemplate(workload, namespace, own);
    const isOwn = template.names.length > 0 || isFixed || workload.ownListOnly === true;
    const given = isOwn ? template : this.#ofAccount(namespace, workload.serviceAccount, account);
    const admitted = isOwn ? given : { ...given, unknown: [...template.unknown, ...given.unknown] };
    const after = isFixed ? admitted : this.#onPod(workload, namespace, admitted);
    return this.#admitted(namespace, after, account);
  }

  /** The list that a pod would have without one of its own, before policies act on it. */
  accountListOf({ serviceAccount }: Workload, namespace: string): AdmittedList {
    const account = this.#accounts.get(`${namespace}/${serviceAccount}`);
    return this.#admitted(namespace, this.#ofAccount(namespace, serviceAccount, account), account);
  }

  #admitted(namespace: string, after: NamesWithSource, account: DeclaredAccount | undefined): AdmittedList {
    const place = this.#input.namespaceOf(namespace);
    return {
      from: after.names.length === 0 ? 'nowhere' : after.from,
      names: after.names.map(
        ({ name, by }): ListedName => ({ name, by, secret: this.#input.secrets.find(place, name) }),
      ),
      unknown: after.unknown,
      ...(account && { account }),
    };
  }

  #ofAccount(namespace: string, name: string, account: DeclaredAccount | undefined): NamesWithSource {
    const key = `${namespace}/${name}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const { effects, namespaceOf, pending } = this.#input;
    const there = account?.pullSecrets ?? [];
    const list = pending?.ofAccount(namespace, name) ?? there;
    const seen = { name, labels: account?.labels ?? new Map<string, string>(), namespace: namespaceOf(namespace) };
    const effect = effects.onAccount(seen, list);
    const names = effect.names.map(({ name: each, by }) => ({
      name: each,
      by: by ?? (there.includes(each) ? ('account' as const) : ('attach' as const)),
    }));
    const made: NamesWithSource = { from: 'account', names, unknown: effect.unknown };
    this.#lists.set(key, made);
    return made;
  }

  /** The list of a template as its object is written, before there are pods. */
  #onTemplate(workload: Workload, namespace: string, own: NamesWithSource): NamesWithSource {
    const { apiVersion, kind, name, templatePath } = workload;
    if (templatePath === undefined || kind === 'Pod' || !this.#input.effects.actOnLists) return own;
    const template = { ...this.#podOf(workload, namespace), apiVersion, kind, name, templatePath };
    return after(own, this.#input.effects.onTemplate(template, namesOf(own)));
  }

  #onPod(workload: Workload, namespace: string, admitted: NamesWithSource): NamesWithSource {
    if (!this.#input.effects.actOnLists) return admitted;
    return after(admitted, this.#input.effects.onPod(this.#podOf(workload, namespace), namesOf(admitted)));
  }

  #podOf(workload: Workload, namespace: string): PodSeen {
    return {
      namespace: this.#input.namespaceOf(namespace),
      serviceAccount: workload.serviceAccount,
      containers: containersOf(workload),
    };
  }
}

function namesOf({ names }: NamesWithSource): string[] {
  return names.map(({ name }) => name);
}

/** A list as policies leave it. */
function after(admitted: NamesWithSource, { names, unknown }: ListEffect): NamesWithSource {
  const byName = new Map(admitted.names.map((each) => [each.name, each.by]));
  return {
    from: admitted.from,
    names: names.map(({ name, by }) => ({ name, by: by ?? byName.get(name) ?? 'pod' })),
    unknown: [...admitted.unknown, ...unknown],
  };
}

interface NamesWithSource {
  readonly from: 'pod' | 'account';
  readonly names: readonly Pick<ListedName, 'name' | 'by'>[];
  readonly unknown: readonly DeclaredDelivery[];
}

function containersOf({ images }: Workload): ContainerSeen[] {
  return images.map(({ field, container: name, image }) => ({
    list: field === 'other' ? 'containers' : field,
    name,
    image,
  }));
}
