import type { Tree } from '../model/inventory/tree.js';
import { managedBy, managedByLabel } from '../model/vocabulary/managed-by.js';
import { patcherApp, programLabel } from '../model/vocabulary/patcher.js';
import { isVersionOf, writtenKinds } from '../model/vocabulary/written-kinds.js';

/**
 * True for an object that this package wrote, as it comes back through a rendering, where the comments of its file are
 * gone. It is output and declares nothing of the user. The label alone does not tell: an object of a kind that is not
 * written, or with pods that are not the program's, is somebody else's, and is read.
 */
export function isOwnObject(object: Tree): boolean {
  const labels = object.get('metadata')?.get('labels');
  if (labels?.get(managedByLabel)?.string() !== managedBy) return false;
  const kind = object.get('kind')?.string();
  const apiVersion = object.get('apiVersion')?.string();
  if (!writtenKinds.some((each) => each.kind === kind && isVersionOf(each, apiVersion))) return false;
  return kind !== 'Deployment' || labels.get(programLabel)?.string() === patcherApp;
}
