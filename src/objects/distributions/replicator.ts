import { type CopySelection, regexList } from '../../model/reach/copy-selection.js';

const prefix = 'replicator.v1.mittwald.de';

/**
 * The annotations of kubernetes-replicator (mittwald/kubernetes-replicator, replicate/common/consts.go). There is no
 * consent to fetch the Secret from elsewhere: the replicator brings it. It copies labels unless they are stripped, and
 * with them the label by which an Argo CD that tracks by labels would take the copies for its own.
 */
export function replicatorAnnotations(selection: CopySelection): Record<string, string> {
  return {
    ...('names' in selection
      ? { [`${prefix}/replicate-to`]: regexList(selection.names) }
      : { [`${prefix}/replicate-to-matching`]: selection.selector }),
    [`${prefix}/strip-labels`]: 'true',
  };
}
