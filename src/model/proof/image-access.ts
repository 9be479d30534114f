import type { ImageReference } from '../image/image-reference.js';
import { isPublicOrganisation } from '../registry/public-organisations.js';
import type { RegistryIndex } from '../registry/registry.js';
import { recognise } from '../registry/registry-table.js';
import type { ImageAccess } from './verdict.js';

/**
 * Whether an image needs a credential: as its declared registry says, else as is known of its host or of its
 * organisation there.
 */
export function accessOf(image: ImageReference, registries: RegistryIndex): ImageAccess {
  const declared = registries.find(image);
  if (declared) return declared.preset === 'openshift' ? 'internal' : declared.access;
  const row = recognise(image.domain)?.row;
  const [organisation = ''] = image.path.split('/');
  if (row?.access === 'public' || isPublicOrganisation(image.domain, organisation)) return 'public';
  return row?.access === 'optional' ? 'optional' : 'unknown';
}
