/** Namespaces that clusters and GitOps engines bring along, by the defaults of Kubernetes, OpenShift, Argo CD and Flux. */
const system = /^(?:default|kube-.*|openshift|openshift-.*|argocd|flux-system)$/;

/** Whether a namespace comes with the cluster or its GitOps engine: it is never declared unless asked for. */
export function isSystemNamespace(name: string): boolean {
  return system.test(name);
}

/** Whether a cluster declares a namespace that nothing is said about. */
export function declaresByDefault(
  { declareNamespaces }: { readonly declareNamespaces: boolean },
  name: string,
): boolean {
  return declareNamespaces && !isSystemNamespace(name);
}
