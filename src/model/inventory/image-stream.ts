import type { DeclaredImageStream, ImageStreamTag, StreamSource } from './declared-object.js';
import type { Tree } from './tree.js';

/**
 * Reads what an ImageStream says about where its images are: github.com/openshift/api image/v1, ImageStreamSpec. Status
 * is the cluster's own and is not read.
 */
export function imageStreamSpec(object: Tree): Pick<DeclaredImageStream, 'local' | 'repository' | 'tags'> {
  const spec = object.get('spec');
  const repository = spec?.get('dockerImageRepository')?.string();
  const tags = (spec?.get('tags')?.items() ?? []).flatMap((tag) => tagOf(tag) ?? []);
  return {
    ...(spec?.get('lookupPolicy')?.get('local')?.boolean() === true && { local: true }),
    ...(repository && { repository }),
    ...(tags.length > 0 && { tags }),
  };
}

function tagOf(tag: Tree): ImageStreamTag | undefined {
  const name = tag.get('name')?.string();
  if (!name) return undefined;
  const from = sourceOf(tag.get('from'));
  const place = tag.place();
  return {
    name,
    ...(from && { from }),
    ...(tag.get('referencePolicy')?.get('type')?.string() === 'Local' && { local: true }),
    ...(tag.get('reference')?.boolean() === true && { reference: true }),
    ...(place && { place }),
  };
}

function sourceOf(from: Tree | undefined): StreamSource | undefined {
  const kind = from?.get('kind')?.string();
  const name = from?.get('name')?.string();
  const namespace = from?.get('namespace')?.string();
  if (!name || (kind !== 'DockerImage' && kind !== 'ImageStreamTag' && kind !== 'ImageStreamImage')) return undefined;
  return { kind, name, ...(namespace && { namespace }) };
}
