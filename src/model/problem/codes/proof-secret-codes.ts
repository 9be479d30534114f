import { finding, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes of the proof about Secrets and the objects that make them. */
export const proofSecretCodes = {
  'pull-secret-broken': finding(
    'A pull secret does not decode. No pod that was read lists it; one that did would pull nothing at all.',
    'Make the document again with `kubectl create secret docker-registry`.',
  ),
  'pull-secret-too-large': finding(
    'A Secret holds more than 1 MiB, and the API server refuses it.',
    'Keep fewer registries in one pull secret.',
  ),
  'secret-declared-twice': finding(
    'Two objects declare the same Secret and say different things of it: whoever applies last wins, and they take turns.',
    'Remove one of them, or give one another name.',
  ),
  'secret-string-data': warning(
    'A pull secret is written as `stringData`. Server-side apply keeps entries that were removed there, client-side apply empties them (kubernetes/kubernetes#108008 and #89938).',
    'Write the value as `data`, in base64.',
  ),
  'dockercfg-in-git': finding(
    'A Secret that OpenShift makes for a service account stands in a manifest. Its token lasts an hour, and the controller deletes what it has not made.',
    'Remove it; in other projects, let accounts pull by a binding to `system:image-puller`.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
