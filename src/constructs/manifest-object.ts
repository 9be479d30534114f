import {
  ApiObject,
  type ApiObjectMetadata,
  ApiObjectMetadataDefinition,
  type ApiObjectProps,
  App,
  type JsonPatch,
  Lazy,
} from 'cdk8s';
import type { Construct } from 'constructs';

/** An object of our own: metadata, and fields that are worked out when it is rendered. */
export interface ManifestObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata;
  /** True for kinds that live in no namespace: a namespace of the chart is not theirs. @default false */
  readonly clusterScoped?: boolean;
  /** Plain JSON values with sorted keys, by the name of the field, in sorted order. */
  readonly fields?: Readonly<Record<string, () => unknown>>;
}

/** How many resolvers an app has by itself; those of the user come in front of them. */
const stockResolvers = new App({ outdir: '' }).resolvers.length;

/**
 * An ApiObject that knows that its fields are plain already. Stock rendering looks for tokens in every value of every
 * object, which takes most of the time of a large synthesis. As soon as somebody changes the object, or resolves values
 * in another way, it is rendered as any other.
 */
export class ManifestObject extends ApiObject {
  readonly #fields: Readonly<Record<string, () => unknown>>;
  readonly #plainMetadata: PlainMetadata;
  #patched = false;

  constructor(scope: Construct, id: string, props: ManifestObjectProps) {
    super(scope, id, stockProps(props));
    const { metadata, fields = {}, clusterScoped = false } = props;
    this.#fields = fields;
    const { labels } = this.chart;
    this.#plainMetadata = new PlainMetadata({
      ...metadata,
      namespace: clusterScoped ? undefined : this.metadata.namespace,
      ...((metadata.labels || Object.keys(labels).length > 0) && { labels: { ...labels, ...metadata.labels } }),
      apiObject: this,
    });
    Object.defineProperty(this, 'metadata', { value: this.#plainMetadata, enumerable: true });
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.#patched = true;
    super.addJsonPatch(...ops);
  }

  override toJson(): unknown {
    const metadata = this.#plainMetadata.plain;
    if (!metadata || this.#patched || App.of(this).resolvers.length !== stockResolvers) return super.toJson();
    const json: Record<string, unknown> = { apiVersion: this.apiVersion, kind: this.kind, metadata };
    for (const [key, produce] of Object.entries(this.#fields)) json[key] = produce();
    return json;
  }
}

/** Props that stock rendering reads. The metadata is replaced by our own as soon as the object is made. */
function stockProps({ apiVersion, kind, metadata, fields = {} }: ManifestObjectProps): ApiObjectProps {
  const { name, namespace } = metadata;
  const props: Record<string, unknown> = { metadata: namespace === undefined ? { name } : { name, namespace } };
  for (const key in fields) props[key] = Lazy.any({ produce: fields[key] ?? (() => undefined) });
  return { apiVersion, kind, ...props };
}

type PlainJson = Readonly<Record<string, unknown>>;

/** Metadata that remembers whether it is still what it was made with. */
class PlainMetadata extends ApiObjectMetadataDefinition {
  #plain: PlainJson | undefined;

  constructor(options: ConstructorParameters<typeof ApiObjectMetadataDefinition>[0]) {
    super(options);
    const { name, namespace, annotations, labels } = options;
    this.#plain = {
      ...(annotations && { annotations: sorted(annotations) }),
      ...(labels && { labels: sorted(labels) }),
      name,
      ...(namespace !== undefined && { namespace }),
    };
  }

  /** The metadata as rendered, keys sorted; undefined once somebody has added to it. */
  get plain(): PlainJson | undefined {
    return this.#plain;
  }

  override addLabel(key: string, value: string): void {
    this.#plain = undefined;
    super.addLabel(key, value);
  }

  override addAnnotation(key: string, value: string): void {
    this.#plain = undefined;
    super.addAnnotation(key, value);
  }

  override addFinalizers(...finalizers: string[]): void {
    this.#plain = undefined;
    super.addFinalizers(...finalizers);
  }

  override addOwnerReference(owner: Parameters<ApiObjectMetadataDefinition['addOwnerReference']>[0]): void {
    this.#plain = undefined;
    super.addOwnerReference(owner);
  }

  override add(key: string, value: unknown): void {
    this.#plain = undefined;
    super.add(key, value);
  }
}

/** The same map where its keys are in order already, else a copy with sorted keys. */
function sorted(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const keys = Object.keys(map);
  if (keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)) return map;
  return Object.fromEntries(keys.sort().map((key) => [key, map[key] ?? '']));
}
