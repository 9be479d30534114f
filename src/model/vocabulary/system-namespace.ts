/** Namespaces that clusters and GitOps engines bring along, by the defaults of Kubernetes, OpenShift, Argo CD and Flux. */
const system = /^(?:default|kube-.*|openshift|openshift-.*|argocd|flux-system)$/;

/** Whether a namespace comes with the cluster or its GitOps engine: it is never declared unless asked for. */
export function isSystemNamespace(name: string): boolean {
  return system.test(name);
}

/** Whether a cluster declares a namespace that nothing is said about. */
export function declaresByDefault(
  cluster: { readonly declareNamespaces: boolean; readonly declareSourceNamespaces: boolean },
  name: string,
  isOfSources: boolean,
): boolean {
  return (isOfSources ? cluster.declareSourceNamespaces : cluster.declareNamespaces) && !isSystemNamespace(name);
}
