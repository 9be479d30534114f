import { finding, type ProblemCodeInfo, warning } from './code-info.js';

/** Codes of the proof about service accounts, platforms and versions. */
export const proofAccountCodes = {
  'namespace-guessed': finding(
    'A pod and the Secret or service account that serves it name no namespace, and are not in one folder: whether they are applied to the same one is not known.',
    'Write metadata.namespace; or say it with `verify -n`, or with `namespace:` of their entries of workloads.',
  ),
  'workload-declared-twice': finding(
    'A workload is declared in two places, and what serves it in one of them lies beside the other: they seem to be of two clusters.',
    'Verify the folder of each cluster by itself, or write a config that gives each cluster its own `workloads`.',
  ),
  'not-applied': finding(
    'What serves a pod is declared and is not there when the pod starts: it is a hook of a later moment, a hook that is deleted again, or an object that the GitOps engine leaves alone.',
    'Take the annotation away; an order of things is what waves are for.',
  ),
  'mountable-secrets-enforced': finding(
    'The service account has the annotation `kubernetes.io/enforce-mountable-secrets`, and the pod names a pull secret that is not on its list: the API server refuses the pod.',
    'Put the pull secret on the list of the account, or take it off that of the pod.',
  ),
  'default-account-unprotected': warning(
    'A manifest declares account `default`, and nothing keeps Argo CD or Flux from deleting it with the manifest. Kubernetes makes it again at once, without its list.',
    'Argo CD: annotation `argocd.argoproj.io/sync-options: Prune=false,Delete=false`. Flux: `kustomize.toolkit.fluxcd.io/prune: disabled`.',
  ),
  'replace-unsafe': finding(
    'A sync option replaces or recreates a ServiceAccount or Namespace. What others have put on it is lost: entries of a list, labels, annotations.',
    'Take Replace=true, Force=true or `force: enabled` away from it.',
  ),
  'account-list-atomic': warning(
    'A manifest declares the list of a service account on OpenShift. The list is atomic: each apply takes off what OpenShift has put there, and its controller puts it back, without end.',
    'Leave the list out, and let a policy add to pods; else ignore the difference as docs/openshift.md shows.',
  ),
  'dockercfg-listed': warning(
    'A list in a manifest names a Secret that OpenShift makes with a random name. It is another one in every cluster, and once the account is made again.',
    'Take the name off the list; the controller of OpenShift puts it on the list of the account itself.',
  ),
  'image-short-name': warning(
    'An image names no registry. CRI-O on OpenShift looks in registry.access.redhat.com first, then in Docker Hub, and may send the credential of the one to the other.',
    'Write the whole name: docker.io/library/nginx.',
  ),
  'image-volume-gated': finding(
    'A volume of the pod is an image. Before Kubernetes 1.35 that needs the feature gate ImageVolume, and before 1.31 there is none.',
    'Copy what is needed with an init container, or use a newer version.',
  ),
  'cached-image-refused': warning(
    'The pull policy counts on an image that the node has already. From Kubernetes 1.35 on the kubelet gives it to no pod without a credential that it was pulled with.',
    'Give the pod the pull secret of the image.',
  ),
  'global-pull-secret-type': finding(
    'The global pull secret of OpenShift is of another type than kubernetes.io/dockerconfigjson; the Machine Config Operator degrades, and no node gets it.',
    'Use type kubernetes.io/dockerconfigjson with the key .dockerconfigjson.',
  ),
  'global-pull-secret-broken': finding(
    'The document that every node gets does not parse. The kubelet passes over it without a word, and no node has a credential.',
    'Make the document again, as the cluster has it: `oc get secret/pull-secret -n openshift-config`.',
  ),
  'node-keys-disagree': warning(
    'The kubelet and CRI-O read a key of the global pull secret differently: one finds a credential for an image, or its mirror, where the other finds none.',
    'Write the host, or the host with whole segments of a path, without scheme, wildcard and final slash.',
  ),
} satisfies Record<string, ProblemCodeInfo>;
