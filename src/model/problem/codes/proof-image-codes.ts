import { finding, type ProblemCodeInfo, unseen, warning } from './code-info.js';

/** Codes of the proof about images and about the lists of their pods. */
export const proofImageCodes = {
  'image-uncovered': finding(
    'The image is of a private registry, and nothing that its pod has matches it: the kubelet pulls anonymously and is refused.',
    'Give the pod, or its service account, a pull secret whose entry matches the image; `synth` writes one, `explain` says why others do not match.',
  ),
  'access-unknown': unseen(
    'No credential is offered for the image, and nobody says whether its registry lets everybody pull.',
    'Declare the registry in image-pull.yaml, with `access: public` where it needs no credential.',
  ),
  'pull-blocked': finding(
    'A pull secret on the list of the pod does not decode, so the kubelet fails every pull of the pod, of other registries and of public images too.',
    'Make the document again with `kubectl create secret docker-registry`.',
  ),
  'pull-secret-absent': finding(
    'The list names a Secret that is not in the namespace; the kubelet goes on without it.',
    'Declare it, correct the name, or say that somebody else makes it: `source: { existing: {} }`.',
  ),
  'credential-order-random': finding(
    'Two keys of one docker config come to the same for the kubelet and hold different credentials; which of them is tried first changes from run to run.',
    'Remove one of the two keys.',
  ),
  'grant-absent': finding(
    'The image is of another project of the internal registry, and no binding to `system:image-puller` lets the service account pull there.',
    'Bind the account, or its group, to ClusterRole `system:image-puller` in the namespace of the image; `synth` writes such grants.',
  ),
  'policy-not-understood': unseen(
    'A policy touches pull secrets in a way whose effect is not known here, so what its pods list is assumed.',
    'Use one of the policies that docs/verify.md lists, or acknowledge it with a reason.',
  ),
  'credential-blank': finding(
    'The only credentials that match the image have no user name or no password: the runtime pulls anonymously with them.',
    'Give the entry a user name and a password.',
  ),
  'credential-over-match': warning(
    'The first credential for an image matches only because the path of its key ends inside of a segment: `quay.io/org` also matches `quay.io/organisation/app`. It was made for other repositories.',
    'End the key with a slash, and give the image a credential of its own.',
  ),
  'credential-on-public': warning(
    'A credential is offered for an image that needs none. The kubelet never pulls anonymously once a credential matches, so that the pull fails when the credential ends.',
    'Narrow the key of the entry to the repositories that need it, or take the pull secret off the list.',
  ),
  'account-list-hidden': finding(
    'The pod has a list of its own, so it takes nothing from its service account; there stands the pull secret that matches the image.',
    "Put the pull secret on the pod's list too, or remove that list.",
  ),
  'credential-of-other-account': finding(
    'The service account of the pod lists nothing that matches the image; another one of its namespace does, and the pod does not run as that.',
    'Let the pod run as the account that lists the pull secret (`serviceAccountName`), or put the pull secret on the list of its own.',
  ),
  'dockercfg-hidden': finding(
    'The image is in the internal registry of OpenShift. The pod has a list of its own, and so does not get the Secret that OpenShift puts on the list of its service account.',
    "Remove the pod's list, or let a policy add to it: attachment: { podPolicy: kyverno }, kyvernoLegacy or native.",
  ),
  'list-name-empty': finding(
    'An entry of a list of pull secrets has no name. The kubelet passes over it; on a pod it counts as a list, and keeps that of the service account away.',
    'Give the entry a name, or remove it.',
  ),
  'list-name-duplicate': warning(
    'A list names the same pull secret twice. The API server warns, and the second entry does nothing.',
    'Remove one of the two.',
  ),
  'static-pod-lists': finding(
    'A static pod names pull secrets. It comes from a file of the node, can refer to no object of the API, and its mirror is refused.',
    'Take the list away; static pods pull with what the node has.',
  ),
  'suppression-invalid': finding(
    'The annotation `cdk8s-image-pull/ignore` names no code, or gives no reason.',
    'Write `cdk8s-image-pull/ignore: "<code>: <reason>"`, several of them with a semicolon in between.',
  ),
  'suppression-unused': finding(
    'The annotation `cdk8s-image-pull/ignore` suppresses something that is not found any more.',
    'Take the code out of the annotation.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
