/**
 * The annotation in which OpenShift names the generated Secret of an account; it is there before the Secret is on the
 * account's list. openshift-controller-manager, pkg/internalregistry/controllers/service_account_controller.go.
 */
export const dockercfgReference = 'openshift.io/internal-registry-pull-secret-ref';

/** The names that OpenShift gives to the generated Secrets of an account. */
const dockercfgName = '-dockercfg-[a-z0-9]{5}$';

/**
 * Fields that an Application must overlook on service accounts of OpenShift: the entries that its controller keeps on
 * both lists. Items are left out one by one, so that a change of the rest is still seen. It goes without
 * `RespectIgnoreDifferences`: that does not keep the entries, and before argo-cd#27136 the list is never applied with
 * it (argo-cd, normalizeTargetResources).
 */
export const ignoreDockercfg = [
  {
    kind: 'ServiceAccount',
    jqPathExpressions: ['imagePullSecrets', 'secrets'].map(
      (list) => `.${list}[]? | select(.name | test("${dockercfgName}"))`,
    ),
  },
] as const;

/**
 * Makes a Kustomization wait until OpenShift has put its entry on every account. `has()` knows no top-level fields
 * (kustomize-controller, docs/spec/v1/kustomizations.md), so the list is only looked at once the annotation is there.
 */
export const accountHealthExprs = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    current: [
      'has(metadata.annotations)',
      `'${dockercfgReference}' in metadata.annotations`,
      `imagePullSecrets.exists(entry, entry.name == metadata.annotations['${dockercfgReference}'])`,
    ].join(' && '),
  },
] as const;
