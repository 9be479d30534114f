import { type CopySelection, regexList } from '../../model/reach/copy-selection.js';

const prefix = 'reflector.v1.k8s.emberstack.com/reflection';

/**
 * The annotations of reflector (emberstack/kubernetes-reflector, Mirroring/Core/Annotations.cs). Consent and order are
 * of the same namespaces: with consent alone anybody there could fetch the Secret under another name. A missing list of
 * names means every namespace, and versions before the selectors (kubernetes-reflector#620) do not read them: next to
 * a selector stands a list that no name is on.
 */
export function reflectorAnnotations(selection: CopySelection): Record<string, string> {
  const names = 'names' in selection ? regexList(selection.names) : '^$';
  return {
    [`${prefix}-allowed`]: 'true',
    [`${prefix}-allowed-namespaces`]: names,
    ...('selector' in selection && { [`${prefix}-allowed-namespaces-selector`]: selection.selector }),
    [`${prefix}-auto-enabled`]: 'true',
    [`${prefix}-auto-namespaces`]: names,
    ...('selector' in selection && { [`${prefix}-auto-namespaces-selector`]: selection.selector }),
  };
}
