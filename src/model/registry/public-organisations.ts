/** Organisations on shared hosts whose images anybody may pull, each with the page that has people pull them so. */
const publicOrganisations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'gcr.io': {
    distroless: 'https://github.com/GoogleContainerTools/distroless',
    'google-samples': 'https://cloud.google.com/kubernetes-engine/docs/tutorials/guestbook',
    'kaniko-project': 'https://github.com/GoogleContainerTools/kaniko',
    'knative-releases': 'https://knative.dev/docs/install/',
    kubebuilder: 'https://book.kubebuilder.io/',
    'tekton-releases': 'https://tekton.dev/docs/installation/',
  },
  'ghcr.io': {
    actions: 'https://github.com/actions/actions-runner-controller',
    aquasecurity: 'https://aquasecurity.github.io/trivy-operator/',
    'cloudnative-pg': 'https://cloudnative-pg.io/documentation/',
    'controlplaneio-fluxcd': 'https://fluxoperator.dev/docs/',
    dexidp: 'https://dexidp.io/docs/getting-started/',
    'external-secrets': 'https://external-secrets.io/latest/introduction/getting-started/',
    fluxcd: 'https://fluxcd.io/flux/installation/',
    grafana: 'https://grafana.github.io/grafana-operator/docs/installation/',
    kedacore: 'https://keda.sh/docs/latest/deploy/',
    kyverno: 'https://kyverno.io/docs/installation/',
    'kube-vip': 'https://kube-vip.io/docs/installation/',
    projectcontour: 'https://projectcontour.io/getting-started/',
    spiffe: 'https://spiffe.io/docs/latest/deploying/install-server/',
    stefanprodan: 'https://github.com/stefanprodan/podinfo',
  },
  'quay.io': {
    argoproj: 'https://argo-cd.readthedocs.io/en/stable/getting_started/',
    ceph: 'https://rook.io/docs/rook/latest/Getting-Started/quickstart/',
    cephcsi: 'https://rook.io/docs/rook/latest/Getting-Started/quickstart/',
    cilium: 'https://docs.cilium.io/en/stable/gettingstarted/k8s-install-default/',
    coreos: 'https://etcd.io/docs/latest/op-guide/container/',
    jetstack: 'https://cert-manager.io/docs/installation/',
    keycloak: 'https://www.keycloak.org/getting-started/getting-started-kube',
    kiali: 'https://kiali.io/docs/installation/',
    kubevirt: 'https://kubevirt.io/user-guide/cluster_admin/installation/',
    metallb: 'https://metallb.io/installation/',
    'oauth2-proxy': 'https://oauth2-proxy.github.io/oauth2-proxy/installation',
    prometheus: 'https://prometheus.io/docs/prometheus/latest/installation/',
    'prometheus-operator': 'https://prometheus-operator.dev/docs/getting-started/installation/',
    strimzi: 'https://strimzi.io/quickstarts/',
    thanos: 'https://thanos.io/tip/thanos/quick-tutorial.md/',
    tigera: 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/quickstart',
  },
};

/** Whether anybody may pull the images of an organisation, by the page that its users follow. */
export function isPublicOrganisation(host: string, organisation: string): boolean {
  const known = Object.hasOwn(publicOrganisations, host) ? publicOrganisations[host] : undefined;
  return known !== undefined && Object.hasOwn(known, organisation);
}
