import type { ObjectRole } from './object-role.js';

const prefix = 'kustomize.toolkit.fluxcd.io';

/**
 * Others live in namespaces and use default accounts: they are never deleted, and a default account would come back
 * without its list. `Merge` leaves alone what others set by hand; the default policy takes over the fields of kubectl,
 * and removes those that Git does not have. It does not make the list of an account additive: that is one value.
 * kustomize-controller, docs/spec/v1/kustomizations.md.
 */
const shared = { [`${prefix}/prune`]: 'disabled', [`${prefix}/ssa`]: 'Merge' };

/**
 * A user name such as `$oauthtoken` or a remote key may hold a `$`, which a Kustomization with `postBuild` would take
 * for a variable; from kustomize-controller 1.9 on, an unknown one fails the build. So may the expressions of a policy,
 * and the regular expressions that tell where a source Secret is copied. The text of a Secret is base64.
 */
const verbatim = { [`${prefix}/substitute`]: 'disabled' };

/** With its source, a Secret that was cloned from it would go; without the pull secret of every node, no pod would start. */
const kept = { [`${prefix}/prune`]: 'disabled' };

const annotations: Readonly<Record<ObjectRole, Readonly<Record<string, string>>>> = {
  namespace: shared,
  externalSecret: verbatim,
  secret: {},
  sourceExternalSecret: { ...kept, ...verbatim },
  sourceSecret: { ...kept, ...verbatim },
  globalExternalSecret: { ...kept, ...verbatim },
  globalSecret: shared,
  provider: verbatim,
  providerAccess: {},
  hubExternalSecret: verbatim,
  hubCopy: verbatim,
  clusterExternalSecret: verbatim,
  policy: verbatim,
  policyRole: {},
  program: {},
  programRights: {},
  defaultAccount: shared,
  account: {},
  grant: {},
};

/** The Flux annotations of an object. Order and readiness are the business of its Kustomization. */
export function fluxAnnotations(role: ObjectRole): Readonly<Record<string, string>> {
  return annotations[role];
}
