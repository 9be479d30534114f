import { finding, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes of the proof about policies that put pull secrets on lists or copy them. */
export const proofPolicyCodes = {
  'policy-matches-update': finding(
    'A policy changes the pull secrets of pods at UPDATE, too. They cannot change: each update of the labels of an older pod is refused.',
    'Let it match CREATE of pods alone.',
  ),
  'policy-writes-templates': warning(
    'A policy writes lists of pull secrets into the templates of Deployments and the like. That restarts their pods, and keeps the list of the service account away from them.',
    'Match pods alone, and switch the rules for controllers off: `pod-policies.kyverno.io/autogen-controllers: none`, or spec.autogen.podControllers.controllers: [].',
  ),
  'policy-version-alpha': warning(
    'A policy is of an alpha version of its API, which is deprecated, or off unless somebody switches it on.',
    'Write v1: policies.kyverno.io/v1 from Kyverno 1.17 on, admissionregistration.k8s.io/v1 from Kubernetes 1.36 on.',
  ),
  'policy-deprecated': warning(
    'A policy is of kyverno.io, which Kyverno deprecates from 1.17 on and is to drop.',
    'Write a MutatingPolicy or GeneratingPolicy of policies.kyverno.io/v1.',
  ),
  'policy-not-served': finding(
    'The stated version of Kyverno or Kubernetes does not serve the apiVersion of a policy.',
    'Write the version that it serves, or an older kind of policy.',
  ),
  'policy-name-too-long': finding(
    'The name of a policy that makes Secrets has more than 63 characters. Kyverno writes it into a label of what it makes, and fails.',
    'Give it a shorter name.',
  ),
  'policy-replaces-list': finding(
    'A policy merges a list into service accounts. Their list is atomic: it is replaced as a whole, and what others have put there is gone.',
    'Append to it: patchesJson6902 with `op: add`, path `/imagePullSecrets/-`, or JSONPatch in a MutatingPolicy.',
  ),
  'policy-apply-refused': finding(
    'A policy sets the list of service accounts by ApplyConfiguration, which may not touch an atomic list: it is refused, and nothing gets there.',
    'Use patchType JSONPatch.',
  ),
  'clone-source-absent': finding(
    'A policy copies a Secret that nothing declares. Kyverno makes no copy until it is there, nor once it comes after the policy.',
    'Declare it, correct its name and namespace, or say that somebody else makes it: `source: { existing: {} }`.',
  ),
  'clone-blocked': finding(
    'A policy copies a Secret into a namespace that has one of that name already. Kyverno leaves that one alone, without a word.',
    'Remove the Secret, or exclude the namespace from the policy.',
  ),
  'clone-garbage-collected': finding(
    'A policy of Kyverno before 1.19 copies a Secret with the owner that it has, which is not in the namespace of the copy: the copy is deleted as soon as it is made.',
    'ExternalSecret: creationPolicy: Orphan. SealedSecret: annotation `sealedsecrets.bitnami.com/skip-set-owner-references: "true"` on its template.',
  ),
  'clone-source-unprotected': warning(
    'Copies take the annotations of their Secret with them, by which Argo CD takes them for its own. When the Application is deleted that has the Secret, all copies are deleted with it.',
    'Annotate the Secret: `argocd.argoproj.io/sync-options: Prune=false,Delete=false` and `argocd.argoproj.io/compare-options: IgnoreExtraneous`.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
