import type { ApiObjectMetadata } from 'cdk8s';

interface MetadataParts {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Metadata without empty parts. */
export function metadataOf({ name, namespace, labels, annotations }: MetadataParts): ApiObjectMetadata {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels && Object.keys(labels).length > 0 && { labels }),
    ...(annotations && Object.keys(annotations).length > 0 && { annotations }),
  };
}
