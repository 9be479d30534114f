/** The names of the engines that are Kyverno: `policies.kyverno.io/v1`, and `kyverno.io/v1` ClusterPolicy. */
export const kyvernoEngineNames = ['kyverno', 'kyvernoLegacy'] as const;
/** The names of all policy engines. */
export const engineNames = [...kyvernoEngineNames, 'native'] as const;

export type KyvernoEngineName = (typeof kyvernoEngineNames)[number];
export type EngineName = KyvernoEngineName | 'native';

/** The kinds of the policies that clone a Secret. */
export const cloneKinds: Readonly<Record<KyvernoEngineName, string>> = {
  kyverno: 'GeneratingPolicy',
  kyvernoLegacy: 'ClusterPolicy',
};
