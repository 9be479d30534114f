import type { Capabilities } from '../topology/rendering.js';
import type { ClusterSpec } from './cluster-spec.js';

/** Kinds that every OpenShift serves beside Kubernetes: openshift.io, "API reference" 4.20. */
const openShiftKinds: Readonly<Record<string, readonly string[]>> = {
  'apps.openshift.io/v1': ['DeploymentConfig'],
  'authorization.openshift.io/v1': ['Role', 'RoleBinding'],
  'build.openshift.io/v1': ['Build', 'BuildConfig'],
  'config.openshift.io/v1': ['ClusterVersion', 'Infrastructure', 'Ingress', 'Network', 'OAuth', 'Proxy'],
  'image.openshift.io/v1': ['Image', 'ImageStream', 'ImageStreamTag'],
  'monitoring.coreos.com/v1': ['PodMonitor', 'Prometheus', 'PrometheusRule', 'ServiceMonitor'],
  'oauth.openshift.io/v1': ['OAuthClient'],
  'operator.openshift.io/v1': ['IngressController'],
  'operators.coreos.com/v1': ['OperatorGroup'],
  'operators.coreos.com/v1alpha1': ['CatalogSource', 'ClusterServiceVersion', 'Subscription'],
  'project.openshift.io/v1': ['Project', 'ProjectRequest'],
  'route.openshift.io/v1': ['Route'],
  'security.openshift.io/v1': ['SecurityContextConstraints'],
  'template.openshift.io/v1': ['Template'],
  'user.openshift.io/v1': ['Group', 'User'],
};

const openShiftVersions = Object.entries(openShiftKinds).flatMap(([version, kinds]) => [
  version,
  ...kinds.map((kind) => `${version}/${kind}`),
]);

/** View of a chart on a cluster, as far as the config says what it is. */
export function capabilitiesOf(cluster: Pick<ClusterSpec, 'kubernetes' | 'openshift'> | undefined): Capabilities {
  const kubeVersion = kubernetesOf(cluster ?? {});
  return {
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(cluster?.openshift !== undefined && { apiVersions: openShiftVersions }),
  };
}

/** The version of Kubernetes. OpenShift 4.20 is Kubernetes 1.33: the minor versions differ by 13. */
export function kubernetesOf({
  kubernetes,
  openshift,
}: {
  readonly kubernetes?: string | undefined;
  readonly openshift?: string | undefined;
}): string | undefined {
  const minor = /^v?4\.(\d+)/.exec(openshift ?? '')?.[1];
  return kubernetes ?? (minor === undefined ? undefined : `1.${Number(minor) + 13}`);
}
