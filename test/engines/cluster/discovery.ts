import { setTimeout } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { NewObject, ObjectRef } from './kube-object.js';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Which paths the API server serves objects under. */
export class Discovery {
  readonly #groups = new Map<string, readonly Resource[]>();

  constructor(private readonly connection: Connection) {}

  /** The path of an object's kind, in its namespace. */
  async collection(ref: NewObject | ObjectRef): Promise<string> {
    const { apiVersion, kind, metadata } = ref;
    const resource = await this.#resource(apiVersion, kind);
    const namespace = resource.namespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? 'default')}` : '';
    return `${pathOf(apiVersion)}${namespace}/${resource.name}`;
  }

  async object(ref: ObjectRef): Promise<string> {
    return `${await this.collection(ref)}/${encodeURIComponent(ref.metadata.name)}`;
  }

  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.#resource(apiVersion, kind)).namespaced;
  }

  async #resource(apiVersion: string, kind: string): Promise<Resource> {
    const known = this.#groups.get(apiVersion) ?? [];
    const found = known.find((resource) => resource.kind === kind) ?? (await this.#awaited(apiVersion, kind));
    if (!found) throw new Error(`the API server does not serve ${kind} in ${apiVersion}`);
    return found;
  }

  /** A definition that is established is served some moments later. */
  async #awaited(apiVersion: string, kind: string): Promise<Resource | undefined> {
    for (let attempt = 0; attempt < 20; attempt++) {
      const found = await this.#ask(apiVersion, kind);
      if (found) return found;
      await setTimeout(100);
    }
    return undefined;
  }

  async #ask(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const { status, text } = await this.connection.call({ path: pathOf(apiVersion) });
    if (status !== 200) return undefined;
    const { resources } = JSON.parse(text) as { resources: readonly Resource[] };
    const served = resources.filter(({ name }) => !name.includes('/'));
    this.#groups.set(apiVersion, served);
    return served.find((resource) => resource.kind === kind);
  }
}

function pathOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
