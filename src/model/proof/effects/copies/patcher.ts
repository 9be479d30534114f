import type { DeclaredDelivery } from '../../../inventory/declared-object.js';
import { patcherApp, patcherExcludeAnnotation } from '../../../vocabulary/patcher.js';
import { type Known, unknown } from '../language/value.js';
import { at, itemsOf, textOf } from '../plain.js';
import type { ListPolicy, Names } from '../policies/list-policy.js';
import type { SeenLabels } from '../seen-labels.js';
import type { SeenNamespace, Subject } from '../subject.js';
import { type Brought, broughtWhere, type Copier, type SecretAddress } from './copier.js';

/**
 * imagepullsecret-patcher (titansoft-pte-ltd/imagepullsecret-patcher v0.14, main.go) by the settings of its Deployment:
 * a Secret in every namespace that is not left out, and its name on the lists of accounts.
 */
export class Patcher implements Copier, ListPolicy {
  readonly by = patcherApp;
  readonly delivery: DeclaredDelivery;
  readonly #annotationsOf: (namespace: string) => SeenLabels;
  readonly #pod: unknown;
  readonly #container: unknown;

  /** @param annotationsOf the annotations of a namespace, by one of which it leaves itself out */
  constructor(delivery: DeclaredDelivery, annotationsOf: (namespace: string) => SeenLabels) {
    this.delivery = delivery;
    this.#annotationsOf = annotationsOf;
    this.#pod = at(delivery.object, 'spec', 'template', 'spec');
    const containers = itemsOf(at(this.#pod, 'containers'));
    this.#container = containers.find((each) => textOf(at(each, 'image'))?.includes(patcherApp));
  }

  into(namespace: SeenNamespace): readonly Brought[] | typeof unknown {
    const name = this.#secretName();
    const isReached = this.#reaches(namespace);
    if (name === unknown) return isReached === false ? [] : unknown;
    return broughtWhere(isReached, [{ name, original: this.#original() }]);
  }

  act({ resource, name, namespace }: Subject, list: readonly string[]): Names {
    if (resource !== 'serviceaccounts') return list;
    const isReached = this.#reaches(namespace);
    const all = this.#setting('CONFIG_ALLSERVICEACCOUNT');
    const accounts = this.#setting('CONFIG_SERVICEACCOUNTS') ?? 'default';
    const secret = this.#secretName();
    if (isReached === false) return list;
    if (all === unknown || accounts === unknown || secret === unknown || isReached === unknown) return unknown;
    const isPatched = isTrue(all) || (name !== undefined && accounts.split(',').includes(name));
    return !isPatched || list.includes(secret) ? list : [...list, secret];
  }

  #reaches({ name }: SeenNamespace): Known {
    const excluded = this.#setting('CONFIG_EXCLUDED_NAMESPACES') ?? '';
    if (excluded === unknown) return unknown;
    if (name === undefined) return excluded === '' ? true : unknown;
    if (excluded.split(',').includes(name)) return false;
    return this.#annotationsOf(name).labels.get(patcherExcludeAnnotation) !== 'true';
  }

  #secretName(): string | typeof unknown {
    return this.#setting('CONFIG_SECRETNAME') ?? 'image-pull-secret';
  }

  /** The Secret that is mounted where the program reads, or that fills its environment. */
  #original(): SecretAddress | undefined {
    const { namespace = '' } = this.delivery;
    const reference = at(this.#environment('CONFIG_DOCKERCONFIGJSON'), 'valueFrom', 'secretKeyRef', 'name');
    const path = this.#setting('CONFIG_DOCKERCONFIGJSONPATH');
    const name = textOf(reference) ?? (typeof path === 'string' ? this.#mountedAt(path) : undefined);
    return name === undefined ? undefined : { namespace, name };
  }

  #mountedAt(path: string): string | undefined {
    const mount = itemsOf(at(this.#container, 'volumeMounts')).find((each) =>
      path.startsWith(`${textOf(at(each, 'mountPath'))?.replace(/\/$/, '')}/`),
    );
    const volume = itemsOf(at(this.#pod, 'volumes')).find((each) => at(each, 'name') === at(mount, 'name'));
    return textOf(at(volume, 'secret', 'secretName'));
  }

  /** A setting: undefined where it is not given, `unknown` where its value is elsewhere. */
  #setting(name: string): string | typeof unknown | undefined {
    const flag = itemsOf(at(this.#container, 'args')).length > 0 || itemsOf(at(this.#container, 'envFrom')).length > 0;
    const entry = this.#environment(name);
    if (entry === undefined) return flag ? unknown : undefined;
    const value = at(entry, 'value');
    if (typeof value === 'string') return value;
    return at(entry, 'valueFrom') === undefined ? '' : unknown;
  }

  #environment(name: string): unknown {
    return itemsOf(at(this.#container, 'env')).find((each) => at(each, 'name') === name);
  }
}

/** strconv.ParseBool */
function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text ?? '');
}
