import type { DeclaredImageStream, ImageStreamTag, StreamSource } from '../inventory/declared-object.js';

/** Where the images of a tag are pulled from. */
export type StreamOrigin =
  /** A repository of the internal registry: that of an image stream. */
  | { readonly project: string; readonly stream: string; readonly unknown?: StreamName }
  /** An image outside of image streams. */
  | { readonly image: string };

/** An image stream that no manifest declares. */
export interface StreamName {
  readonly namespace: string;
  readonly name: string;
}

/** A tag or image of a stream: `latest`, or a digest. */
interface Wanted {
  readonly namespace: string;
  readonly name: string;
  /** Undefined for an image by digest, which any tag may hold. */
  readonly tag: string | undefined;
}

/** The streams that every cluster has without anybody's manifests; their tags are pulled through the registry. */
const providedNamespace = 'openshift';

/** Longer rows of tags that follow each other are no use of streams, and would exhaust the stack. */
const deepest = 200;

/** The image streams of manifests, and where a pull by their names ends. */
export class ImageStreams {
  readonly #streams: ReadonlyMap<string, DeclaredImageStream>;
  /** Origins of a tag; undefined while it is being worked out. */
  readonly #known = new Map<string, readonly StreamOrigin[] | undefined>();

  constructor(streams: readonly DeclaredImageStream[]) {
    this.#streams = new Map(streams.map((stream) => [`${stream.namespace}/${stream.name}`, stream]));
  }

  find(namespace: string, name: string): DeclaredImageStream | undefined {
    return this.#streams.get(`${namespace}/${name}`);
  }

  /**
   * Where the pull spec of a tag points, by ResolveReferenceForTagEvent of github.com/openshift/library-go,
   * pkg/image/imageutil: with reference policy Local, or without a source, to the stream's own repository; else to
   * where the tag came from.
   *
   * @param name the stream with its tag or digest: `api`, `api:1`, `api@sha256:…`
   */
  origins(namespace: string, name: string): readonly StreamOrigin[] {
    const wanted = wantedOf(namespace, name);
    const stream = this.find(namespace, wanted.name);
    const tags = stream ? tagsOf(stream, wanted) : [];
    if (tags.length === 0) return this.#recorded(wanted, 0);
    const origins = tags.flatMap((tag) =>
      isPassedThrough(tag)
        ? [{ project: namespace, stream: wanted.name }]
        : this.#recorded({ ...wanted, tag: tag.name }, 0),
    );
    return uniqueOrigins(origins);
  }

  /** Origins that OpenShift records of a tag, whatever its policy: that is also what tags get that follow it. */
  #recorded(wanted: Wanted, depth: number): readonly StreamOrigin[] {
    const key = JSON.stringify([wanted.namespace, wanted.name, wanted.tag]);
    // Tags that follow each other in a ring hold what was pushed.
    if (this.#known.has(key) || depth > deepest)
      return this.#known.get(key) ?? [{ project: wanted.namespace, stream: wanted.name }];
    this.#known.set(key, undefined);
    const origins = uniqueOrigins(this.#read(wanted, depth));
    this.#known.set(key, origins);
    return origins;
  }

  #read(wanted: Wanted, depth: number): readonly StreamOrigin[] {
    const { namespace, name, tag } = wanted;
    const own = { project: namespace, stream: name };
    const stream = this.find(namespace, name);
    if (!stream) return [namespace === providedNamespace ? own : { ...own, unknown: { namespace, name } }];
    const tags = tagsOf(stream, wanted);
    if (tags.length === 0) return [stream.repository ? outside(stream.repository, tag) : own];
    return tags.flatMap((each) => this.#tagOrigins(stream, namespace, each, depth));
  }

  #tagOrigins(
    stream: DeclaredImageStream,
    namespace: string,
    { from, reference }: ImageStreamTag,
    depth: number,
  ): readonly StreamOrigin[] {
    const own = { project: namespace, stream: stream.name };
    if (!from) return [own];
    if (from.kind === 'DockerImage') return [{ image: from.name }];
    const followed = followedBy(stream, namespace, from);
    const origins = this.#recorded(followed, depth + 1);
    if (reference) return origins;
    // github.com/openshift/openshift-apiserver, pkg/image/apiserver/registry/imagestream/strategy.go, tagsChanged: a tag
    // that is no reference and comes out of the followed stream's own repository is pulled from this stream's.
    return origins.map((origin) =>
      'project' in origin && origin.project === followed.namespace && origin.stream === followed.name
        ? { ...own, ...(origin.unknown && { unknown: origin.unknown }) }
        : origin,
    );
  }
}

function tagsOf({ tags = [] }: DeclaredImageStream, { tag }: Wanted): readonly ImageStreamTag[] {
  return tag === undefined ? tags : tags.filter((each) => each.name === tag);
}

/** Policy Local: the stream's own repository passes it on. What was never imported has no image to pass. */
function isPassedThrough({ from, local, reference }: ImageStreamTag): boolean {
  return local === true && from !== undefined && !(reference && from.kind === 'DockerImage');
}

function uniqueOrigins(origins: readonly StreamOrigin[]): readonly StreamOrigin[] {
  if (origins.length < 2) return origins;
  return [
    ...new Map(
      origins.map((origin) => ['image' in origin ? origin.image : JSON.stringify(origin), origin] as const),
    ).values(),
  ];
}

/** The images that the importer of a stream reads from outside. */
export function importsOf(stream: DeclaredImageStream): readonly Pick<ImageStreamTag, 'name' | 'place'>[] {
  const tags = (stream.tags ?? []).flatMap(({ from, reference, place }) =>
    from?.kind === 'DockerImage' && !reference ? [{ name: from.name, ...(place && { place }) }] : [],
  );
  const { repository, place } = stream;
  return repository ? [...tags, { name: repository, ...(place && { place }) }] : tags;
}

function outside(repository: string, tag: string | undefined): StreamOrigin {
  return { image: tag === undefined ? repository : `${repository}:${tag}` };
}

/** A name without a stream in front is another tag of the same stream. */
function followedBy(stream: DeclaredImageStream, namespace: string, from: StreamSource): Wanted {
  if (!/[:@]/.test(from.name) && !from.namespace) return { namespace, name: stream.name, tag: from.name };
  return wantedOf(from.namespace ?? namespace, from.name);
}

function wantedOf(namespace: string, text: string): Wanted {
  const [, name = text, , tag] = /^([^:@]*)(?:(@.*)|:(.*))?$/.exec(text) ?? [];
  return { namespace, name, tag: text.includes('@') ? undefined : (tag ?? 'latest') };
}
