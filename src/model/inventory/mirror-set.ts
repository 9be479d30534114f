import type { DeclaredMirrors, MirrorLocation } from './declared-object.js';
import type { ObjectHead } from './object-head.js';
import type { Tree } from './tree.js';

/** The list of each kind, and the pulls that it is about. */
export const mirrorKinds: ReadonlyMap<string, { readonly list: string; readonly pulls: DeclaredMirrors['pulls'] }> =
  new Map([
    ['config.openshift.io/ImageDigestMirrorSet', { list: 'imageDigestMirrors', pulls: 'digest' }],
    ['config.openshift.io/ImageTagMirrorSet', { list: 'imageTagMirrors', pulls: 'tag' }],
    ['operator.openshift.io/ImageContentSourcePolicy', { list: 'repositoryDigestMirrors', pulls: 'digest' }],
  ]);

/**
 * The mirrors of an object, an entry for each source: github.com/openshift/api config/v1, ImageDigestMirrorSet and
 * ImageTagMirrorSet, and operator/v1alpha1, ImageContentSourcePolicy. Entries without a source or a mirror do nothing.
 */
export function mirrorsOf(object: Tree, key: string, { kind, name, place }: ObjectHead): DeclaredMirrors[] {
  const { list = '', pulls = 'digest' } = mirrorKinds.get(key) ?? {};
  return (object.get('spec')?.get(list)?.items() ?? []).flatMap((entry) => {
    const source = entry.get('source')?.string() ?? '';
    const mirrors = (entry.get('mirrors')?.items() ?? []).flatMap((mirror) => locationOf(mirror, source));
    if (source === '' || mirrors.length === 0) return [];
    const contactsSource = entry.get('mirrorSourcePolicy')?.string() !== 'NeverContactSource';
    return [{ kind, name, source, pulls, mirrors, contactsSource, ...(place && { place }) }];
  });
}

/** A mirror that only repeats the source is none (openshift/runtime-utils, pkg/registries). */
function locationOf(mirror: Tree, source: string): MirrorLocation[] {
  const location = mirror.string() ?? '';
  const place = mirror.place();
  return location === '' || location === source ? [] : [{ location, ...(place && { place }) }];
}
