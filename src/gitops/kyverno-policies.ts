/** The API group of Kyverno's current policies. */
export const kyvernoPolicyGroup = 'policies.kyverno.io';

/**
 * Makes a Kustomization wait until Kyverno has taken its policies up; Flux finds no condition in their status and would
 * take them for ready at once. An expression that fails, as it does before there is a status, counts as not ready.
 */
export const policyHealthExprs = ['GeneratingPolicy', 'MutatingPolicy'].map((kind) => ({
  apiVersion: `${kyvernoPolicyGroup}/v1`,
  kind,
  current: 'has(status.conditionStatus) && has(status.conditionStatus.ready) && status.conditionStatus.ready',
}));
