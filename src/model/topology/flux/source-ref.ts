import { words } from '../../problem/shown.js';
import type { Field } from '../field.js';
import { type KeptObject, nameOf, type Reference } from '../kept-object.js';
import { elsewhere } from '../locations.js';
import { pathBelow } from '../repository-path.js';
import { sayRevision } from '../revision.js';
import type { Dependence, Trail } from '../trail.js';

export const sourceGroup = 'source.toolkit.fluxcd.io';

/** The object that a `sourceRef` or `chartRef` names; its namespace is that of the object, unless it is stated. */
export function referenceOf(ref: Field, { namespace }: Pick<Reference, 'namespace'>): Reference {
  const stated = ref.get('namespace').text() ?? namespace;
  return {
    group: sourceGroup,
    kind: ref.get('kind').text() ?? '',
    name: ref.get('name').text() ?? '',
    ...(stated !== undefined && { namespace: stated }),
  };
}

/**
 * The folder of this repository that a source gives; undefined where it lies elsewhere or did not come. A GitRepository that
 * `flux bootstrap` makes is this repository, whether it is declared or not.
 */
export function sourceRoot(trail: Trail, ref: Field, owner: Pick<Reference, 'namespace'>): string | undefined {
  const reference = referenceOf(ref, owner);
  if (reference.kind === '' || reference.name === '') {
    trail.say('gitops-object-invalid', ref, 'names no source', 'write its sourceRef with kind and name');
    return undefined;
  }
  const dependence: Dependence = isBootstrapped(reference) ? 'assumed' : 'needed';
  const source = trail.find(reference, dependence, ref);
  if (!source) return dependence === 'assumed' && trail.missing.length === 0 ? '.' : undefined;
  return rootOf(trail, source, ref);
}

function isBootstrapped({ kind, namespace = 'flux-system', name }: Reference): boolean {
  return kind === 'GitRepository' && name === 'flux-system' && namespace === 'flux-system';
}

function rootOf(trail: Trail, source: KeptObject, ref: Field): string | undefined {
  // What an ArtifactGenerator made of this repository.
  if (source.kind === 'ExternalArtifact') return source.spec.get('folder').text();
  const url = urlOf(source);
  const root = trail.view.pathOfUrl(url);
  if (root === undefined) {
    elsewhere(trail, ref, url);
    return undefined;
  }
  if (source.kind === 'GitRepository' && root === '.') sayRevision(trail, ref, revisionOf(source.spec.get('ref')));
  if (source.spec.get('include').items().length > 0)
    trail.say('engine-needed', ref, words`applies ${nameOf(source)}, which includes other sources: these are not read`);
  return pathBelow('.', root);
}

/** Which field counts where there are several is Flux's own order. */
function revisionOf(ref: Field): string | undefined {
  const fields = ['commit', 'name', 'semver', 'tag', 'branch'].map((key) => ref.get(key).scalar());
  return fields.find((text) => text !== undefined);
}

/** The address of a source; a bucket has its name behind that of its server. */
export function urlOf({ kind, spec }: KeptObject): string {
  if (kind !== 'Bucket') return spec.get('url').text() ?? '';
  return `${spec.get('endpoint').text() ?? ''}/${spec.get('bucketName').text() ?? ''}`;
}
