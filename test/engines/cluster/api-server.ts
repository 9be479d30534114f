import { eventually, type Patience } from '../processes/eventually.js';
import type { Call, Connection } from './connection.js';
import { Discovery } from './discovery.js';
import { type KubeObject, type Manifest, type NewObject, type ObjectRef, title } from './kube-object.js';

/** The API server refused a request. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How an object is applied. */
export interface ApplyOptions {
  /** The field manager. @default argocd-controller */
  readonly manager?: string;
  /** Takes fields over from other managers, as Argo CD and Flux do. @default true */
  readonly force?: boolean;
}

/** The API of a cluster. Every request asks for strict validation of fields: one that no schema knows is an error. */
export class ApiServer {
  readonly #discovery: Discovery;

  constructor(private readonly connection: Connection) {
    this.#discovery = new Discovery(connection);
  }

  /** Applies on the server's side. A manifest is sent as it is written. */
  async apply(what: Manifest | KubeObject, options: ApplyOptions = {}): Promise<KubeObject> {
    const { object, text } = isManifest(what) ? what : { object: what, text: JSON.stringify(what) };
    const { manager = 'argocd-controller', force = true } = options;
    return this.#object(object, {
      method: 'PATCH',
      path: `${await this.#discovery.object(object)}?fieldManager=${encodeURIComponent(manager)}&force=${force}&fieldValidation=Strict`,
      contentType: 'application/apply-patch+yaml',
      body: text,
    });
  }

  /** Creates an object; with `dryRun` it passes admission and is then forgotten. */
  async create(object: NewObject, options: { readonly dryRun?: boolean } = {}): Promise<KubeObject> {
    const dryRun = options.dryRun ? '&dryRun=All' : '';
    const path = `${await this.#discovery.collection(object)}?fieldValidation=Strict${dryRun}`;
    return this.#object(object, { method: 'POST', path, body: JSON.stringify(object) });
  }

  /** Merges into an object, as `kubectl patch --type=merge` does. */
  async merge(ref: ObjectRef, change: unknown, subresource = ''): Promise<KubeObject> {
    const path = `${await this.#discovery.object(ref)}${subresource}?fieldValidation=Strict`;
    return this.#object(ref, {
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: JSON.stringify(change),
    });
  }

  async get(ref: ObjectRef): Promise<KubeObject> {
    return this.#object(ref, { path: await this.#discovery.object(ref) });
  }

  /** The object, or undefined where there is none. */
  async find(ref: ObjectRef): Promise<KubeObject | undefined> {
    try {
      return await this.get(ref);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, in one namespace or in all. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<KubeObject[]> {
    const ref = { apiVersion, kind, metadata: { name: '', ...(namespace !== undefined && { namespace }) } };
    const path = await this.#discovery.collection(ref);
    const everywhere = namespace === undefined ? path.replace('/namespaces/default/', '/') : path;
    const { items } = await this.#object(ref, { path: everywhere });
    return (items as KubeObject[]).map((item) => ({ ...item, apiVersion, kind }));
  }

  async remove(ref: ObjectRef): Promise<void> {
    await this.#object(ref, { method: 'DELETE', path: await this.#discovery.object(ref) });
  }

  isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return this.#discovery.isNamespaced(apiVersion, kind);
  }

  /** Waits until an object is as wanted. */
  until(ref: ObjectRef, wanted: (object: KubeObject) => boolean, patience?: Patience): Promise<KubeObject> {
    return eventually(async () => {
      const object = await this.get(ref);
      if (wanted(object)) return object;
      throw new Error(`${title(ref)} is ${JSON.stringify(object)}`);
    }, patience);
  }

  async #object(ref: NewObject | ObjectRef, call: Call): Promise<KubeObject> {
    const { status, text } = await this.connection.call(call);
    if (status >= 200 && status < 300) return JSON.parse(text) as KubeObject;
    throw new ApiError(status, `${title(ref)}: ${status} ${messageOf(text)}`);
  }
}

function isManifest(what: Manifest | KubeObject): what is Manifest {
  return 'text' in what && 'object' in what;
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
