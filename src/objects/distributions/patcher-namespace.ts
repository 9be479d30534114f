import type { Namespace } from '../../constructs/namespace.js';
import { patcherExcludeAnnotation } from '../../model/vocabulary/patcher.js';
import { defaultSourceNamespace } from '../../model/vocabulary/picks.js';

const podSecurity = 'pod-security.kubernetes.io/enforce';

/**
 * Marks the namespace of a patcher's source Secret, where it is written: every patcher leaves it out, whatever its
 * settings say, because source and copies have the same name and the program would delete what it copies from. The
 * default namespace is for nothing else, so that its pods can be held to the strictest standard.
 */
export function markPatcherNamespace({ name, labels, apiObject }: Namespace): void {
  apiObject?.metadata.addAnnotation(patcherExcludeAnnotation, 'true');
  if (name === defaultSourceNamespace && !labels.has(podSecurity))
    apiObject?.metadata.addLabel(podSecurity, 'restricted');
}
