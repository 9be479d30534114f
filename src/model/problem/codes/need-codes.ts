import { error, finding, warning } from './code-info.js';

/** Codes about what is needed. */
export const needCodes = {
  'registry-undeclared': finding(
    'An image lies in no declared registry, so nobody knows whether a pull needs a credential.',
    'Declare the registry; `access: public` where no credential is needed.',
  ),
  'pull-secret-missing': finding(
    'An image needs a credential and no pull secret has its registry on this cluster and in this namespace.',
    'Declare a pull secret with that registry, or widen its `for`.',
  ),
  'auth-secret-missing': warning(
    'A registry signs in at another host (`auth`), and no pull secret opens that host. On Kubernetes nothing looks for it; on OpenShift it is a pull-secret-missing.',
    'Declare a pull secret for the auth host, or leave `auth` out.',
  ),
  'auth-credentials-differ': warning(
    'A registry and its auth host have different credentials.',
    'Give both the same: pods sign in with the first, imports and builds of OpenShift with the second.',
  ),
  'image-stream-not-resolved': warning(
    'A short name is that of an image stream, but nothing asks OpenShift to resolve it: it is pulled from Docker Hub.',
    'Set spec.lookupPolicy.local on the image stream, or the annotation that the hint names on the pod template.',
  ),
  'image-stream-unknown': warning(
    'A pod is to pull by an image stream of another namespace that no manifest declares, so nobody knows where its tag points.',
    'Name the manifest of the image stream in workloads.',
  ),
  'secret-type-inert': finding(
    'A Secret that a list names, or that has the name of a pull secret that is needed there, is of a type that the kubelet passes over in silence.',
    'Make it kubernetes.io/dockerconfigjson with the key .dockerconfigjson; the type of a Secret cannot be changed, so delete it first.',
  ),
  'secret-type-converted': warning(
    'A Secret that is read as a source has a type that the kubelet passes over in silence; what is written has the type that it reads.',
    'Nothing needs to be done. The Secret that was read is of no use as a pull secret.',
  ),
  'pull-secret-ambiguous': error(
    'Several pull secrets have the same registry in the same namespace.',
    'Narrow them with `for`, or list two in `overlap` while one replaces the other.',
  ),
  'not-allowed': finding(
    'A namespace needs what `allow` or `share` does not give it; nothing is written for it.',
    'Ask the owners of the list to add the namespace.',
  ),
  'namespace-unstated': finding(
    'A manifest names no namespace, so it is unknown where its pods run.',
    'Write metadata.namespace, or give the entry of workloads a `namespace:`.',
  ),
  'namespace-later': finding(
    'A namespace that the output needs is declared by a manifest that may be applied after it.',
    'Move the Namespace to an application that syncs earlier, and say `declare: false` for it under namespaces; or say `placement: beside`, by which the same application orders both.',
  ),
  'pods-too-early': finding(
    'Argo CD makes a pod in a hook before the sync, or in a wave before ours, and its pull secret lies beside it in the same application: it waits for what comes after it.',
    'Let the pull secret come from an application that syncs earlier (`placement: central`), or move the pod to a later wave or hook.',
  ),
  'folder-unclear': finding(
    'With `placement: beside` it is not clear which folder the workloads of a namespace are applied from.',
    'Name it: namespaces.<namespace>.folder.',
  ),
  'kustomization-renames': finding(
    'A kustomization gives other names to what it lists, and what is written beside its workloads must keep its names.',
    'List the file in a kustomization that renames nothing, or use placement central.',
  ),
  'account-undeclared': finding(
    'Pods run as a service account that no manifest declares: a chart or an operator may own it.',
    'Declare it, or let it be written: namespaces.<namespace>.serviceAccounts.<name>.create: true.',
  ),
  'account-declared-twice': finding(
    'Two manifests declare the same service account, so it is unknown which list counts. `attach` then edits nothing.',
    'Remove one of them, or leave it out with a `!pattern` in workloads.',
  ),
  'declared-elsewhere': finding(
    'A manifest declares an object that the output would declare too; two owners fight for ever.',
    'Remove the manifest, or use source existing for that pull secret.',
  ),
  'source-declared-elsewhere': error(
    'A manifest declares a Secret of the name and namespace in which the source of a pull secret would be written.',
    'Remove the manifest, give the source another namespace, or use source existing without a distribution.',
  ),
  'policy-gap': finding(
    'A policy, or what copies without one, does not reach what needs its pull secret: the namespace or account is outside of its scope, the engine leaves the namespace out, or the image is not pulled by the pod.',
    'Widen the scope, or give the pull secret another attachment, as the hint says.',
  ),
  'policy-window': warning(
    'A policy acts some seconds after it was applied, lets pass what comes before that, and never changes pods that run; copies come late, too.',
    'Apply policies and sources before the workloads, and delete pods that were made without the pull secret.',
  ),
  'account-list-fights': finding(
    'A manifest declares the list of a service account to which a policy or imagepullsecret-patcher appends: whoever applies the manifest takes the name off again.',
    'Add the name to the list, or take the list out of the manifest.',
  ),
  'dockercfg-needed': error(
    'A pod on OpenShift also pulls from the internal registry, and its own list would take that away from it.',
    'Use a policy, which adds to what the account gives: attachment: { podPolicy: kyverno }, kyvernoLegacy or native.',
  ),
  'template-unknown': finding(
    'The pod is made from an object whose list of pull secrets has no place in its manifest.',
    'Use attachment serviceAccount for it; a BuildConfig names one pull secret in its strategy.',
  ),
  'edit-refused': warning(
    'The API server takes no other list of pull secrets for an object that is there: applying what `attach` wrote fails.',
    'Delete the object before the edit is applied, let a hook make it anew each time, or let the engine replace it: Argo CD by the sync options Force=true,Replace=true, Flux by the annotation kustomize.toolkit.fluxcd.io/force: enabled.',
  ),
  'image-in-text': warning(
    'A ConfigMap, an argument or a variable names an image of a private registry. Who makes a pod of it is not known, and nothing that is written covers that pod.',
    'If a pod is made of it, give its namespace the pull secret by hand: namespaces: { <namespace>: { pullSecrets: [<name>] } }.',
  ),
  'image-chosen-by-operator': warning(
    'The object names no image: its operator chooses one, which nobody can check here.',
    'Name the image in the manifest.',
  ),
};
