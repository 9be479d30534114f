/**
 * Makes a Kustomization wait until the controller has opened its SealedSecrets; Flux finds no condition `Ready` in their
 * status and would take them for ready at once. An expression that fails, as it does before there is a status, counts as
 * not ready.
 */
export const sealedSecretHealthExprs = [
  {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    current: "status.conditions.exists(e, e.type == 'Synced' && e.status == 'True')",
    failed: "status.conditions.exists(e, e.type == 'Synced' && e.status == 'False')",
  },
];
